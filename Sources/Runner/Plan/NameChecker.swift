import Diagnostics
import Expectations
import Providers
import Templates
import Workspace

/// Checks that every name in every template is defined: an undefined one is an error before anything is sent.
struct NameChecker {
    let planner: Planner
    let provider: Provider?
    let variables: [PlannedVariables]

    /// The requests with the captures they need.
    func check(_ requests: [PlannedRequest], _ bag: inout DiagnosticBag) -> [PlannedRequest] {
        for level in variables.indices { checkVariables(level, &bag) }
        let everyCapture = Set(requests.flatMap { $0.request.captures.map(\.name.text) })
        var captured: Set<String> = []
        var result: [PlannedRequest] = []
        for planned in requests {
            var planned = planned
            if planned.skip == nil {
                planned.neededCaptures = check(planned, captured, everyCapture, &bag)
            }
            result.append(planned)
            captured.formUnion(planned.request.captures.map(\.name.text))
        }
        return result
    }

    private func check(
        _ planned: PlannedRequest, _ captured: Set<String>, _ everyCapture: Set<String>, _ bag: inout DiagnosticBag
    ) -> [String] {
        let owned = planned.sender.name.flatMap { planner.environment?[identity: $0] }?.owns.map(\.name.text) ?? []
        let own = Set(planned.request.captures.map(\.name.text))
        let known = names(at: planned.variables).union(owned)
        var needed: [String] = []
        for use in planned.request.sendingNames {
            check(use, known.union(captured), laterCaptures: everyCapture, &bag)
            if captured.contains(use.path.root), !use.isOptional { needed.append(use.path.root) }
        }
        for use in planned.request.judgingNames {
            check(use, known.union(captured).union(own), laterCaptures: everyCapture, &bag)
        }
        return needed
    }

    private func checkVariables(_ level: Int, _ bag: inout DiagnosticBag) {
        let known = names(at: level)
        for (name, value) in variables[level].definitions.variables {
            for use in value.names {
                if use.path.root == name.text {
                    bag.error("variable-cycle", "the variable '\(name.text)' is made of itself", at: use.span)
                } else {
                    check(use, known, laterCaptures: [], &bag)
                }
            }
        }
    }

    private func check(
        _ use: PlaceholderName, _ known: Set<String>, laterCaptures: Set<String>, _ bag: inout DiagnosticBag
    ) {
        guard !use.isOptional, !known.contains(use.path.root), !isIdentitySecret(use, &bag) else { return }
        let help: String
        if laterCaptures.contains(use.path.root) {
            help = "it is captured only later; move that request in front of this one"
        } else if let near = nearest(to: use.path.root, among: known) {
            help = "did you mean '\(near)'?"
        } else {
            help = "define it under 'variables', with --var \(use.path.root)=…, or capture it in an earlier request"
        }
        bag.error("undefined-name", "'\(use.path.text)' is not defined", at: use.span, help: help)
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
        let declared = planner.providers.provider(of: spec)?.secrets.map(\.name) ?? []
        if !declared.contains(names[1]) {
            bag.error(
                "unknown-secret", "the provider '\(spec.provider.text)' declares no secret '\(names[1])'", at: use.span,
                help: "it declares: \(declared.joined(separator: ", "))")
        }
        return true
    }

    /// Names defined at a level: those of the levels around it, the environment and the command line.
    private func names(at level: Int) -> Set<String> {
        var result = planner.givenNames
        if provider != nil { result.insert("baseURL") }
        result.formUnion(planner.environment?.variables.variables.map(\.name.text) ?? [])
        var next: Int? = level
        while let at = next {
            result.formUnion(variables[at].definitions.variables.map(\.name.text))
            next = variables[at].outer
        }
        return result
    }
}
