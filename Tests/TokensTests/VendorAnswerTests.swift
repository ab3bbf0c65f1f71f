import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Token answers")
struct VendorAnswerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let provider: String
        var vars: [String: String] = [:]
        let secrets: [String: String]
        /// The vendor's sample, with tokens in place of its ellipses.
        let answer: String
        let header: String
        /// Seconds.
        let lifetime: Int64?
        var source = TokenLifetime.Source.answer
        var scope: [String]?
        var refreshLifetime: Int64?

        var testDescription: String { provider }
    }

    private static let pair = ["clientId": "the-client-id", "clientSecret": "the-client-secret"]

    static let cases = [
        Case(
            provider: "zara4", secrets: pair,
            answer: #"{"access_token":"zara-token","token_type":"Bearer","expires_in":3600}"#,
            header: "Bearer zara-token", lifetime: 3600),
        Case(
            provider: "zarv", secrets: ["username": "your.email@zarv.com", "password": "your_password"],
            answer: #"""
                {
                  "accessToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.access",
                  "refreshToken": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.refresh",
                  "token_type": "Bearer",
                  "expires_in": 360,
                  "refreshExpiresIn": 1800
                }
                """#, header: "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.access", lifetime: 360, refreshLifetime: 1800
        ),
        Case(
            provider: "scalar", secrets: pair,
            answer: #"{ "accessToken": "string-token", "expiresIn": 0, "tokenType": "string" }"#,
            header: "string string-token", lifetime: 3600, source: .profile),
        Case(
            provider: "clazar", secrets: pair,
            answer: #"{ "access_token": "access_token", "token_type": "bearer", "expires_in": 86400 }"#,
            header: "Bearer access_token", lifetime: 86_400),
        Case(
            provider: "clarify",
            vars: ["tokenURL": "https://auth.clarify.test/token", "apiURL": "https://api.clarify.test"],
            secrets: pair,
            answer:
                #"{"access_token":"clarify-token","scope":"read:data, write:data","expires_in":3600,"token_type":"Bearer"}"#,
            header: "Bearer clarify-token", lifetime: 3600, scope: ["read:data", "write:data"]),
    ]

    @Test("Each vendor's sample answer is read", arguments: cases)
    func samples(_ sample: Case) async throws {
        let desk = Desk(sample.answer)
        let identity = try desk.bind(try builtIn(sample.provider), vars: sample.vars, secrets: sample.secrets)
        let credential = try await desk.broker.credential(for: identity)
        let token = try #require(credential.token)
        #expect(
            credential.placements.map { "\($0.place) \($0.name): \($0.value.reveal())" } == [
                "header Authorization: \(sample.header)"
            ])
        #expect(token.lifetime.milliseconds == sample.lifetime.map { $0 * 1000 })
        #expect(token.lifetime.source == sample.source)
        #expect(token.grantedScope == sample.scope)
        #expect(token.obtainedAt == FakeClock.start)
        #expect(token.expiresAt == sample.lifetime.map { FakeClock.start + $0 * 1000 })
        #expect(token.refreshExpiresAt == sample.refreshLifetime.map { FakeClock.start + $0 * 1000 })
    }

    static let types: [(String, String, String)] = [
        ("", "bearer", "Bearer"), ("", "BEARER", "Bearer"), ("", "Token", "Token"), ("", "", "Bearer"),
        (#", "send": "echo""#, "bearer", "bearer"), (#", "send": "JWT""#, "bearer", "JWT"),
        (#", "default": "MAC""#, "", "MAC"), ("", "two words", "Bearer"),
    ]

    @Test("The scheme word: as received but for the case of bearer, echoed, or fixed", arguments: types)
    func schemes(_ rule: String, _ stated: String, _ sent: String) async throws {
        let desk = Desk(#"{"access_token":"the-token","token_type":"\#(stated)"}"#)
        let provider = try acme(#""response": { "type": { "at": "/token_type"\#(rule) } }"#)
        let credential = try await desk.broker.credential(for: try desk.bind(provider, secrets: acmeSecrets))
        #expect(credential.token?.type == sent)
    }

    static let tokenPlaces: [(String, HTTPResponse, String)] = [
        (#""/data/0/token""#, ok(#"{"data":[{"token":"nested-token"}]}"#), "nested-token"),
        (#"["/a", "/b"]"#, ok(#"{"a":null,"b":"second-token"}"#), "second-token"),
        (#""header:X-Token""#, ok("{}", [HeaderField("x-token", "header-token")]), "header-token"),
        (
            #""cookie:sid""#,
            ok("", [HeaderField("Set-Cookie", "a=b"), HeaderField("Set-Cookie", "sid=cookie-token; Path=/")]),
            "cookie-token"
        ),
        (#""""#, ok(#""json-text-token""#), "json-text-token"),
        (#""/id""#, ok(#"{"id":12345678}"#), "12345678"),
    ]

    @Test("A token may stand anywhere in an answer", arguments: tokenPlaces)
    func places(_ locator: String, _ answer: HTTPResponse, _ token: String) async throws {
        let desk = Desk { _ in answer }
        let provider = try acme(#""response": { "token": \#(locator) }"#)
        let credential = try await desk.broker.credential(for: try desk.bind(provider, secrets: acmeSecrets))
        #expect(credential.token?.value.reveal() == token)
    }

    static let bodies: [(String, String, String)] = [
        ("form", "access_token=form%2Dtoken&expires_in=60", "form-token"), ("text", "  plain-token\n", "plain-token"),
    ]

    @Test("Answers in other formats", arguments: bodies)
    func formats(_ format: String, _ body: String, _ token: String) async throws {
        let desk = Desk(body)
        let at = format == "text" ? #", "token": """# : ""
        let provider = try acme(#""response": { "format": "\#(format)"\#(at) }"#)
        let credential = try await desk.broker.credential(for: try desk.bind(provider, secrets: acmeSecrets))
        #expect(credential.token?.value.reveal() == token)
    }

    @Test("Captured values serve placements, headers and the base URL")
    func captures() async throws {
        let desk = Desk(#"{"access_token":"the-token","instance":"https://eu7.acme.test/v2/","csrf":"the-csrf-value"}"#)
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "{{captured.instance}}", "hosts": ["*.acme.test"],
              "secrets": { "clientId": {}, "clientSecret": {} }, "headers": { "X-Instance": "{{captured.instance}}" },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "https://auth.acme.test/token" },
                "response": { "capture": { "csrf": "/csrf", "instance": { "at": "/instance", "secret": false } } } },
              "apply": [ { "in": "header" }, { "in": "header", "name": "X-CSRF", "value": "{{captured.csrf}}", "methods": ["POST"] } ] }
            """#)
        let identity = try desk.bind(provider, secrets: acmeSecrets)
        #expect(identity.baseURL == nil)
        let credential = try await desk.broker.credential(for: identity)
        #expect(credential.baseURL == "https://eu7.acme.test/v2")
        var get = HTTPRequest(.get, try HTTPURL(parsing: "https://eu7.acme.test/v2/x"))
        try credential.apply(to: &get)
        #expect(get.headers.map(\.name) == ["X-Instance", "Authorization"])
        var post = HTTPRequest(.post, get.url)
        try credential.apply(to: &post)
        #expect(post.headers["X-CSRF"] == "the-csrf-value")
        #expect(desk.redactor.redact("a the-csrf-value b") == "a «secret:acme.csrf» b")
    }

    @Test("Tokens are masked as soon as the answer is there", arguments: [200, 400])
    func masked(_ status: Int) async throws {
        let desk = Desk { _ in
            HTTPResponse(
                status: status,
                body: Array(#"{"access_token":"leaky-access-token","refresh_token":"leaky-refresh-token"}"#.utf8))
        }
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        _ = try? await desk.broker.credential(for: identity)
        #expect(desk.redactor.redact("leaky-access-token") == "«secret:acme.token»")
        #expect(desk.redactor.redact("leaky-refresh-token") == "«secret:acme.refreshToken»")
        #expect(desk.redactor.redact("the-client-secret") == "«secret:acme.clientSecret»")
    }
}
