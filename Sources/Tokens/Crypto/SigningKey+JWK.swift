import Crypto
import FoundationEssentials
package import JSON
import Secrets
import _CryptoExtras

extension SigningKey {
    /// The public half as a JWK with the members that RFC 7638 §3.2 counts, in its order; nil for a shared key.
    package var publicJWK: JSONValue? {
        switch material {
        case .shared: nil
        case .rsa(let key):
            (try? key.publicKey.getKeyPrimitives()).map { numbers in
                Self.object([
                    ("e", Self.segment(Array(numbers.publicExponent))), ("kty", "RSA"),
                    ("n", Self.segment(Array(numbers.modulus))),
                ])
            }
        case .p256(let key): Self.point("P-256", Array(key.publicKey.rawRepresentation))
        case .p384(let key): Self.point("P-384", Array(key.publicKey.rawRepresentation))
        case .p521(let key): Self.point("P-521", Array(key.publicKey.rawRepresentation))
        case .ed25519(let key):
            Self.object([
                ("crv", "Ed25519"), ("kty", "OKP"), ("x", Self.segment(Array(key.publicKey.rawRepresentation))),
            ])
        }
    }

    /// RFC 7638, SHA-256.
    package var thumbprint: String? {
        publicJWK.map { Self.segment(Array(SHA256.hash(data: Array($0.text().utf8)))) }
    }

    /// SHA-256 of the public key's SubjectPublicKeyInfo in base64, as `openssl dgst` over its DER; nil for a shared key.
    package var fingerprint: String? {
        let der: Data? =
            switch material {
            case .shared: nil
            case .rsa(let key): key.publicKey.derRepresentation
            case .p256(let key): key.publicKey.derRepresentation
            case .p384(let key): key.publicKey.derRepresentation
            case .p521(let key): key.publicKey.derRepresentation
            // RFC 8410 §4: the algorithm identifier and the raw key.
            case .ed25519(let key):
                Data([0x30, 0x2A, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 3, 0x21, 0]) + key.publicKey.rawRepresentation
            }
        return der.map { Base64.encode(Array(SHA256.hash(data: $0))) }
    }

    private static func point(_ curve: String, _ raw: [UInt8]) -> JSONValue {
        object([
            ("crv", curve), ("kty", "EC"), ("x", segment(Array(raw.prefix(raw.count / 2)))),
            ("y", segment(Array(raw.suffix(raw.count / 2)))),
        ])
    }

    private static func object(_ members: [(String, String)]) -> JSONValue {
        .object(JSONObject(members.map { ($0.0, .string($0.1)) }))
    }
}
