import Contract
import HTTP
import Providers
import Secrets
import Tokens

extension ContractSession {
    /// What the identity's token service answers to ordinary requests and to probes; nil where nothing is fetched.
    ///
    /// - Parameter mayGuess: nothing of the run follows at that service.
    func tokenEvidence(
        of identity: BoundIdentity, _ context: RunContext, mayGuess: Bool
    ) async -> TokenEvidence? {
        let provider = identity.provider.id
        let others = context.identities.bound.filter { $0.name != identity.name && $0.provider.id == provider }
        let battery = TokenBattery(
            identity, exchange: exchange, transport: context.transport,
            pool: PoolKey(
                identity: "token probes of \(identity.name)", tls: identity.poolKey.tls,
                policy: identity.poolKey.policy),
            allowance: TokenBattery.Allowance(
                classes: Set(1...max(1, policy.allowedClass)), alreadySent: traffic.count(of: identity),
                inUse: await tokensInUse(by: identity, context), mayGuess: mayGuess),
            traffic: traffic.exchanges(of: identity), control: await control(of: identity, context),
            others: others.sorted { $0.name < $1.name })
        let evidence = await battery.run()
        for life in evidence.map({ Array($0.lives.values) }) ?? [] {
            for response in [life.before.response, life.after?.response].compactMap(\.self) {
                context.freshSecrets.registerTokens(in: response.body)
            }
        }
        return evidence
    }

    /// With the token that the run goes on with.
    private func control(of identity: BoundIdentity, _ context: RunContext) async -> ControlCall? {
        guard let request = control(of: identity.name), stopReason(request.url.host) == nil,
            let credential = try? await context.credentials.grant(of: identity.name).credential
        else { return nil }
        return ControlCall(request: request, credential: credential)
    }

    /// Those that calls of this run go with, now or later.
    private func tokensInUse(by identity: BoundIdentity, _ context: RunContext) async -> [Secret] {
        let token = try? await context.credentials.grant(of: identity.name).credential.token?.value
        let own = [token, await refreshToken(of: identity)].compactMap(\.self)
        return traffic.exchanges(of: identity).reduce(into: own) { tokens, ordinary in
            let answer = exchange.facts(of: ordinary.response, for: identity, isRefresh: ordinary.origin == .refresh)
            tokens += [answer.token, answer.refreshToken].compactMap(\.self)
        }
    }

    /// What everybody can have who signs tokens forged with them; empty: the provider leads to none.
    func publicKeys(of identity: BoundIdentity) async -> [String] {
        guard identity.rules?.discovery != nil else { return [] }
        return await exchange.metadata(of: identity)?.keys?.texts ?? []
    }
}
