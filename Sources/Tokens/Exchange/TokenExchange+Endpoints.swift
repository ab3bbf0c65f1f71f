import HTTP
import JSON
import Providers
package import Secrets

/// What the server says about a token (RFC 7662 §2.2).
package struct Introspection: Sendable, Hashable {
    package let isActive: Bool
    /// Milliseconds since 1970; nil: not said.
    package let expiresAt: Int64?
    package let scope: [String]?
    package let clientID: String?
    package let subject: String?
}

extension TokenExchange {
    /// Gives back everything that is kept of an identity.
    ///
    /// - Returns: false where nobody takes it: the provider has no `revoke`, or its server's metadata name no URL for it.
    /// - Throws: `CredentialError`: the first token that was not taken; the others have been tried.
    package func revoke(_ kept: CachedTokens.Kept, of identity: BoundIdentity) async throws(CredentialError) -> Bool {
        kept.entry.register(with: redactor, of: identity)
        guard let rules = identity.rules, rules.revoke != nil, try await endpoints(identity, rules).revoke != nil else {
            return false
        }
        var failure: CredentialError?
        for token in kept.entry.revocable(at: clock.wall()) {
            do throws(CredentialError) {
                try await revoke(
                    Secret(token.value, label: "\(identity.name).token"), hint: token.hint, of: identity)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return true
    }

    /// Gives a token back (RFC 7009); a server that does not know it any more is content too.
    ///
    /// - Parameter hint: `access_token` or `refresh_token`.
    /// - Throws: `CredentialError`, also where the provider has no `revoke`.
    package func revoke(
        _ token: Secret, hint: String = "access_token", of identity: BoundIdentity
    ) async throws(CredentialError) {
        let rules = try rules(of: identity)
        guard rules.revoke != nil else { throw builder(identity, rules, Endpoints()).lacks("revoke") }
        let builder = builder(identity, rules, try await endpoints(identity, rules))
        let request = try builder.revocation(of: token, hint: hint)
        let (response, exchange) = try await answer(to: request, .login, identity)
        guard !(200...299).contains(response.status) else { return }
        let reader = AnswerReader(
            identity: identity, rules: TokenResponseRules(), redactor: redactor)
        throw CredentialError(
            .refused, identity: identity.name,
            redactor.redact(
                "\(exchange.url.host) did not revoke the token of '\(identity.name)': status \(response.status)"
                    + reader.reason(AnswerValues(response, .json))), status: response.status)
    }

    /// Whether the server can be asked about tokens: the profile says so, and the metadata, where they name the URL.
    package func introspects(_ identity: BoundIdentity) async throws(CredentialError) -> Bool {
        guard let rules = identity.rules, rules.introspect != nil else { return false }
        return try await endpoints(identity, rules).introspect != nil
    }

    /// Asks what the server knows about a token (RFC 7662).
    ///
    /// - Throws: `CredentialError`, also where the provider has no `introspect`.
    package func introspect(
        _ token: Secret, of identity: BoundIdentity
    ) async throws(CredentialError) -> Introspection {
        let rules = try rules(of: identity)
        return try await introspect(token, builder(identity, rules, try await endpoints(identity, rules)))
    }

    private func introspect(
        _ token: Secret, _ builder: TokenRequestBuilder
    ) async throws(CredentialError) -> Introspection {
        let identity = builder.identity
        let request = try builder.introspection(of: token, hint: "access_token")
        let (response, exchange) = try await answer(to: request, .login, identity)
        let root = (try? JSONDocument.parse(response.body))?.root
        guard response.status == 200, let root, let isActive = root["active"]?.boolean else {
            throw CredentialError(
                .badAnswer, identity: identity.name,
                "\(exchange.url.host) did not describe the token of '\(identity.name)': status \(response.status)"
                    + (response.status == 200 ? " without 'active'" : ""), status: response.status,
                place: identity.addressFault(exchange.url)?.place)
        }
        let seconds = root["exp"]?.number?.double.flatMap { $0.isFinite && abs($0) < 1e12 ? $0 : nil }
        return Introspection(
            isActive: isActive, expiresAt: seconds.map { Int64($0 * 1000) },
            scope: root["scope"]?.string.map { $0.split(separator: " ").map(String.init) },
            clientID: root["client_id"]?.string, subject: root["sub"]?.string)
    }

    /// The token with the expiry that introspection states; a server that states none leaves it open.
    func ending(_ token: StoredToken, _ builder: TokenRequestBuilder) async throws(CredentialError) -> StoredToken {
        let start = (wall: clock.wall(), monotonic: clock.monotonic())
        let description = try await introspect(token.info.value, builder)
        let identity = builder.identity
        guard description.isActive else {
            throw CredentialError(
                .expired, identity: identity.name, "the new token of '\(identity.name)' is not active (introspection)")
        }
        guard let end = description.expiresAt else { return token }
        let left = end - start.wall
        guard left > 0 else {
            throw CredentialError(
                .expired, identity: identity.name,
                "the new token of '\(identity.name)' has already expired (introspection); is this machine's clock right?"
            )
        }
        let lifetime = TokenLifetime(milliseconds: min(left, TokenLifetime.longest), source: .introspection)
        return token.ending(lifetime, from: start, skew: identity.provider.cache.skew)
    }
}
