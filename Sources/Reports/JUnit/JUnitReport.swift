import Diagnostics
package import Results
package import Secrets

/// Writes a JUnit file: for each collection a suite of its requests and one of its contract cases, and one for the
/// credentials.
///
/// Cases go to a spool as they happen, those of the contract to another one, since they come between the requests; at
/// `close` the heads with the counts are written, the cases copied below them and the file put in its place. In memory
/// stay the counts of each suite.
package final class JUnitReport: Report {
    package enum Form: Sendable {
        /// What GitLab, Jenkins, Azure DevOps, Buildkite, CircleCI and the GitHub actions read best.
        case normal
        /// Valid for Windy Road's schema and both of Jenkins' xUnit plugin at once (`--junit-strict`).
        case strict
    }

    private let file: ReportFile
    private let spool: ReportSpool
    private let contractSpool: ReportSpool
    private let redactor: Redactor
    private let form: Form
    private var suites: [JUnitSuite] = []
    private var current: JUnitSuite?
    /// The contract cases beside `current`.
    private var contract: JUnitSuite?
    private var startedAt: Int64 = 0
    private var notices: [String] = []
    private var lines = LineCounter()
    private let relativePath: (String) -> String
    /// Of the file asked for last: cases of one file stand together.
    private var shownPath: (path: String, shown: String)?

    /// Makes the folder of `path` and the unfinished file in it, so that a place that cannot be written to is known
    /// before anything is sent.
    ///
    /// - Parameter relativePath: maps the path of a source file to the one shown, relative to the project's root.
    package init(
        path: String, form: Form = .normal, seam: OutputSeam, relativePath: @escaping (String) -> String = { $0 }
    ) throws(OutputError) {
        self.relativePath = relativePath
        file = try seam.file(path, .xml)
        spool = seam.spool(beside: file)
        contractSpool = seam.spool(beside: file)
        redactor = seam.redactor
        self.form = form
    }

    /// Bytes held in memory for the cases so far.
    var buffered: Int { spool.buffered + contractSpool.buffered }

    package func receive(_ event: RunEvent) throws {
        switch event {
        case .runStarted(let info): (startedAt, notices) = (info.startedAt, info.notices)
        case .collectionStarted(let info):
            startSuite(info.name, package: CaseNames.className(path: info.path), at: info.startedAt)
        case .requestFinished(let outcome): try add(outcome)
        case .contractFinished(let outcome): try add(outcome)
        case .collectionFinished: break
        case .runFinished: finishSuites()
        case .credentialFinished(let outcome): try add(outcome)
        }
    }

    package func close() throws {
        finishSuites()
        var xml = XMLText(redactor: redactor)
        writeRoot(to: &xml)
        try emit(xml)
        for (id, suite) in suites.enumerated() {
            var head = XMLText(redactor: redactor)
            suite.writeHead(to: &head, form: form, id: id, notices: notices)
            try emit(head)
            try suite.spool.read(suite.cases) { (bytes) throws(OutputError) in
                try file.writeRedacted(XMLMasking.mask(bytes, redactor))
            }
            var tail = XMLText(redactor: redactor)
            suite.writeTail(to: &tail, form: form)
            try emit(tail)
        }
        try file.writeRedacted(Array("</testsuites>\n".utf8))
        try file.close()
    }

    private func add(_ outcome: RequestOutcome) throws(OutputError) {
        try add(
            JUnitCase(
                className: CaseNames.className(current?.package ?? "", groups: outcome.groups),
                name: CaseNames.caseName(outcome),
                file: shown(outcome.span.file.path), line: lines.line(of: outcome.span),
                milliseconds: outcome.duration.wholeMilliseconds,
                result: JUnitText(redactor: redactor).result(outcome.verdict, outcome.exchange),
                remark: outcome.attempts > 1 ? "\(outcome.attempts) attempts" : nil))
    }

    private func add(_ outcome: ContractOutcome) throws(OutputError) {
        var suite = contract ?? contractSuite()
        let text = JUnitText(redactor: redactor)
        let result = JUnitCase(
            className: CaseNames.className(suite.package, groups: outcome.groups),
            name: CaseNames.caseName(outcome),
            file: shown(outcome.span.file.path), line: lines.line(of: outcome.span),
            milliseconds: outcome.duration.wholeMilliseconds,
            result: text.result(outcome), remark: text.remark(outcome), warning: text.warning(outcome))
        try suite.add(result, rendered(result))
        contract = suite
    }

    private func add(_ outcome: CredentialOutcome) throws(OutputError) {
        let name = "credentials"
        if current?.package != name { startSuite(name, package: name, at: startedAt) }
        try add(
            JUnitCase(
                className: name, name: CaseNames.oneLine(outcome.identity),
                file: shown(outcome.span.file.path), line: lines.line(of: outcome.span),
                milliseconds: outcome.duration.wholeMilliseconds,
                result: outcome.problem.map { JUnitText(redactor: redactor).error($0) } ?? .passed))
    }

    private func add(_ result: JUnitCase) throws(OutputError) {
        try current?.add(result, rendered(result))
    }

    private func rendered(_ result: JUnitCase) -> XMLText {
        var xml = XMLText(redactor: redactor)
        result.write(to: &xml, form: form)
        return xml
    }

    private func shown(_ path: String) -> String {
        if let shownPath, shownPath.path == path { return shownPath.shown }
        let shown = relativePath(path)
        shownPath = (path, shown)
        return shown
    }

    private func startSuite(_ name: String, package: String, at startedAt: Int64) {
        finishSuites()
        current = JUnitSuite(CaseNames.oneLine(name), package: package, startedAt: startedAt, spool: spool)
    }

    private func contractSuite() -> JUnitSuite {
        let names = [current?.name ?? "", "contract"].filter { !$0.isEmpty }
        let packages = [current?.package ?? "", "contract"].filter { !$0.isEmpty }
        return JUnitSuite(
            names.joined(separator: " "), package: packages.joined(separator: "."),
            startedAt: current?.startedAt ?? startedAt, spool: contractSpool)
    }

    /// A suite without cases is left out: Jenkins drops it, others count it as an error.
    private func finishSuites() {
        suites += [current, contract].compactMap(\.self).filter { $0.counts.tests > 0 }
        (current, contract) = (nil, nil)
    }

    /// Windy Road's schema knows no attributes here.
    private func writeRoot(to xml: inout XMLText) {
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites")
        if form == .normal {
            var total = JUnitCounts()
            for suite in suites { total.add(suite.counts) }
            xml.attribute("name", "usher")
            total.write(to: &xml)
        }
        xml.raw(">\n")
    }

    private func emit(_ xml: XMLText) throws(OutputError) {
        try file.writeRedacted(XMLMasking.mask(xml.bytes, redactor))
    }
}
