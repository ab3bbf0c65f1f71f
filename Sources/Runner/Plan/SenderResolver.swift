import Diagnostics
import Providers
import Workspace

/// Finds out who sends a request (formats.md R5, "Who sends").
struct SenderResolver {
    let environment: Workspace.Environment?
    let provider: Provider?

    /// - Parameter asked: `as` of the request, else of the nearest object around it.
    /// - Returns: nil where it was reported.
    func sender(_ asked: Named?, of request: Request, _ bag: inout DiagnosticBag) -> Sender? {
        if let asked { return named(asked, &bag) }
        guard let provider else { return .anonymous }
        if let name = standard(for: provider) { return .identity(name) }
        let candidates = identities(of: provider)
        if candidates.isEmpty {
            let place = environment.map { "the environment '\($0.name)' has" } ?? "without an environment there is"
            bag.error(
                "no-identity", "\(place) no identity of the provider '\(provider.id)'", at: request.span,
                help: environment == nil
                    ? "add environments/NAME.json with an identity, or send it as \"anonymous\""
                    : "add one under 'identities', or send it as \"anonymous\"")
        } else {
            bag.error(
                "which-identity", "several identities could send this request", at: request.span,
                help: "say which one with 'as': \(candidates.joined(separator: ", "))")
        }
        return nil
    }

    /// The identity named like the provider, else the only one of that provider.
    func standard(for provider: Provider) -> String? {
        let candidates = identities(of: provider)
        return candidates.contains(provider.id) ? provider.id : candidates.count == 1 ? candidates[0] : nil
    }

    private func identities(of provider: Provider) -> [String] {
        environment?.identities.filter { $0.provider.text == provider.id }.map(\.name) ?? []
    }

    private func named(_ asked: Named, _ bag: inout DiagnosticBag) -> Sender? {
        if asked.text == "anonymous" { return .anonymous }
        if environment?[identity: asked.text] != nil { return .identity(asked.text) }
        let known = environment?.identities.map(\.name) ?? []
        bag.error(
            "unknown-identity", "there is no identity '\(asked.text)' in this environment", at: asked.span,
            help: nearest(to: asked.text, among: known).map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "the environment has none" : "there are: \(known.joined(separator: ", "))"))
        return nil
    }
}
