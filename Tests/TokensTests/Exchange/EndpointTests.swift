import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("Revocation and introspection")
struct EndpointTests {
    private static let more =
        #""revoke": { "url": "https://auth.acme.test/revoke", "params": { "reason": "test" }, "headers": { "X-A": "b" } }, "#
        + #""introspect": { "url": "https://auth.acme.test/introspect", "asExpiry": true }"#

    private static func desk(_ answers: [String: HTTPResponse]) -> Desk {
        Desk { request in answers[request.url.path] ?? ok(#"{"access_token":"the-access-token"}"#) }
    }

    @Test("Where the token answer states no expiry, introspection does")
    func asExpiry() async throws {
        let desk = Self.desk(["/introspect": ok(#"{"active":true,"exp":\#(FakeClock.start / 1000 + 100)}"#)])
        let identity = try desk.bind(try acme(Self.more), secrets: acmeSecrets)
        let token = try #require(try await desk.broker.credential(for: identity).token)
        #expect(token.lifetime.source == .introspection)
        #expect(token.expiresAt == FakeClock.start + 100_000)
        #expect(desk.transport.requests.map(\.url.path) == ["/token", "/introspect"])
        desk.clock.advance(.seconds(91))
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.transport.requests.count == 4)
    }

    @Test("A stated expiry asks nobody")
    func stated() async throws {
        let desk = Self.desk(["/token": ok(bearerAnswer)])
        _ = try await desk.broker.credential(for: try desk.bind(try acme(Self.more), secrets: acmeSecrets))
        #expect(desk.transport.requests.map(\.url.path) == ["/token"])
    }

    static let answers: [(HTTPResponse, String)] = [
        (ok(#"{"active":false}"#), "the new token of 'acme' is not active (introspection)"),
        (
            ok(#"{"active":true,"exp":1}"#),
            "the new token of 'acme' has already expired (introspection); is this machine's clock right?"
        ),
        (ok("{}"), "auth.acme.test did not describe the token of 'acme': status 200 without 'active'"),
        (HTTPResponse(status: 403), "auth.acme.test did not describe the token of 'acme': status 403"),
    ]

    @Test("Answers that do not help", arguments: answers)
    func refused(_ answer: HTTPResponse, _ message: String) async throws {
        let desk = Self.desk(["/introspect": answer])
        let error = try await desk.refusal(try desk.bind(try acme(Self.more), secrets: acmeSecrets))
        #expect(error.message == message)
    }

    @Test("A token is given back with the client's authentication; a refusal is an error")
    func revoke() async throws {
        let desk = Self.desk([
            "/revoke": HTTPResponse(status: 400, body: Array(#"{"error":"unsupported_token_type"}"#.utf8))
        ])
        let identity = try desk.bind(try acme(Self.more), secrets: acmeSecrets)
        let error = await #expect(throws: CredentialError.self) {
            try await desk.exchange.revoke(Secret("the-refresh-token", label: "t"), hint: "refresh_token", of: identity)
        }
        #expect(
            error?.message == "auth.acme.test did not revoke the token of 'acme': status 400, unsupported_token_type")
        let request = try #require(desk.transport.requests.first)
        #expect(
            form(request) == [
                "token": "the-refresh-token", "token_type_hint": "refresh_token", "client_id": "the-client-id",
                "client_secret": "the-client-secret", "reason": "test",
            ])
        #expect(request.headers["X-A"] == "b")
    }

    @Test("A provider without them says so")
    func none() async throws {
        let desk = Desk(bearerAnswer)
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        let revoke = await #expect(throws: CredentialError.self) {
            try await desk.exchange.revoke(Secret("t", label: "t"), of: identity)
        }
        #expect(revoke?.message == "the provider 'acme' has no 'revoke'")
        let introspect = await #expect(throws: CredentialError.self) {
            try await desk.exchange.introspect(Secret("t", label: "t"), of: identity)
        }
        #expect(introspect?.message == "the provider 'acme' has no 'introspect'")
    }
}
