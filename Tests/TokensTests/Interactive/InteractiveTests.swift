import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import TestSupport
import Testing

@testable import Tokens

/// A person and a browser: comes back with whatever a test makes of the URL that was opened.
final class FakePerson: Sendable {
    private let state = Mutex(State())
    private let redirect: @Sendable ([String: String]) -> String?

    private struct State {
        var opened: [HTTPURL] = []
        var shown: [String] = []
        var finished: [String] = []
    }

    /// - Parameter redirect: path and query from the parameters of the authorization URL; nil: never comes back.
    init(_ redirect: @escaping @Sendable ([String: String]) -> String?) { self.redirect = redirect }

    var opened: [HTTPURL] { state.withLock { $0.opened } }
    var shown: [String] { state.withLock { $0.shown } }
    var finished: [String] { state.withLock { $0.finished } }

    static func parameters(_ url: HTTPURL) -> [String: String] {
        Dictionary(url.parameters.map { ($0.name, $0.value) }) { _, last in last }
    }

    var desk: PersonDesk {
        PersonDesk(
            open: { url in self.state.withLock { $0.opened.append(url) } },
            show: { text in self.state.withLock { $0.shown.append(text) } },
            listen: { _ in Listener(person: self) })
    }

    private struct Listener: RedirectListener {
        let person: FakePerson
        let port = 50123

        func next(path: String, within patience: Duration) async throws(PersonDesk.ListenError) -> String? {
            guard let url = person.opened.last else { return nil }
            return person.redirect(FakePerson.parameters(url))
        }

        func finish(_ message: String) async { person.state.withLock { $0.finished.append(message) } }
    }
}

