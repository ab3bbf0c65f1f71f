package import Results
import Secrets

/// Feeds all reports of a run from its one stream of events.
///
/// A report that fails is dropped (what it wrote is removed) and remembered; the run and the other reports go on.
package final class ReportFanout {
    private var reports: [(name: String, report: any Report)]
    private var failures: [ReportFailure] = []

    /// - Parameter reports: in the order they are fed and closed, with the names errors call them by: `JUnit report`.
    package init(_ reports: [(name: String, report: any Report)]) {
        self.reports = reports
    }

    package func receive(_ event: RunEvent) {
        each { try $0.receive(event) }
    }

    /// Completes all reports; what could not be written comes back, in the order it failed.
    package func close() -> [ReportFailure] {
        each { try $0.close() }
        reports = []
        return failures
    }

    private func each(_ action: (any Report) throws -> Void) {
        var kept: [(name: String, report: any Report)] = []
        kept.reserveCapacity(reports.count)
        for entry in reports {
            do {
                try action(entry.report)
                kept.append(entry)
            } catch {
                if let failure = ReportFailure(entry.name, error) { failures.append(failure) }
            }
        }
        if kept.count < reports.count { reports = kept }
    }
}

/// A report that was asked for and is not there.
package struct ReportFailure: Sendable, Hashable {
    /// For people: which report, and why.
    package let sentence: String
    /// What the run ends with where nothing worse happened.
    ///
    /// 3 where the system refused (disk full, no permission): nothing failed, but whoever reads the report has no
    /// verdict; a failed expectation (1) goes before it. 70 for everything else: a report withheld because a secret
    /// would have stood in it, or an error of our own; it goes before all.
    package let exitCode: Int32

    /// nil where the reader of a pipe has gone: a quiet end.
    init?(_ name: String, _ error: any Error) {
        if let error = error as? OutputError {
            if error.isBrokenPipe { return nil }
            (sentence, exitCode) = ("the \(name) was not written: \(error)", 3)
        } else {
            (sentence, exitCode) = ("the \(name) was not written: \(error)", 70)
        }
    }
}
