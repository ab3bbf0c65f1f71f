package import HTTP
package import JSON
import Providers
package import Secrets

/// What an answer of a token service says, read by the provider's rules and judged by nobody: for tests of the service.
package struct TokenAnswer: Sendable {
    /// nil: no token was given.
    package let token: Secret?
    package let refreshToken: Secret?
    /// `id_token` (OpenID Connect Core §3.1.3.3).
    package let identityToken: Secret?
    /// As the answer has it.
    package let type: JSONValue?
    /// The stated lifetime, whatever kind of value it is.
    package let expiry: JSONValue?
    package let refreshExpiry: JSONValue?
    package let scope: JSONValue?
    /// `error` of RFC 6749 §5.2, or what the provider calls so.
    package let errorCode: String?
    package let errorDescription: String?
    /// Whether the body could be read in the provider's format.
    package let isReadable: Bool

    /// What kind of value the token is: one that is no text reads like one.
    package let tokenKind: JSONKind?

    /// Whether a token was given, whatever the status.
    package var isGranted: Bool { token != nil }

    /// Reads an answer of the identity's token service. Tokens in it are unknown to the redactor: `TokenExchange.facts`
    /// tells it.
    package init(of response: HTTPResponse, for identity: BoundIdentity, isRefresh: Bool = false) {
        let own = identity.rules.map { isRefresh ? $0.refresh.response : $0.response } ?? TokenResponseRules()
        let values = AnswerValues(response, own.format)
        func secret(_ at: Locators?, _ name: String) -> Secret? {
            values.text(at).map { Secret($0, label: "\(identity.name).\(name)") }
        }
        token = secret(own.token, "token")
        tokenKind = values.value(own.token)?.kind
        refreshToken = secret(own.refreshToken, "refreshToken")
        identityToken = (try? JSONDocument.parse(response.body))?.root["id_token"]?.string
            .map { Secret($0, label: "\(identity.name).idToken") }
        type = values.value(own.type.at)
        expiry = values.value(own.expiry?.at)
        refreshExpiry = values.value(own.refreshExpiry?.at)
        scope = values.value(own.scope?.at)
        errorCode = values.text(own.errorCode)
        errorDescription = values.text(own.errorDescription)
        isReadable = values.isReadable
    }
}

extension TokenExchange {
    /// Reads an answer of the identity's token service; the redactor knows every token in it afterwards.
    package func facts(
        of response: HTTPResponse, for identity: BoundIdentity, isRefresh: Bool = false
    ) -> TokenAnswer {
        let answer = TokenAnswer(of: response, for: identity, isRefresh: isRefresh)
        for secret in [answer.token, answer.refreshToken, answer.identityToken] {
            if let secret { redactor.register(secret.reveal(), label: secret.label) }
        }
        return answer
    }

    /// The renewal request as it would be sent, for tests of the token service.
    func renewal(with refresh: Secret, _ builder: TokenRequestBuilder) throws(CredentialError) -> HTTPRequest {
        let info = TokenInfo(
            value: Secret("", label: "\(builder.identity.name).token"), type: "Bearer", statedType: nil, obtainedAt: 0,
            expiresAt: nil, lifetime: TokenLifetime(milliseconds: nil, source: .unknown), grantedScope: nil,
            origin: .login, hasRefreshToken: true, refreshExpiresAt: nil)
        return try builder.refresh(
            refresh, of: StoredToken(info: info, endsAt: nil, usableUntil: nil, captured: [:], refresh: nil))
    }
}