@Suite("Authorization code")
struct BrowserLoginTests {
    private static func provider(
        _ interactive: String = "", _ secrets: String = #""clientId": { "sensitive": false }"#
    ) throws -> Provider {
        try TokensTests.provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { \(secrets) },
              "auth": { "type": "token", "grant": "authorization_code", "request": { "url": "https://auth.acme.test/token" },
                "clientAuth": { "method": "none" },
                "interactive": { "authorizeURL": "https://auth.acme.test/authorize?tenant=t"\(interactive) } } }
            """)
    }

    private static let answer =
        #"{"access_token":"the-access-token","expires_in":600,"refresh_token":"the-refresh-token"}"#

    @Test("RFC 7636 appendix B")
    func pkce() {
        let proof = PKCEProof(.s256, verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        #expect(proof.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test("The browser is sent out with state and challenge, and the code comes in for the token")
    func login() async throws {
        let person = FakePerson { "/callback?code=the-code%2B1&state=\($0["state"] ?? "")" }
        let desk = Desk(person: person.desk) { _ in ok(Self.answer) }
        let provider = try Self.provider(#", "params": { "prompt": "consent", "none": null }"#)
        let identity = try desk.bind(provider, scope: ["a", "b"], secrets: ["clientId": "the-client"])
        let token = try #require(try await desk.broker.credential(for: identity).token)
        #expect(token.hasRefreshToken)

        let url = try #require(person.opened.first)
        let sent = FakePerson.parameters(url)
        #expect(url.path == "/authorize" && url.query?.hasPrefix("tenant=t&response_type=code&") == true)
        #expect(sent["client_id"] == "the-client")
        #expect(sent["redirect_uri"] == "http://127.0.0.1:50123/callback")
        #expect(sent["scope"] == "a b")
        #expect(sent["prompt"] == "consent" && sent["none"] == nil)
        #expect(sent["code_challenge_method"] == "S256")
        let members = form(try #require(desk.transport.requests.first))
        #expect(members["grant_type"] == "authorization_code")
        #expect(members["code"] == "the-code+1")
        #expect(members["client_id"] == "the-client")
        #expect(members["redirect_uri"] == "http://127.0.0.1:50123/callback")
        let verifier = try #require(members["code_verifier"])
        #expect(verifier.utf8.count >= 43)
        #expect(PKCEProof(.s256, verifier: verifier).challenge == sent["code_challenge"])
        #expect(person.finished == ["Signed in. You can close this window and go back to the terminal."])
        #expect(person.shown == ["Open this URL to let 'acme' in:\n\(url.text)"])
    }

    @Test("The token is renewed without a person")
    func refresh() async throws {
        let person = FakePerson { "/callback?code=c&state=\($0["state"] ?? "")" }
        let desk = Desk(person: person.desk) { _ in ok(Self.answer) }
        let identity = try desk.bind(try Self.provider(), secrets: ["clientId": "the-client"])
        _ = try await desk.broker.credential(for: identity)
        desk.clock.advance(.seconds(600))
        _ = try await desk.broker.credential(for: identity)
        #expect(person.opened.count == 1)
        #expect(
            form(try #require(desk.transport.requests.last)) == [
                "grant_type": "refresh_token", "refresh_token": "the-refresh-token", "client_id": "the-client",
            ])
    }

    @Test("PKCE can be plain or off")
    func otherPKCE() async throws {
        for (word, method) in [("plain", "plain"), ("off", nil)] {
            let person = FakePerson { "/cb?code=c&state=\($0["state"] ?? "")" }
            let desk = Desk(person: person.desk) { _ in ok(Self.answer) }
            let provider = try Self.provider(
                #", "pkce": "\#(word)", "redirect": { "port": 8400, "path": "/cb" }, "iss": false"#)
            _ = try await desk.broker.credential(for: try desk.bind(provider, secrets: ["clientId": "the-client"]))
            let sent = FakePerson.parameters(try #require(person.opened.first))
            #expect(sent["code_challenge_method"] == method)
            let verifier = form(try #require(desk.transport.requests.first))["code_verifier"]
            #expect(verifier == sent["code_challenge"])
        }
    }

    static let redirects: [(String, String)] = [
        ("/callback?code=c&state=other", "the redirect bears another 'state' than was sent; it is not trusted"),
        ("/callback?code=c", "the redirect bears another 'state' than was sent; it is not trusted"),
        (
            "/callback?code=c&state=STATE&state=STATE",
            "the redirect bears another 'state' than was sent; it is not trusted"
        ),
        (
            "/callback?error=access_denied&error_description=no%0Away&state=STATE&iss=https://auth.acme.test",
            "the sign-in ended with access_denied (no way)"
        ),
        ("/callback?state=STATE&iss=https://auth.acme.test", "the redirect holds no 'code'"),
        ("/callback?code=c&state=STATE", "the redirect does not say who issued it ('iss', RFC 9207)"),
        (
            "/callback?code=c&state=STATE&iss=https%3A%2F%2Fevil.test",
            "the redirect comes from the issuer 'https://evil.test', not 'https://auth.acme.test'"
        ),
    ]

    @Test("A redirect that is not the answer to us gets no token", arguments: redirects)
    func refused(_ target: String, _ message: String) async throws {
        let person = FakePerson { target.replacing("STATE", with: $0["state"] ?? "") }
        let desk = Desk(person: person.desk) { _ in
            ok(
                #"{"issuer":"https://auth.acme.test","authorization_endpoint":"https://auth.acme.test/a","#
                    + #""token_endpoint":"https://auth.acme.test/token","#
                    + #""authorization_response_iss_parameter_supported":true}"#)
        }
        let provider = try TokensTests.provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": { "sensitive": false } },
              "auth": { "type": "token", "grant": "authorization_code", "clientAuth": { "method": "none" },
                "discovery": { "issuer": "https://auth.acme.test" } } }
            """#)
        let error = try await desk.refusal(try desk.bind(provider, secrets: ["clientId": "the-client"]))
        #expect(error.message == message)
        #expect(desk.transport.requests.allSatisfy { $0.method == .get })
        #expect(person.finished == ["The sign-in failed. The terminal says why; you can close this window."])
    }

    @Test("A secret in the URL for the browser is not shown to anybody")
    func secretInURL() async throws {
        let person = FakePerson { _ in nil }
        let desk = Desk(person: person.desk) { _ in ok(Self.answer) }
        let identity = try desk.bind(
            try Self.provider("", #""clientId": {}"#), secrets: ["clientId": "the-client-secret"])
        #expect(
            try await desk.refusal(identity).message
                == "the URL for the browser would show a secret of 'acme'; the id of a client is none: "
                + "say \"sensitive\": false in the provider")
        #expect(person.shown.isEmpty && person.opened.isEmpty)
    }

    @Test("Two identities ask one after the other, and whoever did not agree is not asked again")
    func oneAtATime() async throws {
        let open = Mutex(0)
        var listening = FakePerson { _ in nil }.desk
        listening.listen = { _ in
            let others = open.withLock { count in
                count += 1
                return count - 1
            }
            #expect(others == 0)
            return Absent { open.withLock { $0 -= 1 } }
        }
        let desk = Desk(person: listening) { _ in ok(Self.answer) }
        let identities = try ["one", "two", "three"].map {
            try desk.bind(try Self.provider(), $0, secrets: ["clientId": "the-client"])
        }
        await withTaskGroup(of: Void.self) { group in
            for identity in identities {
                group.addTask { _ = try? await desk.broker.credential(for: identity) }
            }
        }
        desk.clock.advance(.seconds(3600))
        let again = try await desk.refusal(identities[0])
        #expect(again.kind == .person && again.message == "the browser did not come back in time")
        #expect(desk.transport.sent.isEmpty && open.withLock { $0 } == 0)
    }

    @Test("Whoever gives up waiting for a turn leaves the queue, and the next one gets it")
    func turn() async {
        let turn = PersonTurn()
        #expect(await turn.begin())
        let gone = Task { await turn.begin() }
        gone.cancel()
        #expect(await gone.value == false)
        let next = Task { await turn.begin() }
        await turn.end()
        #expect(await next.value)
        await turn.end()
        #expect(await turn.begin())
    }

    /// Waits a little, as for a browser, and is told when that is over.
    private struct Absent: RedirectListener {
        let port = 50123
        let end: @Sendable () -> Void

        init(_ end: @escaping @Sendable () -> Void) { self.end = end }

        func next(path: String, within patience: Duration) async throws(PersonDesk.ListenError) -> String? {
            for _ in 0..<100 { await Task.yield() }
            return nil
        }

        func finish(_ message: String) async { end() }
    }

    @Test("Nobody comes back, nothing listens, nobody is there")
    func nobody() async throws {
        let secrets = ["clientId": "the-client"]
        let away = Desk(person: FakePerson { _ in nil }.desk) { _ in ok(Self.answer) }
        #expect(
            try await away.refusal(try away.bind(try Self.provider(), secrets: secrets)).message
                == "the browser did not come back in time")

        var deaf = FakePerson { _ in nil }.desk
        deaf.listen = { _ throws(PersonDesk.ListenError) in throw PersonDesk.ListenError("the port is taken") }
        let taken = Desk(person: deaf) { _ in ok(Self.answer) }
        #expect(
            try await taken.refusal(try taken.bind(try Self.provider(), secrets: secrets)).message
                == "cannot listen for the browser on 127.0.0.1: the port is taken")

        let alone = Desk(Self.answer)
        #expect(
            try await alone.refusal(try alone.bind(try Self.provider(), secrets: secrets)).message
                == "'acme' needs a person who agrees (grant authorization_code), and none can be asked here")
        #expect(alone.transport.sent.isEmpty)
    }
}

