import Diagnostics
import Expectations
import Providers
import Templates
import Workspace

/// Checks that every name in every template is defined: an undefined one is an error before anything is sent.
struct NameChecker {
    let planner: Planner
    let provider: Provider?
    private(set) var levels: [PlannedVariables] = []
    /// Names defined at a level: those of the levels around it, the environment and the command line.
    private var known: [Set<String>] = []
    private var captured: Set<String> = []
    private var undefined: [(use: PlaceholderName, level: Int, more: [String])] = []

    init(planner: Planner, provider: Provider?) {
        self.planner = planner
        self.provider = provider
    }

    /// A level of variables; gives its place.
    mutating func add(_ level: PlannedVariables, _ bag: inout DiagnosticBag) -> Int {
        levels.append(level)
        known.append(names(at: level))
        let place = levels.count - 1
        checkVariables(level.definitions, place, &bag)
        if place == 0, let environment = planner.environment { checkVariables(environment.variables, place, &bag) }
        return place
    }

    private mutating func checkVariables(_ definitions: VariableSet, _ level: Int, _ bag: inout DiagnosticBag) {
        for (name, value) in definitions.variables {
            for use in value.names {
                if use.path.root == name.text {
                    bag.error("variable-cycle", "the variable '\(name.text)' is made of itself", at: use.span)
                } else if use.path.root == "identities" {
                    bag.error(
                        "secret-in-variable", "a variable holds no secret", at: use.span,
                        help: "write {{\(use.path.text)}} in the request that needs it")
                } else {
                    check(use, level, [], &bag)
                }
            }
        }
    }

    /// Checks a request in its turn; gives the captures of earlier requests that it needs.
    mutating func check(
        _ request: Request, _ sender: Sender, _ level: Int, _ bag: inout DiagnosticBag
    ) -> [String] {
        let sending = request.sendingNames, judging = request.judgingNames
        guard !sending.isEmpty || !judging.isEmpty else { return [] }
        let owned = sender.name.flatMap { planner.environment?[identity: $0] }?.owns.map(\.name.text) ?? []
        var needed: [String] = []
        for use in sending {
            check(use, level, owned, &bag)
            if captured.contains(use.path.root), !use.isOptional { needed.append(use.path.root) }
        }
        let own = request.captures.map(\.name.text)
        for use in judging {
            check(use, level, owned + own, &bag)
            let root = use.path.root
            if captured.contains(root), !use.isOptional, !own.contains(root) { needed.append(root) }
        }
        return needed
    }

    /// Captures of a request: defined for those behind it.
    mutating func note(_ captures: [String]) {
        if !captures.isEmpty { captured.formUnion(captures) }
    }

    /// Reports what is undefined, now that all captures of the collection are known.
    func report(_ bag: inout DiagnosticBag) {
        for (use, level, more) in undefined {
            let help: String
            if captured.contains(use.path.root) {
                help = "it is captured only later; move that request in front of this one"
            } else if let near = nearest(to: use.path.root, among: Array(known[level]) + Array(captured) + more) {
                help = "did you mean '\(near)'?"
            } else {
                help = "define it under 'variables', with --var \(use.path.root)=…, or capture it in an earlier request"
            }
            bag.error("undefined-name", "'\(use.path.text)' is not defined", at: use.span, help: help)
        }
    }

    private mutating func check(
        _ use: PlaceholderName, _ level: Int, _ more: [String], _ bag: inout DiagnosticBag
    ) {
        let root = use.path.root
        guard !use.isOptional, !known[level].contains(root), !captured.contains(root), !more.contains(root),
            !isIdentitySecret(use, &bag)
        else { return }
        undefined.append((use, level, more))
    }

    /// `identities.NAME.SECRET` (formats.md R1); true where it is one, right or wrong.
    private func isIdentitySecret(_ use: PlaceholderName, _ bag: inout DiagnosticBag) -> Bool {
        guard use.path.root == "identities" else { return false }
        let names = use.path.steps.compactMap { if case .name(let name) = $0 { name } else { nil } }
        guard names.count == 2 else {
            bag.error(
                "undefined-name", "'\(use.path.text)' is not defined", at: use.span,
                help: "a secret is named identities.NAME.SECRET")
            return true
        }
        guard let spec = planner.environment?[identity: names[0]] else {
            let known = planner.environment?.identities.map(\.name) ?? []
            bag.error(
                "unknown-identity", "there is no identity '\(names[0])' in this environment", at: use.span,
                help: nearest(to: names[0], among: known).map { "did you mean '\($0)'?" })
            return true
        }
        // A provider that could not be read has said so itself.
        guard let declared = planner.providers.provider(of: spec)?.secrets.map(\.name) else { return true }
        if !declared.contains(names[1]) {
            bag.error(
                "unknown-secret", "the provider '\(spec.provider.text)' declares no secret '\(names[1])'", at: use.span,
                help: "it declares: \(declared.joined(separator: ", "))")
        }
        return true
    }

    private func names(at level: PlannedVariables) -> Set<String> {
        var result = level.outer.map { known[$0] } ?? planner.givenNames
        if level.outer == nil {
            if provider != nil { result.insert("baseURL") }
            result.formUnion(planner.environment?.variables.variables.map(\.name.text) ?? [])
        }
        result.formUnion(level.definitions.variables.map(\.name.text))
        return result
    }
}
