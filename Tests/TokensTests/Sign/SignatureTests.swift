import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing

@testable import Tokens

@Suite("Signed requests on the wire")
struct SignatureTests {
    private static func signed(
        _ sign: String, secrets: [String: String], _ request: HTTPRequest, desk: Desk = Desk("")
    ) throws -> HTTPRequest {
        let declared = secrets.keys.sorted().map { "\"\($0)\": {}" }.joined(separator: ", ")
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "hosts": ["api.acme.test", "photos.example.net"],
              "vars": { "tenant": { "default": "t1" } }, "secrets": { \(declared) },
              "auth": { "type": "sign", "sign": \(sign) } }
            """)
        var request = request
        try desk.credential(try desk.bind(provider, secrets: secrets)).apply(to: &request)
        return request
    }

    private static func request(_ url: String, _ body: String = "") throws -> HTTPRequest {
        HTTPRequest(
            body.isEmpty ? .get : .post, try HTTPURL(parsing: url),
            body: body.isEmpty ? .none : .bytes(Array(body.utf8)))
    }

    @Test("HMAC over a text of method, path, query, body hash and time, in header and query")
    func hmac() throws {
        let desk = Desk("")
        let request = try Self.signed(
            #"""
            { "scheme": "hmac", "algorithm": "sha256", "key": "{{secret.apiSecret}}",
              "string": "{{request.method}}\n{{request.host}}\n{{request.path}}\n{{request.query}}\n{{request.bodyHash}}\n{{request.timestamp}}\n{{tenant}}",
              "timestamp": "epoch-ms", "encoding": "base64",
              "headers": { "X-Time": "{{request.timestamp}}", "X-Nonce": "{{request.nonce}}",
                           "Authorization": "HMAC {{secret.apiKey}}:{{signature}}" },
              "query": { "tenant": "{{tenant}}" } }
            """#, secrets: ["apiKey": "the-api-key", "apiSecret": "the-api-secret"],
            try Self.request("https://api.acme.test/v1/a%20b?x=1", "{}"), desk: desk)
        // python3: base64(hmac_sha256(key, text)).
        let text =
            "POST\napi.acme.test\n/v1/a%20b\nx=1\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n"
            + "\(FakeClock.start)\nt1"
        let signature = Base64.encode(KeyedHash.code(Array(text.utf8), key: Array("the-api-secret".utf8), .sha256))
        #expect(request.headers["X-Time"] == "\(FakeClock.start)")
        #expect(request.headers["X-Nonce"] == "00010203040506070001020304050607")
        #expect(request.headers["Authorization"] == "HMAC the-api-key:\(signature)")
        #expect(request.headers.filter(\.isSensitive).map(\.name) == ["Authorization"])
        #expect(request.url.query == "x=1&tenant=t1")
        #expect(desk.redactor.finds(in: Array(signature.utf8)))
    }

    @Test("A plain hash over a text that holds the secrets, as OVHcloud's page has it with its example")
    func plainHash() throws {
        let request = try Self.signed(
            #"""
            { "scheme": "hash", "algorithm": "sha1",
              "string": "{{secret.app}}+{{secret.consumer}}+{{request.method}}+{{request.url}}+{{request.body}}+1366560945",
              "headers": { "X-Ovh-Timestamp": "{{request.timestamp}}", "X-Ovh-Signature": "$1${{signature}}" } }
            """#,
            secrets: ["app": "EXEgWIz07P0HYwtQDs7cNIqCiQaWSuHF", "consumer": "MtSwSrPpNjqfVSmJhLbPyr2i45lSwPU1"],
            try Self.request("https://api.acme.test/1.0/domains/"))
        // sha1sum of the text with this host; that of the page's own host is d3705e8afb27a0d2970a322b96550abfc67bb798.
        #expect(request.headers["X-Ovh-Signature"] == "$1$300286947de618f062ed3a912cce92be7cefeb63")
        #expect(request.headers.filter(\.isSensitive).map(\.name) == ["X-Ovh-Signature"])
        #expect(request.headers["X-Ovh-Timestamp"] == "\(FakeClock.start / 1000)")
    }

    @Test(
        "HMAC with every hash and spelling",
        arguments: [
            // RFC 2202 §3 and RFC 4231 §4.3, test case 2.
            ("sha1", "hex", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
            ("sha256", "hex", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            ("sha256", "base64", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
            ("sha256", "base64url", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM"),
            (
                "sha384", "hex",
                "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
            ),
            (
                "sha512", "hex",
                "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
            ),
        ])
    func hashes(_ hash: String, _ encoding: String, _ signature: String) throws {
        let request = try Self.signed(
            #"""
            { "scheme": "hmac", "algorithm": "\#(hash)", "key": "{{secret.k}}", "string": "what do ya want for nothing?",
              "encoding": "\#(encoding)", "headers": { "X-Signature": "{{signature}}" } }
            """#, secrets: ["k": "Jefe"], try Self.request("https://api.acme.test/"))
        #expect(request.headers["X-Signature"] == signature)
    }

    @Test("WSSE, as its first description shows it")
    func wsse() throws {
        // Atom API, "Atom Authentication" (2003).
        #expect(
            WSSESigner.digest("d36e316282959a9ed4c89851497a717f", "2003-12-15T14:43:07Z", "taadtaadpstcsm")
                == "quR/EWLAV4xLf9Zqyw4pDmfV9OY=")
        let request = try Self.signed(
            #"{ "scheme": "wsse" }"#, secrets: ["username": "bob", "password": "the-password"],
            try Self.request("https://api.acme.test/"))
        let created = "2026-11-25T08:30:00Z"
        let digest = WSSESigner.digest("00010203040506070001020304050607", created, "the-password")
        #expect(
            request.headers["X-WSSE"]
                == #"UsernameToken Username="bob", PasswordDigest="\#(digest)", Nonce="00010203040506070001020304050607", Created="\#(created)""#
        )
        let hexadecimal = try Self.signed(
            #"{ "scheme": "wsse", "encoding": "hex" }"#, secrets: ["username": "bob", "password": "the-password"],
            try Self.request("https://api.acme.test/"))
        #expect(hexadecimal.headers["X-WSSE"] != request.headers["X-WSSE"])
    }

    @Test("OAuth 1: the example of RFC 5849 §1.2")
    func oauth1() throws {
        let context = SigningContext(
            identity: "acme", redactor: Redactor(), clock: FakeClock().clock, chance: .system)
        let signer = OAuth1Signer(
            context: context, method: .hmacSHA1, consumerKey: "dpf43f3p2l4k3l03",
            consumerSecret: Secret("kd94hf93k423kf44", label: "s"), token: "nnch734d00sl2jdk",
            tokenSecret: Secret("pfkkdhi9sl3r4s00", label: "t"), realm: "Photos")
        let request = try Self.request("http://photos.example.net/photos?file=vacation.jpg&size=original")
        let signature = signer.signature(
            of: request,
            [
                ("oauth_consumer_key", "dpf43f3p2l4k3l03"), ("oauth_token", "nnch734d00sl2jdk"),
                ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "137131202"), ("oauth_nonce", "chapoH"),
            ])
        #expect(signature == "MdpQcU8iPSUjWoN/UDMsK2sui9I=")
    }

    @Test("OAuth 1 on the wire")
    func oauth1Wire() throws {
        let request = try Self.signed(
            #"{ "scheme": "oauth1", "realm": "r" }"#, secrets: ["consumerKey": "ck", "consumerSecret": "cs"],
            try Self.request("https://api.acme.test/a?b=c"))
        let field = try #require(request.headers["Authorization"])
        #expect(field.hasPrefix(#"OAuth realm="r", oauth_consumer_key="ck", oauth_signature_method="HMAC-SHA1", "#))
        #expect(!field.contains("oauth_token"))
    }

    @Test("Where nothing is signed, the transport is the one given")
    func free() async throws {
        let desk = Desk("{}")
        let provider = try provider(
            #"{ "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "k": {} }, "auth": { "type": "static" }, "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.k}}" }] }"#
        )
        let credential = try desk.credential(try desk.bind(provider, secrets: ["k": "the-key"]))
        #expect(credential.signer == nil)
        #expect(credential.transport(over: desk.transport) as? ScriptedTransport === desk.transport)
    }

    @Test("A signature covers what the placements add")
    func order() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "key": {} }, "auth": { "type": "static",
              "sign": { "scheme": "hmac", "string": "{{request.query}}", "headers": { "X-Signature": "{{signature}}" } } },
              "apply": [{ "in": "query", "name": "key", "value": "{{secret.key}}" }] }
            """#)
        let desk = Desk("")
        var request = try Self.request("https://api.acme.test/")
        try desk.credential(try desk.bind(provider, secrets: ["key": "the-key"])).apply(to: &request)
        let wanted = KeyedHash.code(Array("key=the-key".utf8), key: Array("the-key".utf8), .sha256)
        #expect(request.headers["X-Signature"] == Hexadecimal.encode(wanted))
    }
}
