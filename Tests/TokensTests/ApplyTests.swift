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

@Suite("Applying credentials")
struct ApplyTests {
    private static func applied(
        _ placements: String, to request: HTTPRequest, secrets: [String: String] = ["key": "the key&value"]
    ) async throws -> HTTPRequest {
        let desk = Desk("{}")
        let declared = secrets.keys.sorted().map { "\"\($0)\": {}" }.joined(separator: ", ")
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "tenant": {} }, "secrets": { \(declared) },
              "headers": { "Accept": "application/json", "X-Version": "2" },
              "auth": { "type": "static" }, "apply": [\(placements)] }
            """)
        let credential = try await desk.broker.credential(for: try desk.bind(provider, secrets: secrets))
        var request = request
        try credential.apply(to: &request)
        return request
    }

    private static func request(
        _ method: HTTPMethod = .get, _ more: (inout HTTPRequest) -> Void = { _ in }
    ) throws -> HTTPRequest {
        var request = HTTPRequest(method, try HTTPURL(parsing: "https://api.acme.test/x?a=b"))
        more(&request)
        return request
    }

    @Test("Fixed headers give way to the request's own")
    func fixed() async throws {
        let request = try await Self.applied(
            "", to: try Self.request { $0.headers.append(HeaderField("accept", "text/csv")) })
        #expect(request.headers.values("Accept") == ["text/csv"])
        #expect(request.headers["X-Version"] == "2")
    }

    @Test("Header, marked as sensitive, in place of one that stood there")
    func header() async throws {
        let request = try await Self.applied(
            #"{ "in": "header", "name": "X-Key", "value": "k={{secret.key}}" }"#,
            to: try Self.request { $0.headers.append(HeaderField("x-key", "old")) })
        #expect(request.headers.values("X-Key") == ["k=the key&value"])
        #expect(request.headers.filter(\.isSensitive).map(\.name) == ["X-Key"])
    }

    @Test("A date or a random value is another one in each call, also where the credential is a token")
    func volatile() async throws {
        for auth in [
            #""type": "static""#, #""type": "token", "request": { "url": "https://api.acme.test/t", "body": {} }"#,
        ] {
            let ticks = Mutex<Int64>(0)
            let transport = ScriptedTransport { _ in ok(#"{"access_token":"t","expires_in":3600}"#) }
            let functions = FunctionTable.standard(
                ValueSource(now: { ticks.withLock { $0 } }, random: { ticks.withLock { UInt64($0) } }))
            let exchange = TokenExchange(
                transport: transport, functions: functions, redactor: Redactor(), clock: FakeClock().clock)
            let broker = TokenBroker(exchange)
            let provider = try provider(
                """
                { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "key": {} }, "auth": { \(auth) },
                  "headers": { "X-Id": "{{uuid()}}" },
                  "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.key}}.{{now('epoch-ms')}}" }] }
                """)
            let identity = try Desk("{}").bind(provider, secrets: ["key": "the-key"])
            var seen: [[String?]] = []
            for _ in 0..<3 {
                var request = try Self.request()
                try await broker.credential(for: identity).apply(to: &request)
                seen.append([request.headers["X-Key"], request.headers["X-Id"]])
                ticks.withLock { $0 += 1 }
            }
            #expect(seen.map { $0[0] } == ["the-key.0", "the-key.1", "the-key.2"])
            #expect(Set(seen.map { $0[1] }).count == 3)
            #expect(transport.sent.count == (auth.contains("token") ? 1 : 0))
        }
    }

    @Test("Query, behind what is there, encoded")
    func query() async throws {
        let request = try await Self.applied(
            #"{ "in": "query", "name": "api key", "value": "{{secret.key}}" }"#, to: try Self.request())
        #expect(request.url.text == "https://api.acme.test/x?a=b&api%20key=the%20key%26value")
    }

    @Test("Cookie, in one line with the others")
    func cookie() async throws {
        let request = try await Self.applied(
            #"{ "in": "cookie", "name": "sid", "value": "{{secret.key}}" }"#,
            to: try Self.request { $0.headers.append(HeaderField("Cookie", "a=b")) }, secrets: ["key": "abcdef"])
        #expect(
            request.headers.fields.filter { $0.name == "Cookie" } == [
                HeaderField("Cookie", "a=b; sid=abcdef", isSensitive: true)
            ])
    }

    @Test("Path, before the request's own, each segment encoded")
    func path() async throws {
        let request = try await Self.applied(
            #"{ "in": "path", "value": "/bot{{secret.key}}" }"#, to: try Self.request(), secrets: ["key": "12:a?b"])
        #expect(request.url.text == "https://api.acme.test/bot12%3Aa%3Fb/x?a=b")
    }

    @Test("Basic, as RFC 7617 has it")
    func basic() async throws {
        let request = try await Self.applied(
            #"{ "in": "basic", "username": "{{secret.user}}", "password": "{{secret.password}}" }"#,
            to: try Self.request(), secrets: ["user": "Aladdin", "password": "open sesame"])
        #expect(request.headers["Authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    }

    @Test("A user name with a colon cannot be sent by Basic")
    func colon() async throws {
        await #expect(throws: CredentialError.self) {
            _ = try await Self.applied(
                #"{ "in": "basic", "username": "{{secret.user}}", "password": "x" }"#, to: try Self.request(),
                secrets: ["user": "a:b"])
        }
    }

    static let bodies: [(String, String, String?)] = [
        ("application/json", #"{"a":1}"#, #"{"a":1,"key":"the key&value"}"#),
        ("application/vnd.x+json; charset=utf-8", #"{"key":"old"}"#, #"{"key":"the key&value"}"#),
        ("application/x-www-form-urlencoded", "a=b", "a=b&key=the+key%26value"),
        ("application/x-www-form-urlencoded", "", "key=the+key%26value"), ("", "", #"{"key":"the key&value"}"#),
        ("application/json", "[1]", nil), ("text/plain", "x", nil),
    ]

    @Test("Body, a member of the object or the form", arguments: bodies)
    func body(_ type: String, _ body: String, _ result: String?) async throws {
        let request = try Self.request(.post) { request in
            if !type.isEmpty { request.headers.append(HeaderField("Content-Type", type)) }
            if !body.isEmpty { request.body = .bytes(Array(body.utf8)) }
        }
        let placement = #"{ "in": "body", "name": "key", "value": "{{secret.key}}" }"#
        guard let result else {
            await #expect(throws: CredentialError.self) { _ = try await Self.applied(placement, to: request) }
            return
        }
        let applied = try await Self.applied(placement, to: request)
        #expect(applied.bodyText == result)
        #expect(applied.bodyIsSensitive)
    }

    @Test("methods and when limit a placement")
    func limits() async throws {
        let placements = #"""
            { "in": "header", "name": "X-CSRF", "value": "{{secret.key}}", "methods": ["POST"] },
            { "in": "header", "name": "X-Tenant", "value": "{{tenant}}", "when": "tenant" }
            """#
        #expect(try await Self.applied(placements, to: try Self.request()).headers.contains(name: "X-CSRF") == false)
        let post = try await Self.applied(placements, to: try Self.request(.post))
        #expect(post.headers.contains(name: "X-CSRF"))
        #expect(!post.headers.contains(name: "X-Tenant"))
    }

    @Test("A line break in a secret never becomes a header of its own")
    func injection() async throws {
        await #expect(throws: CredentialError.self) {
            _ = try await Self.applied(
                #"{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }"#, to: try Self.request(),
                secrets: ["key": "value\r\nX-Admin: 1"])
        }
    }

    static let destinations: [(String, String?)] = [
        ("https://api.zarv.com/v1/x", nil), ("https://services.zarv.com/", nil), ("https://api.zarv.com:443/", nil),
        ("https://API.ZARV.COM./", nil),
        (
            "https://evil.test/",
            "the credential of 'zarv' is not sent to evil.test; it is only for api.zarv.com, services.zarv.com"
        ),
        (
            "https://api.zarv.com.evil.test/",
            "the credential of 'zarv' is not sent to api.zarv.com.evil.test; it is only for api.zarv.com, services.zarv.com"
        ),
        (
            "https://evilapi.zarv.com/",
            "the credential of 'zarv' is not sent to evilapi.zarv.com; it is only for api.zarv.com, services.zarv.com"
        ),
        (
            "https://api.zarv.com:8443/",
            "the credential of 'zarv' is not sent to api.zarv.com:8443; it is only for api.zarv.com, services.zarv.com"
        ),
        (
            "http://api.zarv.com/",
            "the credential of 'zarv' is not sent to http://api.zarv.com without TLS; use https://"
        ),
    ]

    @Test("The credential goes to its hosts and nowhere else", arguments: destinations)
    func hosts(_ url: String, _ message: String?) async throws {
        let desk = Desk(#"{"accessToken":"the-token"}"#)
        let identity = try desk.bind(
            try builtIn("zarv"), secrets: ["username": "your.email@zarv.com", "password": "your_password"])
        let credential = try await desk.broker.credential(for: identity)
        let original = HTTPRequest(.get, try HTTPURL(parsing: url))
        var request = original
        do throws(CredentialError) {
            try credential.apply(to: &request)
            #expect(message == nil)
            #expect(request.headers["Authorization"] == "Bearer the-token")
        } catch {
            #expect(error.kind == .hostNotAllowed)
            #expect(error.message == message)
            #expect(request == original)
        }
    }

    @Test("What a placement sends is masked only where it is a secret")
    func openPlacement() async throws {
        let desk = Desk("{}")
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "tenant": {} }, "secrets": { "key": {} },
              "auth": { "type": "static" }, "apply": [
                { "in": "header", "name": "X-Tenant", "value": "{{tenant}}" },
                { "in": "header", "name": "X-Key", "value": "{{base64(secret.key)}}" } ] }
            """#)
        let identity = try desk.bind(provider, vars: ["tenant": "tenant-north"], secrets: ["key": "the-secret-key"])
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.redactor.redact("tenant-north") == "tenant-north")
        #expect(!desk.redactor.redact("dGhlLXNlY3JldC1rZXk=").contains("dGhl"))
    }

    @Test("Without a credential a request may go anywhere")
    func none() async throws {
        let desk = Desk("{}")
        let provider = try provider(#"{ "id": "acme", "headers": { "X-V": "1" }, "auth": { "type": "none" } }"#)
        let credential = try await desk.broker.credential(for: try desk.bind(provider))
        var request = try Self.request()
        try credential.apply(to: &request)
        #expect(request.headers["X-V"] == "1")
    }

    @Test("A loopback service is reached by its port, also without TLS")
    func loopback() async throws {
        let desk = Desk("{}")
        let identity = try desk.bind(
            try builtIn("bearer"), vars: ["apiURL": "http://127.0.0.1:8080/api"], secrets: ["token": "static-token"])
        #expect(identity.hosts.phrase == "127.0.0.1:8080")
        let credential = try await desk.broker.credential(for: identity)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "http://127.0.0.1:8080/x"))
        try credential.apply(to: &request)
        var other = HTTPRequest(.get, try HTTPURL(parsing: "http://127.0.0.1:8081/x"))
        #expect(throws: CredentialError.self) { try credential.apply(to: &other) }
    }
}
