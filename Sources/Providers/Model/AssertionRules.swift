package import Diagnostics
package import Templates

/// A JWT that the client signs itself (RFC 7519): to show who it is (RFC 7523 §2.2), as a grant (§2.1), or as the token.
package struct AssertionRules: Sendable {
    package let algorithm: JWTAlgorithm
    package let key: KeyRules
    /// Further members of the header: `kid`, `x5t#S256`.
    package let header: [(name: String, value: JSONTemplate)]
    /// Claims beside or in place of the usual ones; one whose value is null is left out.
    package let claims: [(name: String, value: JSONTemplate)]
    package let lifetime: Duration
    /// nil: the token URL; no audience for a token that signs itself.
    package let audience: Template?
    /// Whether each one has a `jti` of its own.
    package let hasID: Bool
}

/// The algorithms of RFC 7518 §3.1 and RFC 8037 that sign.
package enum JWTAlgorithm: String, CaseIterable, Sendable {
    case hs256 = "HS256"
    case hs384 = "HS384"
    case hs512 = "HS512"
    case rs256 = "RS256"
    case rs384 = "RS384"
    case rs512 = "RS512"
    case ps256 = "PS256"
    case ps384 = "PS384"
    case ps512 = "PS512"
    case es256 = "ES256"
    case es384 = "ES384"
    case es512 = "ES512"
    case edDSA = "EdDSA"

    package var isSymmetric: Bool { rawValue.hasPrefix("HS") }
}

/// Where a key stands and how it is written.
package struct KeyRules: Sendable {
    package enum Encoding: String, CaseIterable, Sendable {
        /// PKCS#8, PKCS#1 or SEC 1 in PEM.
        case pem
        /// RFC 7517; a set of keys with one in it too.
        case jwk
        /// The bytes of a shared key as text, hexadecimal or base64.
        case utf8, hex, base64
    }

    package let value: Template
    package let encoding: Encoding
    /// What says which kind of key is wanted: the algorithm, or how a shared key is written.
    package let span: Span
}
