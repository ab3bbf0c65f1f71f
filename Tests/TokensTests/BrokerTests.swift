import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Token broker")
struct BrokerTests {
    private static let hour = #"{"access_token":"the-token","expires_in":3600}"#

    private static func gated() throws -> (GatedTransport, TokenBroker, BoundIdentity) {
        let desk = Desk("{}")
        let transport = GatedTransport(ok(hour))
        let exchange = TokenExchange(
            transport: transport, functions: .standard(), redactor: Redactor(), clock: desk.clock.clock)
        return (transport, TokenBroker(exchange), try desk.bind(try acme(), secrets: acmeSecrets))
    }

    @Test("200 callers at once cost one token request")
    func singleFlight() async throws {
        let (transport, broker, identity) = try Self.gated()
        let tokens = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<200 {
                group.addTask { try await broker.credential(for: identity).token?.value.reveal() }
            }
            await transport.waitForRequests(1)
            transport.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(tokens == Array(repeating: "the-token", count: 200))
        #expect(transport.requests == 1)
        let statistics = await broker.statistics
        #expect(statistics.map(\.logins) == [1])
    }

    @Test("Cancelling one waiter ends its wait at once and nobody else's")
    func cancellation() async throws {
        let (transport, broker, identity) = try Self.gated()
        let patient = Task { try await broker.credential(for: identity) }
        await transport.waitForRequests(1)
        let impatient = Task { try await broker.credential(for: identity) }
        impatient.cancel()
        // The gate is still closed: this would hang if the waiter stayed.
        switch await impatient.result {
        case .success: Issue.record("a credential came out of a closed gate")
        case .failure(let error): #expect((error as? CredentialError)?.kind == .cancelled)
        }
        transport.open()
        #expect(try await patient.value.token?.value.reveal() == "the-token")
        #expect(transport.requests == 1)
    }

    @Test("Cancelling the caller that started the exchange does not end it for the others")
    func cancelledStarter() async throws {
        let (transport, broker, identity) = try Self.gated()
        let starter = Task { try await broker.credential(for: identity) }
        await transport.waitForRequests(1)
        let other = Task { try await broker.credential(for: identity) }
        starter.cancel()
        _ = await starter.result
        transport.open()
        #expect(try await other.value.token?.value.reveal() == "the-token")
        #expect(transport.requests == 1)
    }

    @Test("Identities, scopes, variables, variants and secrets each have their own token")
    func keys() async throws {
        let desk = Desk(Self.hour)
        let provider = try builtIn("scalar")
        let one = ["clientId": "client-one", "clientSecret": "secret-one"]
        let identities = [
            try desk.bind(provider, "a", secrets: one),
            try desk.bind(provider, "b", secrets: one),
            try desk.bind(provider, "a", scope: ["UMAPI"], secrets: one),
            try desk.bind(provider, "a", vars: ["region": "us1"], secrets: one),
            try desk.bind(provider, "a", secrets: ["clientId": "client-one", "clientSecret": "secret-two"]),
        ]
        #expect(Set(identities.map(\.key)).count == identities.count)
        #expect(
            try desk.bind(provider, "a", scope: ["x", "y"], secrets: one).key
                == desk.bind(provider, "a", scope: ["y", "x"], secrets: one).key)
        for identity in identities { #expect(!identity.key.contains("secret")) }
    }

