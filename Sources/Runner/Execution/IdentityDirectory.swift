import Diagnostics
import HTTP
import JSON
import Providers
package import Results
package import Secrets
import Templates
package import Tokens
package import Workspace

/// The identities of a run with their secrets read, or the reason why one cannot be used.
package struct IdentityDirectory: Sendable {
    package let environment: Workspace.Environment?
    private let entries: [String: Result<BoundIdentity, RunProblem>]
    private let tokenAddresses: [(url: HTTPURL, identity: BoundIdentity)]
    private let owned: [String: Scope.Layer]

    /// Binds every identity that the plan may need; reads files, runs programs, may ask a person: not on the transfer
    /// loop, and before anything is sent.
    package init(plan: RunPlan, binder: IdentityBinder, world: SecretWorld) async {
        await self.init(
            plan.identityNames, environment: plan.environment, providers: plan.providers, binder: binder, world: world)
    }

    package init(
        _ names: some Sequence<String>, environment: Workspace.Environment?, providers: UsedProviders,
        binder: IdentityBinder, world: SecretWorld
    ) async {
        self.environment = environment
        var entries: [String: Result<BoundIdentity, RunProblem>] = [:]
        // One after the other, in a fixed order: questions on the terminal come one at a time.
        for name in names.sorted() {
            guard let spec = environment?[identity: name], let provider = providers.provider(of: spec) else { continue }
            let loader = IdentityLoader(spec: spec, provider: provider, binder: binder, world: world)
            do throws(RunProblem) {
                entries[name] = .success(try await loader.load())
            } catch {
                entries[name] = .failure(error)
            }
        }
        self.entries = entries
        tokenAddresses = entries.values.compactMap { entry in
            guard let identity = try? entry.get(), let url = identity.tokenAddress else { return nil }
            return (url, identity)
        }
        owned = Dictionary(
            (environment?.identities ?? []).map { spec in
                let values = spec.owns.map { ($0.name.text, TemplateValue($0.value)) }
                return (spec.name, Dictionary(values) { _, last in last })
            }
        ) { first, _ in first }
    }

    /// The values that belong to an identity, as variables of what it sends.
    func owned(by name: String) -> Scope.Layer { owned[name] ?? [:] }

    package subscript(name: String) -> Result<BoundIdentity, RunProblem>? { entries[name] }

    package var bound: [BoundIdentity] { entries.values.compactMap { try? $0.get() } }

    /// The identities whose login a request may be: it goes to their token URL, or names their secrets.
    func logins(_ names: [String], _ url: HTTPURL) -> [BoundIdentity] {
        var found: [BoundIdentity] = []
        for (address, identity) in tokenAddresses where address.path == url.path && address.host == url.host {
            found.append(identity)
        }
        for name in names { if case .success(let identity)? = entries[name] { found.append(identity) } }
        return found
    }
}

/// Reads the secrets of one identity and binds it.
struct IdentityLoader {
    let spec: IdentitySpec
    let provider: Provider
    let binder: IdentityBinder
    let world: SecretWorld

    func load() async throws(RunProblem) -> BoundIdentity {
        var binding = IdentityBinding(spec.name, provider, at: spec.span)
        binding.variant = spec.variant.map { .init($0.text, at: $0.span) }
        for (name, value) in spec.vars { binding.vars[name.text] = .init(value, at: name.span) }
        binding.scope = spec.scope
        binding.tls = spec.tls
        binding.from = try await document()
        var world = world
        world.document = binding.from
        for (name, secret) in spec.secrets {
            let value = Secret(try await text(of: secret, name.text, world), label: "\(spec.name).\(name.text)")
            // Before the next source is asked: what a program says of its failure may hold this one.
            if provider.secret(name.text)?.isSensitive ?? true { binder.redactor.register(value) }
            binding.secrets[name.text] = value
        }
        var bag = DiagnosticBag()
        if let identity = binder.bind(binding, bag: &bag) { return identity }
        let first = bag.sorted.first
        let help = first?.help.map { "; \($0)" } ?? ""
        throw RunProblem(
            .secret, (first?.title ?? "'\(spec.name)' cannot be used") + help, at: first?.span ?? spec.span)
    }

    /// The document of `from`, read once.
    private func document() async throws(RunProblem) -> JSONNode? {
        guard let from = spec.from else { return nil }
        let text = try await text(of: from, "from", world)
        guard let document = try? JSONDocument.parse(text) else {
            throw problem("\(from.source.phrase) is not JSON", "from", from.span)
        }
        return document.root
    }

    private func text(
        of binding: SecretBinding, _ name: String, _ world: SecretWorld
    ) async throws(RunProblem) -> String {
        do throws(SecretError) {
            return try await binding.source.read(in: world)
        } catch {
            throw problem("\(error)", name, binding.span)
        }
    }

    private func problem(_ reason: String, _ name: String, _ span: Span) -> RunProblem {
        RunProblem(.secret, "the secret '\(name)' of '\(spec.name)' is not bound: \(reason)", at: span)
    }
}

extension RunPlan {
    /// Senders, those whose secrets are named, and those that give a base URL.
    var identityNames: Set<String> {
        var names: Set<String> = []
        for collection in collections {
            if let base = collection.baseIdentity { names.insert(base) }
            for request in collection.requests where request.skip == nil {
                if let name = request.sender.name { names.insert(name) }
                names.formUnion(request.namedIdentities)
            }
        }
        return names
    }
}
