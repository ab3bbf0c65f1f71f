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

/// A token service with refresh tokens, after Zarv's page: login and `…/refresh`.
final class RefreshDesk: Sendable {
    enum Design: Sendable {
        /// The same refresh token comes back.
        case echo
        /// A new one comes, the old one lives on.
        case sliding
        /// A new one comes, the old one is dead.
        case single
        /// None comes back; the one from the login stays good.
        case silent
    }

    private struct State {
        var issued = 0
        var good: Set<String> = []
        var log: [String] = []
        var failRefresh = false
        var loseAnswers = 0
    }

    private let state = Mutex(State())
    private let design: Design

    init(_ design: Design) { self.design = design }

    var log: [String] { state.withLock { $0.log } }
    func forgetRefreshTokens() { state.withLock { $0.good = [] } }
    func refuse(_ token: String) { state.withLock { _ = $0.good.remove(token) } }
    func breakRefresh() { state.withLock { $0.failRefresh = true } }
    /// The next answers get lost, though the service has done its part.
    func loseAnswers(_ count: Int) { state.withLock { $0.loseAnswers = count } }

    func answer(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        let (response, isLost) = state.withLock { state in
            let response = request.url.path.hasSuffix("/refresh") ? refresh(request, &state) : login(&state)
            let isLost = state.loseAnswers > 0
            state.loseAnswers = max(0, state.loseAnswers - 1)
            return (response, isLost)
        }
        if isLost { throw TransportError(.receive, "the connection was reset") }
        return response
    }

    private func login(_ state: inout State) -> HTTPResponse {
        state.log.append("login")
        return pair(&state, refresh: nil)
    }

    private func refresh(_ request: HTTPRequest, _ state: inout State) -> HTTPResponse {
        let token = (try? JSONDocument.parse(request.bodyText))?.root["refreshToken"]?.string ?? "none"
        state.log.append("refresh \(token)")
        if state.failRefresh { return HTTPResponse(status: 500) }
        guard state.good.contains(token) else { return HTTPResponse(status: 401) }
        return pair(&state, refresh: token)
    }

