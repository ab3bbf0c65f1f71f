import Crypto
import JSON

/// ES256 tokens (RFC 7515, 7518 §3.4) under a key that lives as long as the sandbox and whose public half is published.
struct ES256Signer: Sendable {
    private let key: P256.Signing.PrivateKey
    /// Names the key in headers and in the key set.
    let keyID: String

    init(_ key: P256.Signing.PrivateKey = P256.Signing.PrivateKey(), keyID: String = "sandbox-1") {
        self.key = key
        self.keyID = keyID
    }

    /// - Parameter type: of the header: `at+jwt`, `JWT`.
    func sign(_ claims: JSONObject, type: String) -> String? {
        let header: JSONObject = ["alg": "ES256", "typ": .string(type), "kid": .string(keyID)]
        return sign(header: header, claims)
    }

    func sign(header: JSONObject, _ claims: JSONObject) -> String? {
        let signed = [header, claims].map { Base64URL.encode(Array(JSONValue.object($0).text().utf8)) }
            .joined(separator: ".")
        guard let signature = try? key.signature(for: Array(signed.utf8)) else { return nil }
        return signed + "." + Base64URL.encode(Array(signature.rawRepresentation))
    }

    /// The token, if it was signed here and its header asks for nothing else (RFC 8725 §3.1, RFC 7515 §4.1.11).
    func verify(_ token: String) -> LooseJWT? {
        guard let jwt = key.publicKey.verified(token), jwt.header["kid"]?.string == keyID else { return nil }
        return jwt
    }

    /// The public key as texts that anybody has: PEM with and without the last line end, and the JWK.
    var publicTexts: [String] {
        let pem = key.publicKey.pemRepresentation
        return [pem, pem + "\n", JSONValue.object(publicKey).text()]
    }

    /// The public key as a JWK (RFC 7517, 7518 §6.2.1).
    var publicKey: JSONObject {
        let point = Array(key.publicKey.rawRepresentation)
        return [
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": .string(keyID),
            "x": .string(Base64URL.encode(Array(point.prefix(32)))),
            "y": .string(Base64URL.encode(Array(point.suffix(32)))),
        ]
    }
}

extension P256.Signing.PublicKey {
    /// The token, if it is ES256 under this key and its header asks for nothing else.
    func verified(_ token: String) -> LooseJWT? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let jwt = LooseJWT(token), jwt.header["alg"]?.string == "ES256",
            jwt.header["crit"] == nil, let raw = Base64URL.decode(parts[2]),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: raw),
            isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
        else { return nil }
        return jwt
    }
}
