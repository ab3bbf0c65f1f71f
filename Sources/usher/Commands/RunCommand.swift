import ArgumentParser
import Diagnostics
import Runner
import Secrets
import Workspace

/// `usher run`
struct RunCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", _superCommandName: "usher",
        abstract: "Runs collections.",
        discussion: """
            Exit codes: 0 passed, 1 something failed, 2 usage error or invalid file, 3 no verdict (network, token, \
            secret), 4 nothing was run, 130/143 interrupted.
            """)

    @Argument(help: "Collections: files or folders (default: collections).")
    var paths: [String] = []

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var variables: VariableOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var defects: DefectOptions

    @Option(name: .shortAndLong, help: "Collections side by side (default: the number of cores).")
    var jobs: Int?

    @Flag(name: .customLong("fail-fast"), help: "Stop after the first request that does not pass.")
    var failFast = false

    @Flag(name: .customLong("allow-empty"), help: "No exit code 4 where nothing was run.")
    var allowEmpty = false

    @OptionGroup var cache: CacheOptions
    @OptionGroup var transfer: TransferOptions
    @OptionGroup var body: BodyOptions
    @OptionGroup var reports: ReportOptions

    func validate() throws {
        if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 256.") }
        try CacheWiring.check(cache, isSandbox: environment.sandbox)
        try transfer.refuse(inSandbox: environment.sandbox)
    }

    func run(output: OutputSeam) async -> ExitStatus {
        let problems = Problems(output, color: !reports.noColor)
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(paths: paths, into: &bag)
        if let problem = defects.problem(isSandbox: workspace.isSandbox(environment)) {
            problems.print(DiagnosticBag([problem]))
            return .invalid
        }
        let chosen = workspace.environment(environment, into: &bag)
        if bag.hasErrors {
            // Without the environment that was meant, every request would seem to be wrong.
            problems.print(bag)
            return .invalid
        }
        let given = workspace.given(variables)
        let plan = workspace.plan(
            environment: chosen, selection: runSelection(workspace), given: given, into: &bag)
        TransferWiring(options: transfer, settings: workspace.settings).check(output.redactor, into: &bag)
        problems.print(bag)
        if bag.hasErrors { return .invalid }
        let session = RunSession(
            command: self, workspace: workspace, plan: plan, given: given, output: output, problems: problems)
        return await session.run()
    }

    private func runSelection(_ workspace: LoadedWorkspace) -> RunSelection {
        RunSelection(
            tags: selection.tag.isEmpty ? workspace.settings.texts("tag") ?? [] : selection.tag,
            skippedTags: selection.skipTag.isEmpty ? workspace.settings.texts("skip-tag") ?? [] : selection.skipTag,
            requests: selection.request.isEmpty ? workspace.settings.texts("request") ?? [] : selection.request)
    }
}
