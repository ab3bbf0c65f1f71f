import Contract
import Diagnostics
import Providers
import Workspace

/// What the word after `usher explain` stands for.
enum ExplainedName {
    /// Also where nothing of that name is known: who looks for the identity says so best.
    case identity
    /// A rule, a promise or a word of theirs, explained.
    case text(String)
    /// The path of a saved report.
    case report(String)
    /// Nothing, but nearly the id of a rule or promise.
    case unknown(Diagnostic)

    /// An identity of that name wins over a rule, promise or word. Mistakes in files are left to who needs the files.
    init(_ name: String, _ options: EnvironmentOptions) {
        var bag = DiagnosticBag()
        var workspace = LoadedWorkspace(into: &bag)
        let environment = workspace.environment(options, into: &bag)
        guard environment?[identity: name] == nil else {
            self = .identity
            return
        }
        if let text = RuleText.rule(name) {
            self = .text(text)
            return
        }
        if Files.kind(name) == .file || name.hasSuffix(".json") {
            self = .report(name)
            return
        }
        let promises = Self.promises(&workspace.catalog)
        let named = promises.filter { $0.promise.id.uppercased() == name.uppercased() }
        if named.isEmpty, let text = WordText.word(name) {
            self = .text(text)
        } else if named.isEmpty {
            let ids = RuleCatalogue.builtIn.rules.map(\.id) + promises.map(\.promise.id)
            self = Self.unknown(name, ids, identities: environment?.identities.map(\.name) ?? [])
        } else {
            self = .text(named.map { PromiseText.text($0.promise, of: $0.provider) }.joined(separator: "\n"))
        }
    }

    private static func unknown(_ name: String, _ ids: [String], identities: [String]) -> ExplainedName {
        guard let near = nearest(to: name, among: identities + ids), !identities.contains(near) else {
            return .identity
        }
        return .unknown(
            Diagnostic(
                code: "unknown-rule", "there is no identity, rule, promise or report '\(name)'",
                help: "did you mean '\(near)'?"))
    }

    /// Those of all providers; in their order.
    private static func promises(_ catalog: inout ProviderCatalog) -> [(provider: Provider, promise: Promise)] {
        var bag = DiagnosticBag()
        var found: [(provider: Provider, promise: Promise)] = []
        for name in catalog.names {
            guard let provider = catalog.provider(name, at: nil, bag: &bag) else { continue }
            found += provider.contract.promises.map { (provider, $0) }
        }
        return found
    }
}
