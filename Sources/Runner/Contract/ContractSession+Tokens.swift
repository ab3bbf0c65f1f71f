import Contract
import HTTP
import Secrets
import Tokens

extension ContractSession {
    /// What the identity's token service answers to ordinary requests and to probes; nil where nothing is fetched.
    func tokenEvidence(of identity: BoundIdentity, _ context: RunContext) async -> TokenEvidence? {
        let battery = TokenBattery(
            identity, exchange: exchange, transport: context.transport,
            pool: PoolKey(identity: "token probes of \(identity.name)", tls: identity.poolKey.tls),
            allowance: TokenBattery.Allowance(
                classes: Set(1...max(1, policy.allowedClass)), alreadySent: traffic.count(of: identity),
                inUse: await tokensInUse(by: identity, context)),
            traffic: traffic.exchanges(of: identity))
        return await battery.run()
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
}