@Suite("Device code")
struct DeviceLoginTests {
    private static let ticket =
        #"{"device_code":"the-device-code","user_code":"WDJB-MJHT","verification_uri":"https://auth.acme.test/device","#
        + #""verification_uri_complete":"https://auth.acme.test/device?user_code=WDJB-MJHT","expires_in":60,"interval":5}"#

    private static func provider() throws -> Provider {
        try TokensTests.provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {} },
              "auth": { "type": "token", "grant": "device_code", "request": { "url": "https://auth.acme.test/token" },
                "clientAuth": { "method": "none" }, "interactive": { "deviceURL": "https://auth.acme.test/device_authorization" } } }
            """#)
    }

    private static func wait(_ error: String) -> HTTPResponse {
        HTTPResponse(status: 400, body: Array(#"{"error":"\#(error)"}"#.utf8))
    }

    private static func desk(_ person: FakePerson, _ answers: [HTTPResponse]) -> Desk {
        let all = Answers([ok(ticket)] + answers)
        return Desk(person: person.desk) { _ in all.next() }
    }

    @Test("A code is shown, and the token is asked for until somebody has entered it")
    func login() async throws {
        let person = FakePerson { _ in nil }
        let desk = Self.desk(person, [Self.wait("authorization_pending"), Self.wait("slow_down"), ok(bearerAnswer)])
        let identity = try desk.bind(try Self.provider(), scope: ["a"], secrets: ["clientId": "the-client"])
        #expect(try await desk.broker.credential(for: identity).token?.value.reveal() == "the-access-token")
        #expect(
            person.shown == ["Open https://auth.acme.test/device and enter the code WDJB-MJHT to let 'acme' in."])
        #expect(person.opened.map(\.text) == ["https://auth.acme.test/device?user_code=WDJB-MJHT"])
        #expect(desk.clock.naps == [.seconds(5), .seconds(5), .seconds(10)])
        let requests = desk.transport.requests
        #expect(form(requests[0]) == ["client_id": "the-client", "scope": "a"])
        #expect(
            form(requests[1]) == [
                "grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": "the-device-code",
                "client_id": "the-client", "scope": "a",
            ])
        #expect(desk.redactor.finds(in: Array("the-device-code".utf8)))
    }

    static let ends: [([HTTPResponse], String)] = [
        ([wait("access_denied")], "the sign-in ended with access_denied"),
        ([wait("authorization_pending"), wait("expired_token")], "nobody entered the code WDJB-MJHT in time"),
        ([wait("invalid_client")], "auth.acme.test refused a token to 'acme': status 400, invalid_client"),
        ([wait("authorization_pending")], "nobody entered the code WDJB-MJHT in time"),
    ]

    @Test("A refusal, and a code that nobody enters", arguments: ends)
    func fails(_ answers: [HTTPResponse], _ message: String) async throws {
        let desk = Self.desk(FakePerson { _ in nil }, answers)
        let identity = try desk.bind(try Self.provider(), secrets: ["clientId": "the-client"])
        #expect(try await desk.refusal(identity).message == message)
    }

    @Test("Polls without an answer are repeated less often, and not for ever")
    func unanswered() async throws {
        let rest = Mutex(["ticket", "gone", "gone", "token"])
        let desk = Desk(person: FakePerson { _ in nil }.desk) { (_) throws(TransportError) in
            switch rest.withLock({ $0.isEmpty ? "gone" : $0.removeFirst() }) {
            case "ticket": return ok(Self.ticket.replacing(#""expires_in":60"#, with: #""expires_in":600"#))
            case "token": return ok(bearerAnswer)
            default: throw TransportError(.timeout, "nothing came")
            }
        }
        let identity = try desk.bind(try Self.provider(), secrets: ["clientId": "the-client"])
        #expect(try await desk.broker.credential(for: identity).token?.value.reveal() == "the-access-token")
        #expect(desk.clock.naps == [.seconds(5), .seconds(10), .seconds(20)])
        rest.withLock { $0 = ["ticket"] }
        await desk.broker.forget(identity)
        #expect(try await desk.refusal(identity).kind == .transport)
        #expect(desk.clock.naps.dropFirst(3) == [.seconds(5), .seconds(10), .seconds(20), .seconds(40)])
    }

    @Test("An answer without a code")
    func noTicket() async throws {
        let desk = Desk(person: FakePerson { _ in nil }.desk) { _ in ok(#"{"device_code":"d"}"#) }
        let identity = try desk.bind(try Self.provider(), secrets: ["clientId": "the-client"])
        #expect(
            try await desk.refusal(identity).message
                == "the answer of auth.acme.test lacks device_code, user_code or a verification_uri")
    }
}
