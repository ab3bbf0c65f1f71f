import Contract
import Diagnostics
import HTTP
import Providers
package import Results
package import Secrets
import Templates
package import Tokens
package import Workspace

/// The identities of a run with their secrets read, or the reason why one cannot be used.
package struct IdentityDirectory: Sendable {
    package let environment: Workspace.Environment?
    private let entries: [String: LiveIdentity]
    private let tokenAddresses: [(url: HTTPURL, identity: LiveIdentity)]
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
        var entries: [String: LiveIdentity] = [:]
        // One after the other, in a fixed order: questions on the terminal come one at a time.
        for name in names.sorted() {
            guard let spec = environment?[identity: name], let provider = providers.provider(of: spec) else { continue }
            entries[name] = await LiveIdentity(
                IdentityLoader(spec: spec, provider: provider, binder: binder, world: world))
        }
        self.entries = entries
        tokenAddresses = entries.values.compactMap { entry in
            (try? entry.latest.get().tokenAddress).map { ($0, entry) }
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

    /// As it was bound last.
    package subscript(name: String) -> Result<BoundIdentity, RunProblem>? { entries[name]?.latest }

    /// As it is now: bound anew where what its secrets came from has ended.
    func current(_ name: String) async -> LiveIdentity.Current? { await entries[name]?.current() }

    package var bound: [BoundIdentity] { entries.values.compactMap { try? $0.latest.get() } }

    /// The identities whose login a request may be: it goes to their token URL, or names their secrets.
    func logins(_ names: [String], _ url: HTTPURL) -> [BoundIdentity] {
        var found: [BoundIdentity] = []
        for (address, identity) in tokenAddresses where address.path == url.path && address.host == url.host {
            if let identity = try? identity.latest.get() { found.append(identity) }
        }
        for name in names { if case .success(let identity)? = self[name] { found.append(identity) } }
        return found
    }
}

extension RunPlan {
    /// Senders, those whose secrets are named, those that give a base URL, and with the contract those of `access`.
    var identityNames: Set<String> {
        var names: Set<String> = []
        for collection in collections {
            if let base = collection.baseIdentity { names.insert(base) }
            for request in collection.requests where request.skip == nil {
                if let name = request.sender.name { names.insert(name) }
                names.formUnion(request.namedIdentities)
                if contract != .none { names.formUnion(request.callers) }
            }
        }
        return names
    }
}