    @Test("A failed login is remembered: the same error, no second request")
    func failureMemory() async throws {
        let desk = Desk { _ in HTTPResponse(status: 401, body: Array(#"{"error":"invalid_client"}"#.utf8)) }
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        let first = try await desk.refusal(identity)
        desk.clock.advance(.seconds(86_400))
        let second = try await desk.refusal(identity)
        #expect(first == second)
        #expect(desk.transport.sent.count == 1)
        #expect(await desk.broker.statistics.map(\.failures) == [1])
        await desk.broker.forget(identity)
        _ = try await desk.refusal(identity)
        #expect(desk.transport.sent.count == 2)
    }

    static let pauses: [(String, HTTPResponse, Duration)] = [
        ("", HTTPResponse(status: 503), .seconds(30)), ("", HTTPResponse(status: 429), .seconds(30)),
        ("", HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "90")]), .seconds(90)),
        (#""cache": { "failureCooldown": "5s" }"#, HTTPResponse(status: 401), .seconds(5)),
    ]

    @Test("What may pass is tried again after its pause", arguments: pauses)
    func pause(_ more: String, _ answer: HTTPResponse, _ pause: Duration) async throws {
        let desk = Desk { _ in answer }
        let identity = try desk.bind(try acme("", more), secrets: acmeSecrets)
        _ = try await desk.refusal(identity)
        desk.clock.advance(pause - .milliseconds(1))
        _ = try await desk.refusal(identity)
        #expect(desk.transport.sent.count == 1)
        desk.clock.advance(.milliseconds(1))
        _ = try await desk.refusal(identity)
        #expect(desk.transport.sent.count == 2)
    }

    @Test("A profile's retry waits as long as the service asks")
    func retry() async throws {
        let transport = Answers([
            HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "2")]), ok(Self.hour),
        ])
        let desk = Desk { _ in transport.next() }
        let identity = try desk.bind(try acme("", #""retry": { "max": 1 }"#), secrets: acmeSecrets)
        #expect(try await desk.broker.credential(for: identity).token != nil)
        #expect(desk.clock.naps == [.seconds(2)])
        #expect(await desk.broker.statistics.map(\.logins) == [2])
    }

    /// At 2026-11-25T08:30:00Z: headers of the answer, further ones of the profile, and the wait.
    static let resets: [([HeaderField], String, [Duration])] = [
        ([HeaderField("X-RateLimit-Reset", "1795595407")], "", [.seconds(7)]),
        ([HeaderField("X-RateLimit-Reset", "1795595407500")], "", [.milliseconds(7500)]),
        ([HeaderField("X-RateLimit-Reset", "2026-11-25T09:30:07+01:00")], "", [.seconds(7)]),
        ([HeaderField("X-RateLimit-Reset", "Wed, 25 Nov 2026 08:30:07 GMT")], "", [.seconds(7)]),
        ([HeaderField("X-RateLimit-Reset", "1795595390")], "", [.zero]),
        // The server's clock decides where it shows it.
        (
            [
                HeaderField("X-RateLimit-Reset", "1795595407"), HeaderField("Date", "Wed, 25 Nov 2026 08:29:58 GMT"),
            ], "", [.seconds(9)]
        ),
        // A delay is more than an instant; what is none is passed over.
        (
            [HeaderField("X-RateLimit-Reset", "1795595407"), HeaderField("Retry-After", "3")], "", [.seconds(3)]
        ),
        ([HeaderField("X-RateLimit-Reset", "30")], "", [.seconds(1)]),
        ([HeaderField("X-RateLimit-Reset", "soon")], "", [.seconds(1)]),
        ([HeaderField("X-Reset", "1795595405"), HeaderField("X-RateLimit-Reset", "x")], "", [.seconds(5)]),
        // A delay of the vendor's own beside it.
        (
            [HeaderField("X-Wait", "4"), HeaderField("X-RateLimit-Reset", "1795595407")], #", "after": ["X-Wait"]"#,
            [.seconds(4)]
        ),
    ]

    @Test("retry.at: the moment that a header names", arguments: resets)
    func reset(_ headers: [HeaderField], _ more: String, _ naps: [Duration]) async throws {
        let answers = Answers([HTTPResponse(status: 429, headers: HeaderFields(headers)), ok(Self.hour)])
        let desk = Desk { _ in answers.next() }
        let rules = #""retry": { "max": 1, "at": ["X-RateLimit-Reset", "X-Reset"]\#(more) }"#
        let identity = try desk.bind(try acme("", rules), secrets: acmeSecrets)
        #expect(try await desk.broker.credential(for: identity).token != nil)
        #expect(desk.clock.naps == naps)
    }

    @Test("retry.at does not count where the answer is a refusal: many APIs send the header with every answer")
    func resetOfRefusal() async throws {
        let headers: HeaderFields = [HeaderField("X-RateLimit-Reset", "1795597200")]
        let desk = Desk { _ in HTTPResponse(status: 401, headers: headers) }
        let identity = try desk.bind(try acme("", #""retry": { "at": ["X-RateLimit-Reset"] }"#), secrets: acmeSecrets)
        #expect(try await desk.refusal(identity).retryAfter == nil)
        let limited = Desk { _ in HTTPResponse(status: 429, headers: headers) }
        let other = try limited.bind(try acme("", #""retry": { "at": ["X-RateLimit-Reset"] }"#), secrets: acmeSecrets)
        let error = try await limited.refusal(other)
        #expect(error.retryAfter == .seconds(1800))
        #expect(error.message.hasSuffix("status 429; it may be asked again in 30 min"))
    }

    @Test("A token service that asks for more than a minute is not waited for")
    func impatient() async throws {
        let desk = Desk { _ in HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "61")]) }
        let identity = try desk.bind(try acme("", #""retry": { "max": 5 }"#), secrets: acmeSecrets)
        #expect(try await desk.refusal(identity).kind == .rateLimited)
        #expect(desk.clock.naps.isEmpty)
    }

    @Test("minInterval keeps token requests apart")
    func interval() async throws {
        let desk = Desk(Self.hour)
        let identity = try desk.bind(try acme("", #""cache": { "minInterval": "5s" }"#), secrets: acmeSecrets)
        let token = try #require(try await desk.broker.credential(for: identity).token)
        desk.clock.advance(.seconds(2))
        await desk.broker.invalidate(token.value, of: identity)
        _ = try await desk.broker.credential(for: identity)
        #expect(desk.clock.naps == [.seconds(3)])
    }

    @Test("maxPerRun ends in an error that names it")
    func limit() async throws {
        let desk = Desk(#"{"access_token":"the-token","expires_in":10}"#)
        let identity = try desk.bind(try acme("", #""cache": { "maxPerRun": 2 }"#), secrets: acmeSecrets)
        for _ in 0..<2 {
            _ = try await desk.broker.credential(for: identity)
            desk.clock.advance(.seconds(10))
        }
        let error = try await desk.refusal(identity)
        #expect(error.message == "'acme' may ask for 2 tokens in one run (cache.maxPerRun)")
        #expect(desk.transport.sent.count == 2)
    }

    @Test("Only the token that was refused is given up")
    func invalidation() async throws {
        let answers = Answers((1...3).map { ok(#"{"access_token":"token-number-\#($0)","expires_in":3600}"#) })
        let desk = Desk { _ in answers.next() }
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        let first = try #require(try await desk.broker.credential(for: identity).token).value
        await desk.broker.invalidate(Secret("another", label: "x"), of: identity)
        #expect(try await desk.broker.credential(for: identity).token?.value == first)
        await desk.broker.invalidate(first, of: identity)
        let second = try #require(try await desk.broker.credential(for: identity).token).value
        #expect(second.reveal() == "token-number-2")
        // A late complaint about the first token does not cost the second.
        await desk.broker.invalidate(first, of: identity)
        #expect(try await desk.broker.credential(for: identity).token?.value == second)
        #expect(desk.transport.sent.count == 2)
    }

    @Test("An expired token is never handed out, over a simulated month", arguments: [1, 7, 59, 360, 3600, 86_400])
    func neverExpired(_ lifetime: Int) async throws {
        let desk = Desk(#"{"access_token":"the-token","expires_in":\#(lifetime)}"#)
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        var random = SeededGenerator(seed: UInt64(lifetime))
        for _ in 0..<2000 {
            desk.clock.advance(.milliseconds(Int.random(in: 0...2_600_000, using: &random) * lifetime / 3600))
            let token = try #require(try await desk.broker.credential(for: identity).token)
            let now = FakeClock.start + desk.clock.passed
            #expect(try #require(token.expiresAt) > now)
            #expect(now - token.obtainedAt <= Int64(lifetime) * 1000)
        }
    }

    @Test("Where a renewal fails, a token that is still alive serves on until its end")
    func lastResort() async throws {
        let answers = Answers([ok(Self.hour), HTTPResponse(status: 503)])
        let desk = Desk { _ in answers.next() }
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        _ = try await desk.broker.credential(for: identity)
        // The margin of an hour is a minute.
        desk.clock.advance(.seconds(3550))
        for _ in 0..<3 { #expect(try await desk.broker.credential(for: identity).token != nil) }
        #expect(desk.transport.sent.count == 2)
        desk.clock.advance(.seconds(50))
        #expect(try await desk.refusal(identity).status == 503)
        #expect(desk.transport.sent.count == 3)
    }

    @Test("A token that a call was refused with is no last resort")
    func refusedToken() async throws {
        let answers = Answers([ok(Self.hour), HTTPResponse(status: 503)])
        let desk = Desk { _ in answers.next() }
        let identity = try desk.bind(try acme(), secrets: acmeSecrets)
        let token = try #require(try await desk.broker.credential(for: identity).token)
        await desk.broker.invalidate(token.value, of: identity)
        #expect(try await desk.refusal(identity).status == 503)
        #expect(try await desk.refusal(identity).status == 503)
    }

    @Test("A token whose answer took longer than its life is not handed out")
    func slow() async throws {
        let clock = FakeClock()
        let transport = ScriptedTransport { _ in
            clock.advance(.seconds(10))
            return ok(#"{"access_token":"the-token","expires_in":10}"#)
        }
        let broker = TokenBroker(
            TokenExchange(transport: transport, functions: .standard(), redactor: Redactor(), clock: clock.clock))
        let identity = try Desk("{}").bind(try acme(), secrets: acmeSecrets)
        await #expect(throws: CredentialError.self) { try await broker.credential(for: identity) }
    }

    @Test("The lifetime counts from when the request was sent")
    func sent() async throws {
        let clock = FakeClock()
        let transport = ScriptedTransport { _ in
            clock.advance(.seconds(4))
            return ok(#"{"access_token":"the-token","expires_in":10}"#)
        }
        let broker = TokenBroker(
            TokenExchange(transport: transport, functions: .standard(), redactor: Redactor(), clock: clock.clock))
        let identity = try Desk("{}").bind(try acme(), secrets: acmeSecrets)
        let token = try #require(try await broker.credential(for: identity).token)
        #expect(token.expiresAt == FakeClock.start + 10_000)
        #expect(await broker.statistics.map(\.time) == [.seconds(4)])
        clock.advance(.milliseconds(4999))
        _ = try await broker.credential(for: identity)
        #expect(transport.sent.count == 1)
        clock.advance(.milliseconds(1))
        _ = try await broker.credential(for: identity)
        #expect(transport.sent.count == 2)
    }

    @Test("Static credentials need no exchange")
    func fixed() async throws {
        let desk = Desk("{}")
        let identity = try desk.bind(
            try builtIn("bearer"), vars: ["apiURL": "https://api.test/"], secrets: ["token": "static-token"])
        let credential = try await desk.broker.credential(for: identity)
        #expect(credential.placements.map { $0.value.reveal() } == ["Bearer static-token"])
        #expect(credential.token == nil)
        #expect(credential.baseURL == "https://api.test")
        #expect(desk.transport.sent.isEmpty)
    }
}
