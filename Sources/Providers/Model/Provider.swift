package import Diagnostics
package import Templates

/// One API vendor: where its API is, how a credential is had and sent, and what its documentation promises
/// (formats.md R7). Holds no secret: it declares them, an environment binds them.
package struct Provider: Sendable {
    package enum Origin: Sendable {
        case builtIn
        case file(SourceFile)
    }

    package let id: String
    /// As the vendor calls itself; the id where the file gives none.
    package let name: String
    package let docs: String?
    package let origin: Origin
    package let vars: [VariableSpec]
    package let secrets: [SecretSpec]
    package let variants: [ProviderVariant]
    package let baseURL: URLTemplate?
    /// nil: the hosts of `baseURL` and of the token URLs.
    package let hosts: [Template]?
    /// Fixed header fields of every call; one that the request sets itself wins.
    package let headers: [NamedTemplate]
    package let auth: ProviderAuth
    /// How each call is signed; nil: it is not.
    package let sign: SignRules?
    package let placements: [Placement]
    package let cache: CacheRules
    package let retry: RetryRules
    package let tls: TLSRules
    package let verify: VerifyRequest?
    package let contract: ProviderContract
    package let from: FromRules
    /// A project file that takes the place of a built-in provider says so.
    package let replacesBuiltIn: Bool
    /// The provider whose members this one inherits.
    package let extends: String?
    package let span: Span

    package func variant(_ name: String) -> ProviderVariant? { variants.first { $0.name == name } }
    package func variable(_ name: String) -> VariableSpec? { vars.first { $0.name == name } }
    package func secret(_ name: String) -> SecretSpec? { secrets.first { $0.name == name } }

    /// The secrets that an identity binds: in a variant its own instead of those they take the place of; one that a variant
    /// names is asked for only there.
    package func secrets(in variant: ProviderVariant?) -> [SecretSpec] {
        let replaced = variant?.secrets ?? [:]
        let own = Set(replaced.values)
        let others = Set(variants.flatMap(\.secrets.values))
        return secrets.filter { spec in
            own.contains(spec.name) || (replaced[spec.name] == nil && !others.contains(spec.name))
        }
    }

    /// How a token is fetched; nil where nothing is fetched.
    package var tokenRules: TokenRules? {
        if case .token(let rules) = auth { rules } else { nil }
    }
}

/// How the credential comes about.
package enum ProviderAuth: Sendable {
    case none
    /// A secret is the credential.
    case fixed
    case token(TokenRules)
    /// Nothing but the signature of each call.
    case signature

    package enum Kind: String, CaseIterable, Sendable {
        case none
        case fixed = "static"
        case token
        /// A token that the client signs itself.
        case jwt
        case sign
    }
}

/// A name with a template for its value: a header field, a parameter.
package struct NamedTemplate: Sendable {
    package let name: String
    package let value: Template
}
