package import HTTP
import Providers
package import Secrets

/// The requests of one identity to its token service as they would be sent, for tests of the service: nothing is sent
/// through it.
package struct TokenServiceRequests: Sendable {
    private let first: HTTPRequest
    private let latest: @Sendable () -> TokenRequestBuilder
    private let exchange: TokenExchange

    init(
        _ exchange: TokenExchange, _ identity: BoundIdentity, _ rules: TokenRules, _ endpoints: Endpoints
    ) throws(CredentialError) {
        self.exchange = exchange
        latest = { exchange.builder(identity, rules, endpoints) }
        first = try latest().login()
    }

    /// Of this moment.
    private var builder: TokenRequestBuilder { latest() }

    /// The ordinary token request, made anew each time: an assertion may be sent once (OIDC Core §9, RFC 7523 §3).
    package var login: HTTPRequest { (try? builder.login()) ?? first }

    /// The ordinary token request with an assertion that is not as it should be, but signed with the real key.
    package func login(
        changing use: AssertionChange.Use, _ what: AssertionChange
    ) throws(CredentialError) -> HTTPRequest {
        var builder = builder
        builder.change = (use, what)
        return try builder.login()
    }

    /// As the server's metadata have it; nil: not read, or not there.
    package var issuer: String? { builder.endpoints.issuer }

    /// The ordinary renewal.
    package func renewal(with refresh: Secret) throws(CredentialError) -> HTTPRequest {
        try exchange.renewal(with: refresh, builder)
    }

    /// Whether the profile, or the server's metadata, says where tokens are given back.
    package var revokes: Bool { builder.rules.revoke != nil && builder.endpoints.revoke != nil }

    /// Whether the profile, or the server's metadata, says where tokens are described.
    package var introspects: Bool { builder.rules.introspect != nil && builder.endpoints.introspect != nil }

    /// A revocation (RFC 7009 §2.1).
    ///
    /// - Parameters:
    ///   - token: nil: without that member, which is wrong.
    ///   - hint: nil: without `token_type_hint`.
    package func revocation(of token: Secret?, hint: String?) throws(CredentialError) -> HTTPRequest {
        try builder.revocation(of: token, hint: hint)
    }

    /// A question about a token (RFC 7662 §2.1).
    ///
    /// - Parameter hint: nil: without `token_type_hint`.
    package func introspection(of token: Secret, hint: String?) throws(CredentialError) -> HTTPRequest {
        try builder.introspection(of: token, hint: hint)
    }
}

extension TokenExchange {
    /// Asks the server's metadata where the profile leaves an address to it.
    ///
    /// - Throws: `CredentialError`, also where another request must go out before these are known: steps, a person.
    package func requests(of identity: BoundIdentity) async throws(CredentialError) -> TokenServiceRequests {
        let rules = try rules(of: identity)
        try requireOneRequest(rules, identity)
        return try TokenServiceRequests(self, identity, rules, try await endpoints(identity, rules))
    }
}
