import JSON
import Providers
import Testing
import Tokens

@Suite("Keys")
struct SigningKeyTests {
    static let files: [(String, JWTAlgorithm)] = [
        ("rsa-pkcs8", .rs256), ("rsa-pkcs1", .ps256), ("p256-sec1", .es256), ("p256-pkcs8", .es256),
        ("p384-pkcs8", .es384), ("p521-pkcs8", .es512), ("ed25519-pkcs8", .edDSA),
    ]

    @Test("PEM as PKCS#8, PKCS#1 and SEC 1", arguments: files)
    func pem(_ file: String, _ algorithm: JWTAlgorithm) throws {
        let text = try Vectors.text("keys/\(file).pem")
        for text in [text, text.replacing("\n", with: "\\n"), "\n  " + text.replacing("\n", with: "\r\n  ")] {
            let key = try SigningKey(parsing: text, as: .pem)
            let signature = try key.signature(of: [1, 2, 3], algorithm)
            #expect(key.isValid(signature, for: [1, 2, 3], algorithm))
            #expect(key.objection(to: algorithm) == nil)
        }
    }

    static let refused: [(String, KeyRules.Encoding, String)] = [
        ("", .pem, "is not PEM (-----BEGIN PRIVATE KEY-----)"),
        (
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", .pem,
            "is of a kind that is not supported; RSA, P-256, P-384, P-521 and Ed25519 are"
        ),
        ("{}", .jwk, "has the kty ''; RSA, EC, OKP and oct are supported"),
        ("[]", .jwk, "is not a JWK: it is no JSON object"),
        (#"{"keys":[]}"#, .jwk, "is a set of 0 keys; give the one that signs"),
        (#"{"kty":"EC","crv":"P-256"}"#, .jwk, "has no 'd'; a private JWK holds it in base64url"),
        (
            #"{"kty":"EC","crv":"P-999","d":"AAAA"}"#, .jwk,
            "is no private key on the curve 'P-999'; P-256, P-384, P-521 and Ed25519 are supported"
        ),
        (
            #"{"kty":"RSA","n":"AQ","e":"AQ","d":"AQ","p":"AQ","q":"AQ"}"#, .jwk,
            "is no RSA private key: its numbers do not fit together"
        ),
        ("0g", .hex, "is not hexadecimal"), ("012", .hex, "is not hexadecimal"), ("a*", .base64, "is not base64"),
        ("", .utf8, "is empty"),
    ]

    @Test("What is wrong with a key is said without the key", arguments: refused)
    func refuses(_ text: String, _ encoding: KeyRules.Encoding, _ reason: String) {
        #expect(throws: SigningKey.Refusal(reason: reason)) { try SigningKey(parsing: text, as: encoding) }
    }

    static let wrongFiles = [
        ("encrypted", "is encrypted; decrypt it with 'openssl pkcs8 -in key.pem -out plain.pem'"),
        ("public", "is a public key or a certificate, not a private key"),
        ("x25519", "is of a kind that is not supported; RSA, P-256, P-384, P-521 and Ed25519 are"),
    ]

    @Test("Files that are no keys to sign with", arguments: wrongFiles)
    func wrongFile(_ file: String, _ reason: String) throws {
        let text = try Vectors.text("keys/\(file).pem")
        #expect(throws: SigningKey.Refusal(reason: reason)) { try SigningKey(parsing: text, as: .pem) }
    }

    @Test("A key of the wrong kind names both kinds")
    func mismatch() throws {
        let key = try SigningKey(parsing: Vectors.text("keys/p256-sec1.pem"), as: .pem)
        #expect(key.objection(to: .rs256) == "is a key on P-256, but RS256 needs an RSA key")
        #expect(key.objection(to: .es384) == "is a key on P-256, but ES384 needs a key on P-384")
        #expect(throws: SigningKey.Refusal.self) { try key.signature(of: [], .hs256) }
    }

    @Test("Shared keys as text, hexadecimal and base64 are the same key")
    func shared() throws {
        let keys = [
            try SigningKey(parsing: "Jefe", as: .utf8), try SigningKey(parsing: "4a 65 66 65", as: .hex),
            try SigningKey(parsing: "SmVmZQ==", as: .base64),
            try SigningKey(parsing: #"{"kty":"oct","k":"SmVmZQ","kid":"7"}"#, as: .jwk),
        ]
        #expect(keys.last?.id == "7")
        // RFC 4231 §4.3.
        let text = Array("what do ya want for nothing?".utf8)
        for key in keys {
            #expect(
                Hexadecimal.encode(try key.signature(of: text, .hs256))
                    == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        }
    }
}