    private func pair(_ state: inout State, refresh old: String?) -> HTTPResponse {
        state.issued += 1
        var refresh: String? = "refresh-\(state.issued)"
        if let old {
            switch design {
            case .echo: refresh = old
            case .sliding: break
            case .single: state.good.remove(old)
            case .silent: refresh = nil
            }
        }
        if let refresh { state.good.insert(refresh) }
        let member = refresh.map { #","refreshToken":"\#($0)","refreshExpiresIn":1800"# } ?? ""
        return ok(#"{"accessToken":"access-\#(state.issued)","token_type":"Bearer","expires_in":360\#(member)}"#)
    }
}

@Suite("Renewing tokens")
struct RefreshTests {
    private static func start(
        _ design: RefreshDesk.Design, _ change: (String) -> String = { $0 }
    ) throws -> (
        RefreshDesk, Desk, BoundIdentity
    ) {
        let service = RefreshDesk(design)
        let desk = Desk { (request) throws(TransportError) in try service.answer(request) }
        let file = try #require(BuiltInProviders.source(named: "zarv"))
        let provider = try provider(change(String(decoding: file.bytes, as: UTF8.self)))
        let secrets = ["username": "your.email@zarv.com", "password": "your_password"]
        return (service, desk, try desk.bind(provider, secrets: secrets))
    }

    private static func token(_ desk: Desk, _ identity: BoundIdentity) async throws -> String? {
        try await desk.broker.credential(for: identity).token?.value.reveal()
    }

    @Test("The renewal is the documented request")
    func wire() async throws {
        let (_, desk, identity) = try Self.start(.sliding)
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(360))
        _ = try await Self.token(desk, identity)
        let request = try #require(desk.transport.requests.last)
        #expect(request.method == .post)
        #expect(request.url.text == "https://services.zarv.com/api/v1/authentication/refresh")
        #expect(request.headers.values("Content-Type") == ["application/json"])
        #expect(request.bodyText == #"{"refreshToken":"refresh-1"}"#)
        #expect(request.bodyIsSensitive)
    }

    @Test("The refresh token may stand in a header, and the body holds nothing then")
    func header() async throws {
        let desk = Desk(#"{"access":"access-1","refresh":"refresh-1","expires_in":60}"#)
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "user": {}, "password": {} },
              "auth": { "type": "token",
                "request": { "url": "https://api.acme.test/login", "body": { "user": "{{secret.user}}", "password": "{{secret.password}}" } },
                "response": { "token": "/access", "refreshToken": "/refresh", "expiry": { "at": "/expires_in", "unit": "s" } },
                "refresh": { "request": { "url": "https://api.acme.test/refresh",
                  "headers": { "Authorization": "Bearer {{token.refresh}}" } } } } }
            """#)
        let identity = try desk.bind(provider, secrets: ["user": "ada-at-acme", "password": "a-long-password"])
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(60))
        _ = try await Self.token(desk, identity)
        let request = try #require(desk.transport.requests.last)
        #expect(request.url.path == "/refresh")
        #expect(request.headers["Authorization"] == "Bearer refresh-1")
        #expect(request.headers.first { $0.name == "Authorization" }?.isSensitive == true)
        #expect(request.bodyText == "{}")
    }

    static let designs: [(RefreshDesk.Design, [String])] = [
        (.echo, ["login", "refresh refresh-1", "refresh refresh-1", "refresh refresh-1"]),
        (.sliding, ["login", "refresh refresh-1", "refresh refresh-2", "refresh refresh-3"]),
        (.single, ["login", "refresh refresh-1", "refresh refresh-2", "refresh refresh-3"]),
        (.silent, ["login", "refresh refresh-1", "refresh refresh-1", "refresh refresh-1"]),
    ]

    @Test("Under every design of rotation one login is enough", arguments: designs)
    func rotation(_ design: RefreshDesk.Design, _ log: [String]) async throws {
        let (service, desk, identity) = try Self.start(design)
        for number in 1...4 {
            #expect(try await Self.token(desk, identity) == "access-\(number)")
            desk.clock.advance(.seconds(360))
        }
        #expect(service.log == log)
        let statistics = await desk.broker.statistics
        #expect(statistics.map(\.logins) == [1])
        #expect(statistics.map(\.refreshes) == [3])
    }

    @Test("Where the newest refresh token fails, the one that worked last is tried, then the password")
    func fallback() async throws {
        let (service, desk, identity) = try Self.start(.sliding)
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(360))
        _ = try await Self.token(desk, identity)
        service.refuse("refresh-2")
        desk.clock.advance(.seconds(360))
        #expect(try await Self.token(desk, identity) == "access-3")
        service.forgetRefreshTokens()
        desk.clock.advance(.seconds(360))
        #expect(try await Self.token(desk, identity) == "access-4")
        #expect(
            service.log == [
                "login", "refresh refresh-1", "refresh refresh-2", "refresh refresh-1", "refresh refresh-3",
                "refresh refresh-1", "login",
            ])
    }

    @Test("A refresh token for single use is never sent twice after it worked")
    func single() async throws {
        let (service, desk, identity) = try Self.start(.single) { $0.replacing(#""multiple""#, with: #""single""#) }
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(360))
        _ = try await Self.token(desk, identity)
        service.forgetRefreshTokens()
        desk.clock.advance(.seconds(360))
        _ = try await Self.token(desk, identity)
        #expect(service.log == ["login", "refresh refresh-1", "refresh refresh-2", "login"])
    }

    @Test("A lost answer costs no session: the same refresh token again while the service is lenient, else a login")
    func lostAnswer() async throws {
        for (design, log) in [
            (RefreshDesk.Design.sliding, ["login", "refresh refresh-1", "refresh refresh-1"]),
            (.single, ["login", "refresh refresh-1", "refresh refresh-1", "login"]),
        ] {
            let (service, desk, identity) = try Self.start(design)
            _ = try await Self.token(desk, identity)
            desk.clock.advance(.seconds(360))
            service.loseAnswers(1)
            #expect(try await desk.refusal(identity).kind == .transport)
            desk.clock.advance(.seconds(30))
            #expect(try await Self.token(desk, identity) != nil)
            #expect(service.log == log)
        }
    }

    @Test("A refresh token that has expired by its own lifetime is not tried")
    func expired() async throws {
        let (service, desk, identity) = try Self.start(.sliding)
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(1800))
        _ = try await Self.token(desk, identity)
        #expect(service.log == ["login", "login"])
    }

    @Test("A renewal that fails for another reason is an error, not a login")
    func outage() async throws {
        let (service, desk, identity) = try Self.start(.sliding)
        _ = try await Self.token(desk, identity)
        desk.clock.advance(.seconds(360))
        service.breakRefresh()
        let error = try await desk.refusal(identity)
        #expect(error.message == "services.zarv.com refused to renew the token of 'zarv': status 500")
        #expect(service.log == ["login", "refresh refresh-1"])
    }

    @Test("onInvalid fail ends there")
    func fail() async throws {
        let (service, desk, identity) = try Self.start(.sliding) { $0.replacing(#""reacquire""#, with: #""fail""#) }
        _ = try await Self.token(desk, identity)
        service.forgetRefreshTokens()
        desk.clock.advance(.seconds(360))
        #expect(try await desk.refusal(identity).status == 401)
        #expect(service.log == ["login", "refresh refresh-1"])
    }

    @Test("A refused call renews with the refresh token, without the password")
    func invalidated() async throws {
        let (service, desk, identity) = try Self.start(.sliding)
        let token = try #require(try await desk.broker.credential(for: identity).token)
        await desk.broker.invalidate(token.value, of: identity)
        #expect(try await Self.token(desk, identity) == "access-2")
        #expect(service.log == ["login", "refresh refresh-1"])
    }

    @Test("Without a refresh block a refresh token in the answer is not used")
    func reacquire() async throws {
        let desk = Desk(#"{"access_token":"the-token","refresh_token":"the-refresh","expires_in":360}"#)
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        _ = try await desk.broker.credential(for: identity)
        desk.clock.advance(.seconds(360))
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.transport.requests.map(\.bodyText).allSatisfy { $0.contains("client_credentials") })
    }

    @Test("The OAuth renewal sends grant, refresh token and client to the token URL")
    func oauth() async throws {
        let desk = Desk(#"{"access_token":"the-token","refresh_token":"the-refresh","expires_in":360}"#)
        let identity = try desk.bind(try acme(#""refresh": {}"#), secrets: acmeSecrets)
        _ = try await desk.broker.credential(for: identity)
        desk.clock.advance(.seconds(360))
        _ = try await desk.broker.credential(for: identity)
        let request = try #require(desk.transport.requests.last)
        #expect(request.url.text == "https://auth.acme.test/token")
        #expect(
            request.bodyText
                == "grant_type=refresh_token&client_id=the-client-id&client_secret=the-client-secret&refresh_token=the-refresh"
        )
    }

    // MARK: With the token itself

    private static let exchanged = #"{"access_token":"token-two","expires_in":3600}"#

    /// Gets a token that lives for an hour, and another one in the margin before its end.
    private static func renewed(_ provider: Provider, secrets: [String: String]) async throws -> (Desk, HTTPRequest) {
        let answers = Answers([ok(#"{"access_token":"token-one","expires_in":3600}"#), ok(exchanged)])
        let desk = Desk { _ in answers.next() }
        let identity = try desk.bind(provider, secrets: secrets)
        #expect(try await token(desk, identity) == "token-one")
        desk.clock.advance(.seconds(3590))
        #expect(try await token(desk, identity) == "token-two")
        #expect(await desk.broker.statistics.map(\.refreshes) == [1])
        return (desk, try #require(desk.transport.requests.last))
    }

    @Test("exchange: RFC 8693 with the token itself as the subject, at the token URL")
    func exchange() async throws {
        let (_, request) = try await Self.renewed(
            try acme(#""refresh": { "mode": "exchange" }"#), secrets: acmeSecrets)
        #expect(request.url.text == "https://auth.acme.test/token")
        #expect(
            request.bodyText
                == "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token"
                + "&client_id=the-client-id&client_secret=the-client-secret&subject_token=token-one")
        #expect(request.bodyIsSensitive)
    }

    @Test("exchange: a request of the vendor's own, with the token in the query or in a header")
    func ownExchange() async throws {
        let (_, query) = try await Self.renewed(
            try provider(
                """
                { "id": "graph", "baseURL": "https://graph.test", "secrets": { "code": {} },
                  "auth": { "type": "token", "request": { "url": "https://graph.test/token", "body": { "code": "{{secret.code}}" } },
                    "refresh": { "mode": "exchange", "request": { "method": "GET", "url": "https://graph.test/refresh",
                      "format": "none", "query": { "grant_type": "ig_refresh_token", "access_token": "{{token.value}}" } } } } }
                """), secrets: ["code": "the-code"])
        #expect(query.method == .get)
        #expect(query.url.text == "https://graph.test/refresh?grant_type=ig_refresh_token&access_token=token-one")
        let (_, header) = try await Self.renewed(
            try provider(
                """
                { "id": "session", "baseURL": "https://api.test", "secrets": { "user": {}, "password": {} },
                  "auth": { "type": "token", "request": { "url": "https://api.test/login",
                      "body": { "u": "{{secret.user}}", "p": "{{secret.password}}" } },
                    "refresh": { "mode": "exchange", "request": { "url": "https://api.test/extend",
                      "headers": { "Authorization": "Bearer {{token.value}}" } } } } }
                """), secrets: ["user": "somebody", "password": "the-password"])
        #expect(header.url.text == "https://api.test/extend")
        #expect(header.headers["Authorization"] == "Bearer token-one")
        #expect(!header.bodyText.contains("the-password"))
    }

    @Test("exchange: a token that has ended, or that a call was refused with, is not sent: a login")
    func noExchange() async throws {
        for isRefused in [true, false] {
            let desk = Desk(#"{"access_token":"the-token","expires_in":3600}"#)
            let identity = try desk.bind(try acme(#""refresh": { "mode": "exchange" }"#), secrets: acmeSecrets)
            let token = try #require(try await desk.broker.credential(for: identity).token)
            if isRefused {
                await desk.broker.invalidate(token.value, of: identity)
            } else {
                desk.clock.advance(.seconds(3600))
            }
            _ = try await desk.broker.credential(for: identity)
            #expect(await desk.broker.statistics.map(\.logins) == [2])
            #expect(desk.transport.requests.allSatisfy { $0.bodyText.hasPrefix("grant_type=client_credentials") })
        }
    }

    @Test("exchange: what the service does not renew is asked for anew, unless onInvalid says fail")
    func refusedExchange() async throws {
        for (more, logins) in [("", 2), (#", "onInvalid": "fail""#, 1)] {
            let desk = Desk { (request) in
                request.bodyText.contains("token-exchange")
                    ? HTTPResponse(status: 400, body: Array(#"{"error":"invalid_request"}"#.utf8))
                    : ok(#"{"access_token":"the-token","expires_in":3600}"#)
            }
            let identity = try desk.bind(
                try acme(#""refresh": { "mode": "exchange"\#(more) }"#), secrets: acmeSecrets)
            _ = try await desk.broker.credential(for: identity)
            desk.clock.advance(.seconds(3590))
            // In the margin the old one serves on where there is no other.
            _ = try await desk.broker.credential(for: identity)
            #expect(await desk.broker.statistics.map(\.logins) == [logins])
            #expect(await desk.broker.statistics.map(\.refreshes) == [1])
        }
    }
}
