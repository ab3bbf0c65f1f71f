import ArgumentParser
import Diagnostics
import Providers
import Runner
import Secrets
import Workspace

/// `usher validate`
struct ValidateCommand: UsherCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", _superCommandName: "usher",
        abstract: "Checks every file without sending anything.",
        discussion: """
            Reads collections, environments, providers and usher.json, and reports all mistakes in one go. A project may \
            begin with a provider: without collections the other files are checked.
            """)

    @Argument(help: "Collections: files or folders (default: collections). Everything else is checked anyway.")
    var paths: [String] = []

    @OptionGroup var variables: VariableOptions

    @Flag(name: .customLong("no-color"), help: "No colours.")
    var noColor = false

    func run(output: OutputSeam) async -> ExitStatus {
        var bag = DiagnosticBag()
        var workspace = workspace(&bag)
        let environments = environments(of: workspace.project, &bag)
        let given = workspace.given(variables)
        if environments.isEmpty { workspace.check(environment: nil, given: given, into: &bag) }
        for environment in environments { workspace.check(environment: environment, given: given, into: &bag) }
        workspace.advise(environments, given: Set(given.keys), into: &bag)
        TransferWiring(options: nil, settings: workspace.settings).check(output.redactor, into: &bag)
        Problems(output, color: !noColor).print(bag)
        if bag.hasErrors { return .invalid }
        output.print(
            "\(count(workspace.collections.count, "collection")), \(count(environments.count, "environment")) and "
                + "\(count(workspace.catalog.projectNames.count, "own provider")): no mistakes\n")
        return .passed
    }

    /// Without collections where none is asked about, or the project has none yet.
    private func workspace(_ bag: inout DiagnosticBag) -> LoadedWorkspace {
        let project = Project(workingFolder: Files.workingFolder)
        let others = ["providers", "environments"].map(project.path).filter { Files.kind($0) == .folder }
        let asked = paths.filter { path in !others.contains { Self.isBelow(path, $0) } }
        var nobody = DiagnosticBag()
        let isBare =
            paths.isEmpty && !others.isEmpty && project.files([project.path("collections")], into: &nobody).isEmpty
        return isBare || (asked.isEmpty && !paths.isEmpty)
            ? LoadedWorkspace(into: &bag) : LoadedWorkspace(paths: asked, into: &bag)
    }

    private static func isBelow(_ path: String, _ folder: String) -> Bool {
        guard let path = Files.realPath(path), let folder = Files.realPath(folder) else { return false }
        return path == folder || path.hasPrefix(folder + "/")
    }

    private func environments(of project: Project, _ bag: inout DiagnosticBag) -> [Workspace.Environment] {
        EnvironmentChoice.paths(in: project).compactMap { path in
            EnvironmentChoice.load(path, sandbox: false, in: project, into: &bag)
        }
    }

    private func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
