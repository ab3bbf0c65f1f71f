import Crypto
import FoundationEssentials
package import JSON
package import Providers
import Secrets
import _CryptoExtras

/// The public half of a key that somebody else signs with.
package struct VerificationKey: Sendable {
    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    private let material: Material
    /// `kid`; nil: it has no name.
    package let id: String?
    /// `use`: `sig`, `enc`; nil: it does not say.
    package let use: String?

    /// A key of a published set (RFC 7517, 7518 §6, 8037 §2); nil where it is of a kind that is not supported, or broken.
    package init?(_ jwk: JSONObject) {
        func bytes(_ name: String) -> [UInt8]? { jwk[name]?.string.flatMap { Base64.decode($0) } }
        let material: Material?
        switch jwk["kty"]?.string {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            material = (try? _RSA.Signing.PublicKey(n: modulus, e: exponent)).map { .rsa($0) }
        case "EC", "OKP":
            guard let x = bytes("x") else { return nil }
            material = Self.curved(jwk["crv"]?.string ?? "", x, bytes("y") ?? [])
        default: return nil
        }
        guard let material else { return nil }
        self.material = material
        (id, use) = (jwk["kid"]?.string, jwk["use"]?.string)
    }

    private static func curved(_ curve: String, _ x: [UInt8], _ y: [UInt8]) -> Material? {
        let point = Data(x + y)
        return switch curve {
        case "P-256": (try? P256.Signing.PublicKey(rawRepresentation: point)).map { .p256($0) }
        case "P-384": (try? P384.Signing.PublicKey(rawRepresentation: point)).map { .p384($0) }
        case "P-521": (try? P521.Signing.PublicKey(rawRepresentation: point)).map { .p521($0) }
        case "Ed25519": (try? Curve25519.Signing.PublicKey(rawRepresentation: Data(x))).map { .ed25519($0) }
        default: nil
        }
    }

    /// Whether the signature is one of this key's, under the algorithm as a JWT's header names it.
    package func isValid(_ signature: [UInt8], for bytes: [UInt8], _ algorithm: JWTAlgorithm) -> Bool {
        let data = Data(signature)
        switch (algorithm, material) {
        case (.es256, .p256(let key)):
            return (try? P256.Signing.ECDSASignature(rawRepresentation: data))
                .map { key.isValidSignature($0, for: bytes) } ?? false
        case (.es384, .p384(let key)):
            return (try? P384.Signing.ECDSASignature(rawRepresentation: data))
                .map { key.isValidSignature($0, for: bytes) } ?? false
        case (.es512, .p521(let key)):
            return (try? P521.Signing.ECDSASignature(rawRepresentation: data))
                .map { key.isValidSignature($0, for: bytes) } ?? false
        case (.edDSA, .ed25519(let key)): return key.isValidSignature(data, for: bytes)
        case (.rs256, .rsa(let key)), (.rs384, .rsa(let key)), (.rs512, .rsa(let key)), (.ps256, .rsa(let key)),
            (.ps384, .rsa(let key)), (.ps512, .rsa(let key)):
            return SigningKey.isValid(data, bytes, key, algorithm)
        default: return false
        }
    }

    /// PEM (RFC 7468 §13), as tools write it; nil for Ed25519.
    package var pem: String? {
        switch material {
        case .rsa(let key): key.pemRepresentation
        case .p256(let key): key.pemRepresentation
        case .p384(let key): key.pemRepresentation
        case .p521(let key): key.pemRepresentation
        case .ed25519: nil
        }
    }
}
