import Diagnostics
import HTTP
import Providers
import TestSupport
import Testing
import Tokens

@Suite("HTTP message signatures")
struct HTTPSignatureTests {
    /// RFC 9421 appendix B.1.5, B.1.4.
    private static let sharedKey =
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
    private static let ed25519Key = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
        -----END PRIVATE KEY-----
        """

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let sign: String
        let key: String
        let input: String
        let signature: String
    }

    static let cases = [
        Case(
            testDescription: "B.2.5, HMAC",
            sign:
                #""algorithm": "hmac-sha256", "keyEncoding": "base64", "keyId": "test-shared-secret", "label": "sig-b25", "#
                + #""components": ["date", "@authority", "content-type"]"#,
            key: sharedKey,
            input: #"sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#,
            signature: "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"),
        Case(
            testDescription: "B.2.6, Ed25519",
            sign: #""algorithm": "ed25519", "keyId": "test-key-ed25519", "label": "sig-b26", "#
                + #""components": ["date", "@method", "@path", "@authority", "content-type", "content-length"]"#,
            key: ed25519Key,
            input: #"sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");"#
                + #"created=1618884473;keyid="test-key-ed25519""#,
            signature:
                "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"),
    ]

    private static func sign(_ sign: String, _ key: String, _ desk: Desk) throws -> HTTPRequest {
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://example.com", "secrets": { "key": {} },
              "auth": { "type": "sign", "sign": { "scheme": "http-signature", \(sign) } } }
            """)
        let credential = try desk.credential(try desk.bind(provider, secrets: ["key": key]))
        // Appendix B.2's test-request.
        var request = HTTPRequest(
            .post, try HTTPURL(parsing: "https://example.com/foo?param=Value&Pet=dog"),
            headers: [
                HeaderField("Date", "Tue, 20 Apr 2021 02:07:55 GMT"), HeaderField("Content-Type", "application/json"),
            ], body: .bytes(Array(#"{"hello": "world"}"#.utf8)))
        try credential.apply(to: &request)
        return request
    }

    @Test("The examples of RFC 9421 appendix B", arguments: cases)
    func vectors(_ vector: Case) throws {
        let desk = Desk("")
        desk.clock.advance(.milliseconds(1_618_884_473_000 - FakeClock.start))
        let request = try Self.sign(vector.sign, vector.key, desk)
        #expect(request.headers["Signature-Input"] == vector.input)
        #expect(request.headers["Signature"] == vector.signature)
    }

    @Test(
        "Every algorithm signs",
        arguments: [
            ("rsa-pss-sha512", "rsa-pkcs8"), ("rsa-v1_5-sha256", "rsa-pkcs1"), ("ecdsa-p256-sha256", "p256-sec1"),
            ("ecdsa-p384-sha384", "p384-pkcs8"), ("ed25519", "ed25519-pkcs8"),
        ])
    func algorithms(_ algorithm: String, _ file: String) throws {
        let request = try Self.sign(#""algorithm": "\#(algorithm)""#, try Vectors.text("keys/\(file).pem"), Desk(""))
        #expect(
            request.headers["Signature-Input"]
                == #"sig1=("@method" "@authority" "@target-uri");created=\#(FakeClock.start / 1000)"#)
        #expect(request.headers["Signature"]?.hasPrefix("sig1=:") == true)
    }

    @Test("Digest of the body, nonce, tag and expiry")
    func members() throws {
        let request = try Self.sign(
            #""components": ["content-digest", "@query"], "created": false, "expires": "1m", "nonce": true, "tag": "app""#,
            try Vectors.text("keys/ed25519-pkcs8.pem"), Desk(""))
        #expect(
            request.headers["Content-Digest"] == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
        #expect(
            request.headers["Signature-Input"]
                == #"sig1=("content-digest" "@query");expires=\#(FakeClock.start / 1000 + 60);"#
                + #"nonce="AAECAwQFBgcAAQIDBAUGBw";tag="app""#)
    }

    @Test("A component that the request lacks, and a key of another kind")
    func refusals() throws {
        let key = try Vectors.text("keys/ed25519-pkcs8.pem")
        let missing = #expect(throws: CredentialError.self) {
            try Self.sign(#""components": ["x-tenant"]"#, key, Desk(""))
        }
        #expect(
            missing?.message
                == "the request of 'acme' cannot be signed: it has no 'x-tenant', which the signature covers")
        let wrong = #expect(throws: CredentialError.self) {
            try Self.sign(#""algorithm": "rsa-pss-sha512""#, key, Desk(""))
        }
        #expect(
            wrong?.message
                == "the request of 'acme' cannot be signed: the key is an Ed25519 key, but PS512 needs an RSA key; "
                + "it stands in the secret 'key'")
    }
}
