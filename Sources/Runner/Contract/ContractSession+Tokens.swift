import Contract
import HTTP
import Tokens

extension ContractSession {
    /// What the identity's token service answers to ordinary requests and to probes; nil where nothing is fetched.
    func tokenEvidence(of identity: BoundIdentity, _ context: RunContext) async -> TokenEvidence? {
        let battery = TokenBattery(
            identity, exchange: exchange, transport: context.transport,
            pool: PoolKey(identity: "token probes of \(identity.name)", tls: identity.poolKey.tls),
            allowance: TokenBattery.Allowance(
                classes: Set(1...max(1, policy.allowedClass)), alreadySent: traffic.count(of: identity)),
            traffic: traffic.exchanges(of: identity))
        return await battery.run()
    }
}
