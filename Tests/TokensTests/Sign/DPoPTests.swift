import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import Templates
import TestSupport
import Testing
import Tokens

@Suite("DPoP")
struct DPoPTests {
    private static let answer = #"{"access_token":"the-access-token","token_type":"dpop","expires_in":600}"#

    private static func provider(_ sign: String = #"{ "scheme": "dpop" }"#, _ secrets: String = "") throws -> Provider {
        try TokensTests.provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {}, "clientSecret": {}\(secrets) },
              "auth": { "type": "token", "grant": "client_credentials",
                        "request": { "url": "https://auth.acme.test/token" }, "sign": \(sign) } }
            """)
    }

    private static func proof(_ request: HTTPRequest) throws -> (header: JSONNode, claims: JSONNode) {
        let fields = request.headers.filter { $0.name == "DPoP" }
        #expect(fields.count == 1 && fields.first?.isSensitive == true)
        return try parts(of: try #require(fields.first?.value))
    }

    @Test("A proof for the token request and for each call: RFC 9449 §4.2, §7")
    func proofs() async throws {
        let desk = Desk(Self.answer)
        let identity = try desk.bind(try Self.provider(), secrets: acmeSecrets)
        let credential = try await desk.broker.credential(for: identity)
        let (header, claims) = try Self.proof(try #require(desk.transport.requests.first))
        #expect(header["typ"]?.string == "dpop+jwt")
        #expect(header["alg"]?.string == "ES256")
        #expect(header["jwk"]?.members.map(\.name) == ["crv", "kty", "x", "y"])
        #expect(claims["htm"]?.string == "POST")
        #expect(claims["htu"]?.string == "https://auth.acme.test/token")
        #expect(claims["ath"] == nil && claims["nonce"] == nil)

        var call = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/x?y=z"))
        try credential.apply(to: &call)
        // `dpop` in the answer is sent as the scheme is written.
        #expect(call.headers["Authorization"] == "DPoP the-access-token")
        let (second, bound) = try Self.proof(call)
        #expect(second["jwk"]?.rawText == header["jwk"]?.rawText)
        #expect(bound["htm"]?.string == "GET")
        #expect(bound["htu"]?.string == "https://api.acme.test/x")
        // python3: base64url(sha256("the-access-token"))
        #expect(bound["ath"]?.string == "uby9Z8Gb_H_x4fPjwNzgu794b860ifwPsbwnlfNiCFs")
        var third = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/x"))
        try credential.apply(to: &third)
        #expect(try Self.proof(third).claims["jti"]?.string != bound["jti"]?.string)
        #expect(identity.credentialHeaders == ["authorization", "dpop"])
        #expect(!identity.mayShareToken)
    }

    @Test("A nonce that the token endpoint asks for is sent once more, and kept")
    func tokenNonce() async throws {
        let desk = Desk { request in
            let proof = try? parts(of: request.headers["DPoP"] ?? "")
            if proof?.claims["nonce"]?.string == "n-1" { return ok(Self.answer) }
            return HTTPResponse(
                status: 400, headers: [HeaderField("DPoP-Nonce", "n-1")],
                body: Array(#"{"error":"use_dpop_nonce"}"#.utf8))
        }
        let identity = try desk.bind(try Self.provider(), secrets: acmeSecrets)
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.transport.requests.count == 2)
        desk.clock.advance(.seconds(600))
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.transport.requests.count == 3)
    }

    @Test("A server that asks for a nonce again and again is asked no more than twice")
    func endless() async throws {
        let count = Counter()
        let desk = Desk { _ in
            HTTPResponse(
                status: 400, headers: [HeaderField("DPoP-Nonce", "n-\(count.next())")],
                body: Array(#"{"error":"use_dpop_nonce"}"#.utf8))
        }
        let identity = try desk.bind(try Self.provider(), secrets: acmeSecrets)
        #expect(try await desk.refusal(identity).status == 400)
        #expect(desk.transport.requests.count == 2)
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)
        func next() -> Int {
            value.withLock {
                $0 += 1; return $0
            }
        }
    }

    @Test("A nonce that the API asks for with 401")
    func resourceNonce() async throws {
        let desk = Desk { request in
            if request.url.path == "/token" { return ok(Self.answer) }
            let proof = try? parts(of: request.headers["DPoP"] ?? "")
            if proof?.claims["nonce"]?.string == "r-1" { return ok("{}") }
            return HTTPResponse(
                status: 401,
                headers: [
                    HeaderField("WWW-Authenticate", #"DPoP error="use_dpop_nonce", error_description="nonce needed""#),
                    HeaderField("DPoP-Nonce", "r-1"),
                ])
        }
        let identity = try desk.bind(try Self.provider(), secrets: acmeSecrets)
        let credential = try await desk.broker.credential(for: identity)
        let transport = credential.transport(over: desk.transport)
        for _ in 0..<2 {
            var call = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/x"))
            try credential.apply(to: &call)
            #expect(try await transport.send(call, pool: credential.poolKey).status == 200)
        }
        #expect(desk.transport.requests.map(\.url.path) == ["/token", "/x", "/x", "/x"])
    }

    @Test("A key of one's own: its tokens can be kept")
    func ownKey() async throws {
        let desk = Desk(Self.answer)
        let provider = try Self.provider(
            #"{ "scheme": "dpop", "algorithm": "EdDSA", "key": "{{secret.proof}}", "keyEncoding": "pem" }"#,
            #", "proof": {}"#)
        let pem = try Vectors.text("keys/ed25519-pkcs8.pem")
        let identity = try desk.bind(provider, secrets: acmeSecrets.merging(["proof": pem]) { $1 })
        _ = try await desk.broker.credential(for: identity)
        let request = try #require(desk.transport.requests.first)
        let proof = try #require(request.headers["DPoP"])
        let (signed, signature) = try signature(of: proof)
        #expect(try SigningKey(parsing: pem, as: .pem).isValid(signature, for: signed, .edDSA))
        #expect(try parts(of: proof).header["jwk"]?["d"] == nil)
        #expect(identity.mayShareToken)
        #expect(identity.proof?.thumbprint == (try SigningKey(parsing: pem, as: .pem).thumbprint))
    }

    @Test("A key that does not fit is an error where the identity is bound")
    func wrongKey() throws {
        let provider = try Self.provider(#"{ "scheme": "dpop", "key": "{{secret.proof}}" }"#, #", "proof": {}"#)
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        var bag = DiagnosticBag()
        let pem = try Vectors.text("keys/ed25519-pkcs8.pem")
        let secrets = acmeSecrets.merging(["proof": pem]) { $1 }.mapValues { Secret($0, label: "x") }
        let binder = IdentityBinder(functions: .standard(), redactor: Redactor())
        #expect(binder.bind(IdentityBinding("acme", provider, at: span, secrets: secrets), bag: &bag) == nil)
        #expect(
            bag.diagnostics.map(\.title) == [
                "'acme' cannot prove that it has a token: the key is an Ed25519 key, but ES256 needs a key on P-256; "
                    + "it stands in the secret 'proof'"
            ])
        #expect(bag.diagnostics.first?.span?.file.path == "providers/acme.json")
    }
}
