import Diagnostics
import Reports
import Results
import Runner
import Secrets
import Workspace

/// The reports that a run was asked for.
struct RunReports {
    let options: RunOptions
    let workspace: LoadedWorkspace
    let plan: RunPlan
    let output: OutputSeam

    private var settings: ProjectSettings { workspace.settings }
    private var asked: ReportOptions { options.reports }

    /// Makes the unfinished files, so that a place that cannot be written to is known before anything is sent.
    func open() throws(OutputError) -> ReportFanout {
        var reports: [(name: String, report: any Report)] = [("console report", console)]
        let junit = asked.junit ?? settings.path("junit")
        if let junit { reports.append(("JUnit report", try junitReport(junit))) }
        if let path = asked.json ?? settings.path("json") {
            try ReportTarget.check(path, against: inputs, others: [junit].compactMap(\.self))
            let json = try JSONReport(
                path: path, usherVersion: Version.number, seam: output,
                relativePath: workspace.project.relativeToRoot)
            reports.append(("JSON report", json))
        }
        return ReportFanout(reports)
    }

    private func junitReport(_ path: String) throws(OutputError) -> JUnitReport {
        try ReportTarget.check(path, against: inputs)
        let isStrict = asked.junitStrict || settings.flag("junit-strict") ?? false
        return try JUnitReport(
            path: path, form: isStrict ? .strict : .normal, seam: output,
            relativePath: workspace.project.relativeToRoot)
    }

    private var console: ConsoleReport {
        ConsoleReport(
            seam: output,
            options: .detect(
                isTerminal: output.isTerminal, environment: ProcessVariables.all, columns: Terminal.columns,
                noColor: asked.noColor || settings.flag("no-color") ?? false, verbosity: verbosity))
    }

    private var verbosity: ConsoleOptions.Verbosity {
        if asked.quiet { return .quiet }
        if asked.verbose { return .verbose }
        return settings.flag("quiet") ?? false ? .quiet : settings.flag("verbose") ?? false ? .verbose : .normal
    }

    /// Files that a report must not be written over.
    private var inputs: [String] {
        workspace.collections.map(\.file.path)
            + [settings.file?.path, options.transfer.cacert ?? settings.path("cacert")].compactMap(\.self)
            + (plan.environment?.inputs ?? [])
            + plan.providers.files.map(\.path)
    }
}
