package import Diagnostics
package import Templates

/// How each call is signed.
package enum SignRules: Sendable {
    case awsSigV4(AWSSigV4Rules)
    /// With a key or, for the scheme `hash`, without one.
    case hmac(HMACRules)
    case httpSignature(HTTPSignatureRules)
    /// `X-WSSE: UsernameToken` (OASIS WSS UsernameToken 1.0, as HTTP header); some vendors write the hash as hexadecimal
    /// before base64.
    case wsse(username: Template, password: Template, isHexadecimal: Bool)
    /// RFC 7616: the answer to a challenge.
    case digest(username: Template, password: Template)
    /// RFC 9449.
    case dpop(DPoPRules)
    /// RFC 5849.
    case oauth1(OAuth1Rules)

    package enum Scheme: String, CaseIterable, Sendable {
        case awsSigV4 = "aws-sigv4"
        case hmac, hash
        case httpSignature = "http-signature"
        case wsse, digest, dpop, oauth1
    }
}

/// AWS Signature Version 4.
package struct AWSSigV4Rules: Sendable {
    package enum Payload: String, CaseIterable, Sendable {
        case signed, unsigned
    }

    package let accessKey: Template
    package let secretKey: Template
    /// Of temporary credentials; none where it is empty.
    package let sessionToken: Template?
    package let region: Template
    package let service: Template
    package let payload: Payload
}

/// A keyed hash over a text that the vendor prescribes.
package struct HMACRules: Sendable {
    package enum Hash: String, CaseIterable, Sendable {
        case sha1, sha256, sha384, sha512
    }

    package enum Encoding: String, CaseIterable, Sendable {
        case hex, base64, base64url
    }

    package enum Timestamp: String, CaseIterable, Sendable {
        case epoch
        case epochMilliseconds = "epoch-ms"
        case rfc3339, http
    }

    package let hash: Hash
    /// nil: a plain hash, over a text that holds the secret.
    package let key: KeyRules?
    /// What is signed: `{{request.method}}\n{{request.path}}…`.
    package let string: Template
    package let encoding: Encoding
    package let timestamp: Timestamp
    package let bodyHash: Hash
    package let bodyHashEncoding: Encoding
    /// Header fields and parameters that carry it: they see `signature` too.
    package let headers: [NamedTemplate]
    package let query: [NamedTemplate]
}

/// HTTP message signatures (RFC 9421).
package struct HTTPSignatureRules: Sendable {
    /// RFC 9421 §6.2.2.
    package enum Algorithm: String, CaseIterable, Sendable {
        case rsaPSSSHA512 = "rsa-pss-sha512"
        case rsaV15SHA256 = "rsa-v1_5-sha256"
        case hmacSHA256 = "hmac-sha256"
        case ecdsaP256 = "ecdsa-p256-sha256"
        case ecdsaP384 = "ecdsa-p384-sha384"
        case ed25519
    }

    /// What is signed: a derived component, or the field of that name.
    package struct Component: Sendable {
        package let name: String
        package let span: Span
    }

    package let algorithm: Algorithm
    package let key: KeyRules
    package let keyID: Template?
    /// In order.
    package let components: [Component]
    package let label: String
    package let hasCreated: Bool
    package let lifetime: Duration?
    package let hasNonce: Bool
    package let tag: String?

    /// RFC 9421 §2.2, as far as a request has them.
    package static let derived = [
        "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query",
    ]
}

/// Demonstrating proof of possession (RFC 9449).
package struct DPoPRules: Sendable {
    package let algorithm: JWTAlgorithm
    /// nil: a key is made for each run.
    package let key: KeyRules?
    /// The algorithm in its file.
    package let span: Span
}

/// OAuth 1.0 (RFC 5849): consumer and token, HMAC-SHA1 or HMAC-SHA256.
package struct OAuth1Rules: Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case hmacSHA1 = "HMAC-SHA1"
        case hmacSHA256 = "HMAC-SHA256"
    }

    package let method: Method
    package let consumerKey: Template
    package let consumerSecret: Template
    package let token: Template?
    package let tokenSecret: Template?
    package let realm: Template?
}
