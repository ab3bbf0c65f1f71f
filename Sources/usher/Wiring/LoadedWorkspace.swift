import Contract
import Diagnostics
import JSON
import Providers
import Runner
import Secrets
import Templates
import Workspace

/// The files of a project as one command needs them.
struct LoadedWorkspace {
    let project: Project
    let settings: ProjectSettings
    var catalog: ProviderCatalog
    let collections: [Collection]

    /// - Parameter paths: of collections; empty: `collections/`.
    init(paths: [String], into bag: inout DiagnosticBag) {
        self.init(collections: true, paths: paths, into: &bag)
    }

    /// A workspace for commands that need no collection.
    init(into bag: inout DiagnosticBag) {
        self.init(collections: false, paths: [], into: &bag)
    }

    private init(collections wanted: Bool, paths: [String], into bag: inout DiagnosticBag) {
        project = Project(workingFolder: Files.workingFolder)
        settings = ProjectSettings(project, into: &bag)
        catalog = project.providers(into: &bag)
        guard wanted else {
            collections = []
            return
        }
        var collections: [Collection] = []
        let budget = HoldingBudget()
        for path in project.files(paths.isEmpty ? [project.path("collections")] : paths, into: &bag) {
            guard let file = project.load(path, into: &bag) else { continue }
            if let collection = CollectionReader.read(file, budget: budget, into: &bag) {
                collections.append(collection)
            }
        }
        self.collections = collections
    }

    func environment(_ options: EnvironmentOptions, into bag: inout DiagnosticBag) -> Workspace.Environment? {
        let fallback = options.sandbox ? nil : settings.text("env")
        return EnvironmentChoice.load(
            options.environment ?? fallback, sandbox: isSandbox(options), in: project, into: &bag)
    }

    func isSandbox(_ options: EnvironmentOptions) -> Bool { options.sandbox || settings.flag("sandbox") ?? false }

    /// What `--var` and `var` of usher.json define; the option wins.
    func given(_ options: VariableOptions) -> Scope.Layer {
        var layer: Scope.Layer = [:]
        for (name, value) in settings.variables { layer[name] = TemplateValue(value) }
        for option in options.variables { layer[option.name] = TemplateValue(option.value) }
        return layer
    }

    /// - Parameter everyIdentity: look also at identities that no collection uses.
    mutating func plan(
        environment: Workspace.Environment?, selection: RunSelection, given: Scope.Layer, everyIdentity: Bool = false,
        contract: ContractExtent = .none, into bag: inout DiagnosticBag
    ) -> RunPlan {
        let providers = UsedProviders(
            collections, environment, everyIdentity: everyIdentity, catalog: &catalog, into: &bag)
        let planner = Planner(
            environment: environment, providers: providers, selection: selection, givenNames: Set(given.keys),
            isCI: ProcessVariables.isSet("CI"), contract: contract, relativePath: project.relativeToRoot)
        return planner.plan(collections, into: &bag)
    }

    /// Everything that a run would check before it sends, for every identity.
    mutating func check(
        environment: Workspace.Environment?, given: Scope.Layer, into bag: inout DiagnosticBag
    ) {
        _ = plan(environment: environment, selection: RunSelection(), given: given, everyIdentity: true, into: &bag)
    }

    /// What is no mistake and may not be meant.
    mutating func advise(
        _ environments: [Workspace.Environment], given: Set<String>, into bag: inout DiagnosticBag
    ) {
        for file in environments.flatMap({ [$0.file] + $0.bases }) + collections.map(\.file) {
            LiteralTokens.check(file, into: &bag)
        }
        for collection in collections {
            for environment in environments.isEmpty ? [nil] : environments.map(Optional.some) {
                HiddenVariables(environment, given: given).check(collection, into: &bag)
            }
            if let id = collection.provider, let provider = catalog.provider(id.text, at: id.span, bag: &bag) {
                UnknownPromises.check(collection, provider, into: &bag)
            }
        }
    }
}
