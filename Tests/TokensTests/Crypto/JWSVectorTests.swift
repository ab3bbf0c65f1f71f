import JSON
import Providers
import Secrets
import Testing
import Tokens

@Suite("JWS vectors")
struct JWSVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        let algorithm: String
        let key: String
        let compact: String
        /// The same key and text always give the same signature.
        let isDeterministic: Bool
        let isValid: Bool

        var testDescription: String { name }

        var parts: [Substring] { compact.split(separator: ".", omittingEmptySubsequences: false) }
        var signed: [UInt8] { Array("\(parts[0]).\(parts[1])".utf8) }
    }

    static let rfc: [Vector] = {
        let vectors = (try? Vectors.json("jose/rfc-vectors.json"))?["jws"].map { Array($0.elements) } ?? []
        return vectors.compactMap { node in
            guard let key = node["key"], let compact = node["compact"]?.string else { return nil }
            return Vector(
                name: "RFC 7515 \(node["appendix"]?.string ?? "")", algorithm: node["alg"]?.string ?? "",
                key: key.rawText, compact: compact, isDeterministic: node["deterministic"]?.boolean ?? false,
                isValid: node["result"]?.string == "valid")
        }
    }()

    static let cookbook: [Vector] = [
        "4_1.rsa_v15_signature", "4_2.rsa-pss_signature", "4_3.ecdsa_signature", "4_4.hmac-sha2_integrity_protection",
        "curve25519",
    ].compactMap { name in
        guard let node = try? Vectors.json("jose/\(name).json"), let input = node["input"], let key = input["key"],
            let compact = node["output"]?["compact"]?.string
        else { return nil }
        return Vector(
            name: node["title"]?.string ?? name, algorithm: input["alg"]?.string ?? "", key: key.rawText,
            compact: compact, isDeterministic: node["reproducible"]?.boolean ?? false, isValid: true)
    }

    @Test("All vectors are there")
    func complete() {
        #expect(Self.rfc.count == 8)
        #expect(Self.cookbook.count == 5)
    }

    @Test("Signatures are verified", arguments: rfc + cookbook)
    func verified(_ vector: Vector) throws {
        let key = try SigningKey(parsing: vector.key, as: .jwk)
        let algorithm = try #require(JWTAlgorithm(rawValue: vector.algorithm))
        let signature = try #require(Base64.decode(vector.parts[2]))
        #expect(key.isValid(signature, for: vector.signed, algorithm) == vector.isValid)
    }

    @Test("Signatures are made", arguments: (rfc + cookbook).filter(\.isValid))
    func made(_ vector: Vector) throws {
        let key = try SigningKey(parsing: vector.key, as: .jwk)
        let algorithm = try #require(JWTAlgorithm(rawValue: vector.algorithm))
        let signature = try key.signature(of: vector.signed, algorithm)
        #expect(key.isValid(signature, for: vector.signed, algorithm))
        if vector.isDeterministic {
            #expect(Base64.encode(signature, urlSafe: true, padded: false) == vector.parts[2])
        }
    }

    @Test("The thumbprint of RFC 8037 A.3")
    func thumbprint() throws {
        let key = try #require(Self.cookbook.last?.key)
        #expect(
            try SigningKey(parsing: key, as: .jwk).thumbprint == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    // openssl pkey -in … -pubout -outform DER | openssl dgst -sha256 -binary | base64
    @Test(
        "The fingerprint of a key is that of its public half",
        arguments: [
            ("rsa-pkcs8", "1FNOlvPHFN/PApbd8/tAgdsEjN83PRRunmRyAJk5UqQ="),
            ("p256-sec1", "CXEXWSjXZ++Db26CteN9JZt7b1c0wvrEA++ESEt0hJo="),
            ("p384-pkcs8", "8w818JK07VJ0y5ITnB/81I/C3xSEuikRkSY+o+XPeuM="),
            ("p521-pkcs8", "8paxWge31a+CcWcF5HabKKslfZJK9eWaBN2xHKpDD4Y="),
            ("ed25519-pkcs8", "oRsblJ3f3/e5I6O3glMmSfA8De2OSrfG2+J7OAyRbvU="),
        ])
    func fingerprint(_ file: String, _ text: String) throws {
        #expect(try SigningKey(parsing: Vectors.text("keys/\(file).pem"), as: .pem).fingerprint == text)
    }

    @Test("Every algorithm of an RSA key", arguments: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"])
    func rsa(_ name: String) throws {
        let key = try SigningKey(parsing: Vectors.text("keys/rsa-pkcs8.pem"), as: .pem)
        let algorithm = try #require(JWTAlgorithm(rawValue: name))
        let text = Array("text".utf8)
        let signature = try key.signature(of: text, algorithm)
        #expect(key.isValid(signature, for: text, algorithm))
        #expect(!key.isValid(signature, for: Array("other".utf8), algorithm))
        for other in JWTAlgorithm.allCases where other != algorithm {
            #expect(!key.isValid(signature, for: text, other), "\(other)")
        }
    }
}
