import Crypto
import FoundationEssentials
package import JSON
package import Providers
import Secrets
import _CryptoExtras

/// JSON Web Signatures in compact form (RFC 7515 §7.1).
extension SigningKey {
    /// `header.claims.signature`.
    package func jws(
        header: JSONValue, payload: [UInt8], _ algorithm: JWTAlgorithm
    ) throws(Refusal) -> String {
        let text = Self.segment(Array(header.text().utf8)) + "." + Self.segment(payload)
        return text + "." + Self.segment(try signature(of: Array(text.utf8), algorithm))
    }

    static func segment(_ bytes: [UInt8]) -> String { Base64.encode(bytes, urlSafe: true, padded: false) }

    /// Why the key cannot sign with that algorithm; completes "the key …".
    package func objection(to algorithm: JWTAlgorithm) -> String? {
        let wanted: String
        switch (algorithm, material) {
        case (.hs256, .shared), (.hs384, .shared), (.hs512, .shared), (.es256, .p256), (.es384, .p384), (.es512, .p521),
            (.edDSA, .ed25519):
            return nil
        case (.rs256, .rsa), (.rs384, .rsa), (.rs512, .rsa), (.ps256, .rsa), (.ps384, .rsa), (.ps512, .rsa): return nil
        case (.hs256, _), (.hs384, _), (.hs512, _): wanted = "a shared key"
        case (.es256, _): wanted = "a key on P-256"
        case (.es384, _): wanted = "a key on P-384"
        case (.es512, _): wanted = "a key on P-521"
        case (.edDSA, _): wanted = "an Ed25519 key"
        default: wanted = "an RSA key"
        }
        return "is \(phrase), but \(algorithm.rawValue) needs \(wanted)"
    }

    /// RFC 7518 §3: ECDSA as `r‖s`.
    package func signature(of bytes: [UInt8], _ algorithm: JWTAlgorithm) throws(Refusal) -> [UInt8] {
        if let objection = objection(to: algorithm) { throw Refusal(reason: objection) }
        do {
            switch material {
            case .shared(let key): return Self.code(bytes, key, algorithm)
            case .rsa(let key): return try Self.rsa(bytes, key, algorithm)
            case .p256(let key): return Array(try key.signature(for: bytes).rawRepresentation)
            case .p384(let key): return Array(try key.signature(for: bytes).rawRepresentation)
            case .p521(let key): return Array(try key.signature(for: bytes).rawRepresentation)
            case .ed25519(let key): return Array(try key.signature(for: bytes))
            }
        } catch {
            throw Refusal(reason: "cannot sign with \(algorithm.rawValue)")
        }
    }

    /// Whether the signature is one of this key's.
    package func isValid(_ signature: [UInt8], for bytes: [UInt8], _ algorithm: JWTAlgorithm) -> Bool {
        guard objection(to: algorithm) == nil else { return false }
        let data = Data(signature)
        switch material {
        case .shared(let key): return Self.code(bytes, key, algorithm) == signature
        case .rsa(let key): return Self.isValid(data, bytes, key.publicKey, algorithm)
        case .p256(let key):
            return (try? P256.Signing.ECDSASignature(rawRepresentation: data)).map {
                key.publicKey.isValidSignature($0, for: bytes)
            } ?? false
        case .p384(let key):
            return (try? P384.Signing.ECDSASignature(rawRepresentation: data)).map {
                key.publicKey.isValidSignature($0, for: bytes)
            } ?? false
        case .p521(let key):
            return (try? P521.Signing.ECDSASignature(rawRepresentation: data)).map {
                key.publicKey.isValidSignature($0, for: bytes)
            } ?? false
        case .ed25519(let key): return key.publicKey.isValidSignature(data, for: bytes)
        }
    }

    private static func code(_ bytes: [UInt8], _ key: [UInt8], _ algorithm: JWTAlgorithm) -> [UInt8] {
        switch algorithm {
        case .hs384: KeyedHash.code(bytes, key: key, .sha384)
        case .hs512: KeyedHash.code(bytes, key: key, .sha512)
        default: KeyedHash.code(bytes, key: key, .sha256)
        }
    }

    private static func padding(_ algorithm: JWTAlgorithm) -> _RSA.Signing.Padding {
        algorithm.rawValue.hasPrefix("PS") ? .PSS : .insecurePKCS1v1_5
    }

    private static func rsa(
        _ bytes: [UInt8], _ key: _RSA.Signing.PrivateKey, _ algorithm: JWTAlgorithm
    ) throws -> [UInt8] {
        let padding = padding(algorithm)
        switch algorithm {
        case .rs384, .ps384:
            return Array(try key.signature(for: SHA384.hash(data: bytes), padding: padding).rawRepresentation)
        case .rs512, .ps512:
            return Array(try key.signature(for: SHA512.hash(data: bytes), padding: padding).rawRepresentation)
        default: return Array(try key.signature(for: SHA256.hash(data: bytes), padding: padding).rawRepresentation)
        }
    }

    static func isValid(
        _ signature: Data, _ bytes: [UInt8], _ key: _RSA.Signing.PublicKey, _ algorithm: JWTAlgorithm
    ) -> Bool {
        let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
        let padding = padding(algorithm)
        switch algorithm {
        case .rs384, .ps384: return key.isValidSignature(signature, for: SHA384.hash(data: bytes), padding: padding)
        case .rs512, .ps512: return key.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: padding)
        default: return key.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: padding)
        }
    }
}
