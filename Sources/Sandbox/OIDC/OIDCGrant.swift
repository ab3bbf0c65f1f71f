import JSON

/// One grant type of the textbook server.
struct OIDCGrant: Sendable {
    /// The value of `grant_type`.
    let name: String
    /// Who asks; throws as `OIDCClients.authenticate`.
    var client: @Sendable (OAuthForm, OIDCClients) throws(Refusal) -> DemoCredential = {
        (form, clients) throws(Refusal) in
        try clients.identify(form)
    }
    /// - Throws: `Refusal` with a code of RFC 6749 §5.2.
    let give: @Sendable (OIDCGrantRequest) throws(Refusal) -> OIDCGranted

    /// In the order of the metadata.
    static let all: [OIDCGrant] = [.clientCredentials, .password, .refreshToken, .jwtBearer, .tokenExchange]
}

/// What a grant is asked with, once the client is known.
struct OIDCGrantRequest: Sendable {
    let form: OAuthForm
    let client: DemoCredential
    let tokens: OIDCTokens
    let assertions: AssertionReader
    /// What the token shall be bound to.
    var binding = TokenBinding(nil)

    var settings: VendorSettings { tokens.settings }

    /// Of the client's roles, which say what grants it may use.
    func require(role: String) throws(Refusal) {
        guard client.role == role else {
            throw Refusal(400, "unauthorized_client", "this client may not use that grant")
        }
    }
}

/// What came of it.
struct OIDCGranted: Sendable {
    let holder: OIDCTokens.Holder
    /// Of the new refresh token, whose scope does not shrink with the access token's (RFC 6749 §6); nil: the same.
    var login: OIDCTokens.Holder?
    /// nil: without a refresh token; an empty one begins a new family.
    var family: String?
    var isRenewal = false
    /// When the access token ends at the latest, in seconds since 1970; nil: as usual.
    var ends: Double?
    /// Further claims of the access token.
    var claims: JSONObject = [:]
    /// Further members of the answer.
    var members: JSONObject = [:]
}
