package import Diagnostics
package import Templates

/// Where the authorization server describes itself (RFC 8414, OpenID Connect Discovery).
package struct DiscoveryRules: Sendable {
    /// What the metadata must call itself.
    package let issuer: Template?
    /// The metadata's own URL; nil: the well-known ones of the issuer.
    package let url: URLTemplate?
}

/// A request before the token request, whose answer later templates use as `steps.ID.X`.
package struct StepRules: Sendable {
    package let id: String
    package let request: TokenRequestRules
    package let response: TokenResponseRules
}

/// A further endpoint for tokens: revocation (RFC 7009), introspection (RFC 7662).
package struct EndpointRules: Sendable {
    /// nil: by discovery.
    package let url: URLTemplate?
    /// Members beside `token` and `token_type_hint`.
    package let params: [(name: String, value: JSONTemplate)]
    package let headers: [NamedTemplate]
    /// Introspection: asked for the expiry where the token answer states none.
    package let asExpiry: Bool
    /// Revocation: how long a revoked token may still be served; nil: not at all.
    package let delay: Duration?
}

/// How a person agrees: a browser with a redirect to this machine, or a code on another device.
package struct InteractiveRules: Sendable {
    package enum PKCE: String, CaseIterable, Sendable {
        case s256 = "S256"
        case plain, off
    }

    /// nil: by discovery.
    package let authorizeURL: URLTemplate?
    package let deviceURL: URLTemplate?
    package let params: [(name: String, value: JSONTemplate)]
    package let pkce: PKCE
    /// 0: any free one.
    package let port: Int
    package let path: String
    /// RFC 9207: `iss` must be there and be the issuer. nil: where the metadata says that it is sent.
    package let requiresIssuer: Bool?
    package let span: Span
    /// Where the file sets the port of the redirect, and `iss`; nil: nowhere.
    package let portSpan: Span?
    package let issuerSpan: Span?
}
