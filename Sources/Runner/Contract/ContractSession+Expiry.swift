import Contract
import HTTP
import Secrets
import Tokens

extension ContractSession {
    /// A token of the identity that has certainly ended: of an earlier run, or the present one, waited for where that
    /// is allowed. nil: none.
    func expiredToken(
        of identity: BoundIdentity, _ credential: Credential, _ context: RunContext
    ) async -> Secret? {
        if let known = await expiredToken(of: identity) { return known }
        guard let token = credential.token, let end = token.expiresAt else { return nil }
        // A second more: servers compare whole seconds.
        let wait = Duration.milliseconds(max(0, end - context.now())) + .seconds(1)
        guard wait <= policy.longestWait else { return nil }
        do {
            try await Task.sleep(for: wait)
        } catch {
            return nil
        }
        noteExpired(token.value, of: identity.name)
        return token.value
    }

    /// Stops probing a host that asks for it.
    func look(_ exchange: ProbeExchange, at host: String) {
        guard let response = exchange.response, let reason = LockSigns.reason(in: response) else { return }
        stop(host, reason)
    }
}
