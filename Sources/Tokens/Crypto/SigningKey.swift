import Crypto
import FoundationEssentials
import JSON
package import Providers
import Secrets
import _CryptoExtras

/// A key that signs: a private key or a shared one. It is never printed.
package struct SigningKey: Sendable {
    enum Material: Sendable {
        case shared([UInt8])
        case rsa(_RSA.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    /// Why a text is no key, or not the right one; completes "the key …". Holds nothing of the key.
    package struct Refusal: Error, Sendable, Hashable {
        package let reason: String
        package init(reason: String) { self.reason = reason }
    }

    let material: Material
    /// Of a JWK.
    package let id: String?

    init(_ material: Material, id: String? = nil) {
        self.material = material
        self.id = id
    }

    /// A new one for ES256.
    package static func makeP256() -> SigningKey { SigningKey(.p256(P256.Signing.PrivateKey())) }

    /// - Throws: `Refusal` where the text is not a key in that encoding.
    package init(parsing text: String, as encoding: KeyRules.Encoding) throws(Refusal) {
        switch encoding {
        case .pem: self.init(try PEMKey.read(text))
        case .jwk: self = try JWKKey.read(text)
        case .utf8: self.init(.shared(Array(text.utf8)))
        case .hex:
            guard let bytes = Hexadecimal.decode(text) else { throw Refusal(reason: "is not hexadecimal") }
            self.init(.shared(bytes))
        case .base64:
            guard let bytes = Base64.decode(text.filter { !$0.isWhitespace }) else {
                throw Refusal(reason: "is not base64")
            }
            self.init(.shared(bytes))
        }
        if case .shared(let bytes) = material, bytes.isEmpty { throw Refusal(reason: "is empty") }
    }

    /// "an RSA key", for messages.
    var phrase: String {
        switch material {
        case .shared: "a shared key"
        case .rsa: "an RSA key"
        case .p256: "a key on P-256"
        case .p384: "a key on P-384"
        case .p521: "a key on P-521"
        case .ed25519: "an Ed25519 key"
        }
    }
}

// A key prints as what it is, never as its bytes.
extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { phrase }
    package var debugDescription: String { phrase }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// PKCS#8, PKCS#1 and SEC 1 in PEM (RFC 7468).
private enum PEMKey {
    static func read(_ text: String) throws(SigningKey.Refusal) -> SigningKey.Material {
        let block = try block(in: text)
        if let key = try? _RSA.Signing.PrivateKey(unsafePEMRepresentation: block) { return .rsa(key) }
        if let key = try? P256.Signing.PrivateKey(pemRepresentation: block) { return .p256(key) }
        if let key = try? P384.Signing.PrivateKey(pemRepresentation: block) { return .p384(key) }
        if let key = try? P521.Signing.PrivateKey(pemRepresentation: block) { return .p521(key) }
        if isEd25519(block), let key = try? Curve25519.Signing.PrivateKey(pemRepresentation: block) {
            return .ed25519(key)
        }
        throw SigningKey.Refusal(
            reason: "is of a kind that is not supported; RSA, P-256, P-384, P-521 and Ed25519 are")
    }

    /// Its object identifier 1.3.101.112 (RFC 8410 §3); a key for X25519 looks the same otherwise.
    private static func isEd25519(_ block: String) -> Bool {
        let lines = block.split(separator: "\n").filter { !$0.hasPrefix("-") }
        let bytes = Base64.decode(lines.joined()) ?? []
        return bytes.prefix(24).firstRange(of: [0x06, 0x03, 0x2B, 0x65, 0x70]) != nil
    }

    /// The block of the private key: `openssl ecparam` puts the parameters before it, and variables often hold `\n` as
    /// two characters.
    private static func block(in text: String) throws(SigningKey.Refusal) -> String {
        let text = text.contains("\\n") ? text.replacing("\\n", with: "\n") : text
        if text.contains("ENCRYPTED") {
            throw SigningKey.Refusal(reason: "is encrypted; decrypt it with 'openssl pkcs8 -in key.pem -out plain.pem'")
        }
        for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"] {
            let (begin, end) = ("-----BEGIN \(label)-----", "-----END \(label)-----")
            guard let start = text.firstRange(of: begin), let stop = text.firstRange(of: end),
                start.upperBound <= stop.lowerBound
            else { continue }
            let lines = text[start.upperBound..<stop.lowerBound].filter { !$0.isWhitespace }
            return ([begin] + lines.chunked(64) + [end]).joined(separator: "\n")
        }
        let isOther = text.contains("PUBLIC KEY") || text.contains("CERTIFICATE")
        throw SigningKey.Refusal(
            reason: isOther
                ? "is a public key or a certificate, not a private key" : "is not PEM (-----BEGIN PRIVATE KEY-----)")
    }
}

extension String {
    fileprivate func chunked(_ size: Int) -> [String] {
        var rest = self[...]
        var lines: [String] = []
        while !rest.isEmpty {
            lines.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return lines
    }
}

/// RFC 7517, 7518 §6, 8037 §2.
private enum JWKKey {
    static func read(_ text: String) throws(SigningKey.Refusal) -> SigningKey {
        guard let root = (try? JSONDocument.parse(text))?.root, root.kind == .object else {
            throw SigningKey.Refusal(reason: "is not a JWK: it is no JSON object")
        }
        var node = root
        if let keys = root["keys"] {
            guard keys.count == 1, let only = keys[0] else {
                throw SigningKey.Refusal(reason: "is a set of \(keys.count) keys; give the one that signs")
            }
            node = only
        }
        return SigningKey(try material(node), id: node["kid"]?.string)
    }

    private static func material(_ node: JSONNode) throws(SigningKey.Refusal) -> SigningKey.Material {
        let kind = node["kty"]?.string ?? ""
        switch kind {
        case "oct": return .shared(try bytes("k", node))
        case "RSA": return .rsa(try rsa(node))
        case "EC", "OKP":
            let curve = node["crv"]?.string ?? ""
            let scalar = Data(try bytes("d", node))
            if let key = curved(curve, scalar) { return key }
            throw SigningKey.Refusal(
                reason: "is no private key on the curve '\(curve)'; P-256, P-384, P-521 and Ed25519 are supported")
        default: throw SigningKey.Refusal(reason: "has the kty '\(kind)'; RSA, EC, OKP and oct are supported")
        }
    }

    private static func rsa(_ node: JSONNode) throws(SigningKey.Refusal) -> _RSA.Signing.PrivateKey {
        let parts = [
            try bytes("n", node), try bytes("e", node), try bytes("d", node), try bytes("p", node),
            try bytes("q", node),
        ]
        guard let key = try? _RSA.Signing.PrivateKey(n: parts[0], e: parts[1], d: parts[2], p: parts[3], q: parts[4])
        else { throw SigningKey.Refusal(reason: "is no RSA private key: its numbers do not fit together") }
        return key
    }

    private static func curved(_ curve: String, _ scalar: Data) -> SigningKey.Material? {
        switch curve {
        case "P-256": (try? P256.Signing.PrivateKey(rawRepresentation: scalar)).map { .p256($0) }
        case "P-384": (try? P384.Signing.PrivateKey(rawRepresentation: scalar)).map { .p384($0) }
        case "P-521": (try? P521.Signing.PrivateKey(rawRepresentation: scalar)).map { .p521($0) }
        case "Ed25519": (try? Curve25519.Signing.PrivateKey(rawRepresentation: scalar)).map { .ed25519($0) }
        default: nil
        }
    }

    private static func bytes(_ name: String, _ node: JSONNode) throws(SigningKey.Refusal) -> [UInt8] {
        guard let bytes = node[name]?.string.flatMap({ Base64.decode($0) }), !bytes.isEmpty else {
            throw SigningKey.Refusal(reason: "has no '\(name)'; a private JWK holds it in base64url")
        }
        return bytes
    }
}
