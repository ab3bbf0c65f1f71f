/// How rules are spoken of to people who know HTTP and not OAuth.
extension Rule.Severity {
    /// One word for lists: what a broken rule does.
    package var word: String {
        switch self {
        case .hole: "hole"
        case .must: "fails"
        case .should: "warns"
        case .observation: "notes"
        }
    }

    /// What a broken rule of a claimed pack does, and why.
    package var phrase: String {
        switch self {
        case .hole: "a hole, fails the build: somebody gets in who should not"
        case .must: "fails the build: a MUST is broken"
        case .should: "a warning, fails the build only under --strict: a SHOULD, or a trap for clients"
        case .observation: "an observation, never fails the build"
        }
    }
}

extension Rule.Mode {
    package var word: String {
        switch self {
        case .passive: "watches"
        case .static: "decodes"
        case .active: "asks"
        case .setUp: "set-up"
        }
    }

    package var phrase: String {
        switch self {
        case .passive: "looks at traffic that happens anyway"
        case .static: "decodes a token or a description"
        case .active: "sends requests of its own"
        case .setUp: "needs something prepared: a second identity, a short-lived token, a step that destroys one"
        }
    }
}

extension Rule.Pack {
    /// What the rules of the pack are about.
    package var subject: String {
        switch self {
        case .http: "refusals and answers in plain HTTP"
        case .oauth: "a token service as RFC 6749 describes it"
        case .bearer: "an API that takes bearer tokens (RFC 6750)"
        case .jwt: "tokens that are JWTs (RFC 7519, RFC 8725)"
        case .accessTokenJWT: "the form of access token JWTs (RFC 9068)"
        case .refresh: "renewal with a refresh token"
        case .key: "API keys"
        case .metadata: "descriptions that services publish of themselves (RFC 8414, RFC 9728)"
        case .revoke: "revocation (RFC 7009)"
        case .introspect: "introspection (RFC 7662)"
        case .assert: "signed assertions in the place of a secret (RFC 7523)"
        case .exchange: "exchanging tokens (RFC 8693)"
        case .device: "logins of devices (RFC 8628)"
        case .code: "browser logins with a code (RFC 7636, RFC 8252)"
        case .pop: "tokens bound to a key or certificate (RFC 9449, RFC 8705)"
        }
    }

    /// When its rules may fail a build where the provider has no `contract.packs`.
    package var claim: String {
        switch self {
        case .http: "always"
        case .oauth: "when the provider's grant is one of OAuth; a login of the vendor's own is only watched"
        case .bearer: "when the credential goes as a bearer token into the Authorization field"
        case .jwt: "when the token decodes as a JWT"
        case .refresh: "when there is a refresh token"
        case .key: "when the credential is a fixed key"
        case .revoke: "when the provider says where tokens are revoked"
        case .introspect: "when the provider says where tokens are described"
        case .metadata: "when the provider finds its addresses by the server's description"
        case .pop: "when the identity proves a key with each call, or shows a client certificate beside its token"
        case .assert: "when the login has a signed assertion"
        case .exchange: "when tokens are had by exchange"
        case .accessTokenJWT, .device, .code: "never"
        }
    }
}
