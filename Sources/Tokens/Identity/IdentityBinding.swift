package import Diagnostics
package import HTTP
package import JSON
package import Providers
package import Secrets

/// What an environment says about an identity, its secrets already read.
package struct IdentityBinding: Sendable {
    /// A text with its place in the environment file.
    package struct Given: Sendable {
        package let text: String
        package let span: Span

        package init(_ text: String, at span: Span) {
            self.text = text
            self.span = span
        }
    }

    package let name: String
    package let provider: Provider
    package let span: Span
    package var variant: Given?
    package var vars: [String: Given]
    /// nil: the provider's.
    package var scope: [String]?
    package var secrets: [String: Secret]
    /// Where the environment binds them.
    package var secretPlaces: [String: Span] = [:]
    /// The document of `from`, already read.
    package var from: JSONNode?
    /// When its source was asked, in milliseconds since 1970; 0: not known.
    package var readAt: Int64 = 0
    /// When the first of its sources ends by what the source itself says, in milliseconds since 1970.
    package var endsAt: Int64?
    package var tls: TLSClientIdentity?

    package init(
        _ name: String, _ provider: Provider, at span: Span, variant: Given? = nil, vars: [String: Given] = [:],
        scope: [String]? = nil, secrets: [String: Secret] = [:], from: JSONNode? = nil, tls: TLSClientIdentity? = nil
    ) {
        self.name = name
        self.provider = provider
        self.span = span
        self.variant = variant
        self.vars = vars
        self.scope = scope
        self.secrets = secrets
        self.from = from
        self.tls = tls
    }
}
