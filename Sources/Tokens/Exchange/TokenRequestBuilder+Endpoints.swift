import HTTP
import Providers
import Secrets
import Templates

/// Requests about a token that is there already.
extension TokenRequestBuilder {
    /// The request that gives a token back (RFC 7009 §2.1).
    ///
    /// - Parameters:
    ///   - token: nil: without that member, which is wrong.
    ///   - hint: nil: without `token_type_hint`.
    func revocation(of token: Secret?, hint: String?) throws(CredentialError) -> HTTPRequest {
        guard let revoke = rules.revoke else { throw lacks("revoke") }
        return try form(
            to: endpoints.revoke, Self.pairs(token, hint), params: revoke.params, headers: revoke.headers,
            token: layer(token))
    }

    /// The request that asks what the server knows about a token (RFC 7662 §2.1).
    ///
    /// - Parameter hint: nil: without `token_type_hint`.
    func introspection(of token: Secret, hint: String?) throws(CredentialError) -> HTTPRequest {
        guard let introspect = rules.introspect else { throw lacks("introspect") }
        return try form(
            to: endpoints.introspect, Self.pairs(token, hint), params: introspect.params, headers: introspect.headers,
            token: layer(token))
    }

    private static func pairs(_ token: Secret?, _ hint: String?) -> Extra {
        (token.map { [("token", $0.reveal())] } ?? []) + (hint.map { [("token_type_hint", $0)] } ?? [])
    }

    private func layer(_ token: Secret?) -> Scope.Layer {
        token.map { ["token.value": TemplateValue($0, hosts: identity.hosts)] } ?? [:]
    }

    func lacks(_ name: String) -> CredentialError {
        CredentialError(
            .profile, identity: identity.name, "the provider '\(identity.provider.id)' has no '\(name)'",
            place: rules.span)
    }
}
