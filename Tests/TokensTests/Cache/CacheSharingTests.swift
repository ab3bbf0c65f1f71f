import HTTP
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("Tokens shared through the cache")
struct CacheSharingTests {
    @Test("a second process takes the token that the first one got, and masks it")
    func shared() async throws {
        let bench = try CacheBench(more: #","scope":"a b""#)
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let first = try await bench.broker().credential(for: identity)
        bench.desk.clock.advance(.seconds(1800))
        let second = try await bench.broker().grant(for: identity)
        #expect(second.credential.token?.value == first.token?.value)
        #expect(second.credential.token?.grantedScope == ["a", "b"])
        #expect(second.isNew == false)
        #expect(bench.requests == 1)
        #expect(bench.desk.redactor.redact("token-number-1") != "token-number-1")
        #expect(bench.warnings.isEmpty)
    }

    @Test("at its end, less the margin, one process gets the next token for all")
    func expiry() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        bench.desk.clock.advance(.seconds(3540) - .milliseconds(1))
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-1")
        bench.desk.clock.advance(.milliseconds(1))
        let old = bench.broker()
        #expect(try await old.credential(for: identity).token?.value.reveal() == "token-number-2")
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
        #expect(bench.requests == 2)
        bench.desk.clock.advance(.seconds(61))
        #expect(await old.expiredToken(of: identity)?.reveal() == "token-number-1")
    }

    @Test("the entry holds neither the credential nor, unless the provider allows it, the refresh token")
    func content() async throws {
        let bench = try CacheBench(more: #","refresh_token":"the-refresh-token""#)
        defer { bench.folder.remove() }
        let refresh = #""refresh": { "mode": "token" }"#
        _ = try await bench.broker().credential(for: bench.identity(refresh))
        let text = try bench.entryText()
        for secret in ["the-client-id", "the-client-secret", "the-refresh-token"] { #expect(!text.contains(secret)) }
        #expect(text.contains("token-number-1"))
        #expect(!(try bench.entryPath()).contains("acme"))
    }

    @Test("a refresh token that may be kept is used by the next process instead of a login")
    func refresh() async throws {
        let bench = try CacheBench(more: #","refresh_token":"the-refresh-token""#)
        defer { bench.folder.remove() }
        let identity = try bench.identity(
            #""refresh": { "mode": "token" }"#, #""cache": { "persistRefreshToken": true }"#)
        _ = try await bench.broker().credential(for: identity)
        #expect(try bench.entryText().contains("the-refresh-token"))
        bench.desk.clock.advance(.seconds(4000))
        _ = try await bench.broker().credential(for: identity)
        #expect(bench.desk.transport.requests.last?.bodyText.contains("grant_type=refresh_token") == true)
        #expect(bench.desk.transport.requests.last?.bodyText.contains("the-refresh-token") == true)
    }

    static let stores: [(String, requests: Int)] = [("memory", 2), ("user", 1), ("none", 4)]

    @Test("a token that renews itself is exchanged by the next process, but not one that a call was refused with")
    func exchanged() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity(#""refresh": { "mode": "exchange" }"#)
        _ = try await bench.broker().credential(for: identity)
        bench.desk.clock.advance(.seconds(3590))
        let second = bench.broker()
        let token = try #require(try await second.credential(for: identity).token)
        #expect(token.value.reveal() == "token-number-2")
        #expect(bench.desk.transport.requests.last?.bodyText.hasSuffix("&subject_token=token-number-1") == true)
        await second.withdraw(token.value, of: identity)
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-3")
        #expect(bench.desk.transport.requests.last?.bodyText.hasPrefix("grant_type=client_credentials") == true)
    }

    @Test("where tokens are kept is the provider's choice", arguments: stores)
    func place(_ store: String, _ requests: Int) async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity("", #""cache": { "store": "\#(store)" }"#)
        for _ in 0..<2 {
            let broker = bench.broker()
            for _ in 0..<2 { _ = try await broker.credential(for: identity) }
        }
        #expect(bench.requests == requests)
    }

    @Test("--fresh-token begins with a new token, and leaves it to the others")
    func fresh() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        let fresh = bench.broker(isFresh: true)
        for _ in 0..<2 {
            #expect(try await fresh.credential(for: identity).token?.value.reveal() == "token-number-2")
        }
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
        #expect(bench.requests == 2)
    }

    @Test("a clock that was set back makes the entry a stranger, not a token for years")
    func clockSetBack() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        bench.desk.clock.advance(.seconds(-3600))
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
    }

    // MARK: After a 401

    @Test("a token that was refused is not taken from the cache again")
    func invalidated() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let broker = bench.broker()
        let token = try #require(try await broker.credential(for: identity).token).value
        await broker.invalidate(token, of: identity)
        let grant = try await broker.grant(for: identity)
        #expect(grant.credential.token?.value.reveal() == "token-number-2")
        #expect(grant.isNew)
    }

    @Test("a process whose token was refused takes the one that another process got since")
    func replacedByOther() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let (one, two) = (bench.broker(), bench.broker())
        let token = try #require(try await one.credential(for: identity).token).value
        _ = try await two.credential(for: identity)
        await one.invalidate(token, of: identity)
        _ = try await one.credential(for: identity)
        await two.invalidate(token, of: identity)
        let grant = try await two.grant(for: identity)
        #expect(grant.credential.token?.value.reveal() == "token-number-2")
        #expect(grant.isNew == false)
        #expect(bench.requests == 2)
    }

    @Test("withdrawing holds for other processes, and only for that very token")
    func withdrawn() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let broker = bench.broker()
        let token = try #require(try await broker.credential(for: identity).token).value
        await broker.withdraw(Secret("another", label: "x"), of: identity)
        #expect(try await bench.broker().credential(for: identity).token?.value == token)
        await broker.withdraw(token, of: identity)
        #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "token-number-2")
    }

    // MARK: Failures

    static let failures: [(HTTPResponse, Duration)] = [
        (HTTPResponse(status: 401), .seconds(30)), (HTTPResponse(status: 429), .seconds(30)),
        (HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "90")]), .seconds(90)),
        (
            HTTPResponse(
                status: 429,
                headers: [
                    HeaderField("Date", "Wed, 25 Nov 2026 08:30:00 GMT"),
                    HeaderField("Retry-After", "Wed, 25 Nov 2026 08:32:00 GMT"),
                ]), .seconds(120)
        ),
        (HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "99999999999")]), .seconds(86_400)),
        (HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "soon")]), .seconds(30)),
        (HTTPResponse(status: 429, headers: [HeaderField("Retry-After", "-5")]), .seconds(30)),
        (HTTPResponse(status: 503, headers: [HeaderField("Retry-After", "7")]), .seconds(7)),
    ]

    @Test("a failure is not repeated by other processes until its pause has passed", arguments: failures)
    func failureMemory(_ answer: HTTPResponse, _ pause: Duration) async throws {
        let bench = try CacheBench { _ in answer }
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let first = try await Self.refusal(bench.broker(), identity)
        bench.desk.clock.advance(pause - .milliseconds(1))
        let second = try await Self.refusal(bench.broker(), identity)
        #expect((second.kind, second.status) == (first.kind, first.status))
        #expect(second.message == first.message)
        #expect(bench.requests == 1)
        bench.desk.clock.advance(.milliseconds(1))
        _ = try await Self.refusal(bench.broker(), identity)
        #expect(bench.requests == 2)
    }

    @Test("--fresh-token asks again after a refusal, but not before a pause that the service asked for")
    func freshAfterFailure() async throws {
        for (status, requests) in [(401, 2), (429, 1)] {
            let bench = try CacheBench { _ in HTTPResponse(status: status) }
            defer { bench.folder.remove() }
            let identity = try bench.identity()
            _ = try await Self.refusal(bench.broker(), identity)
            _ = try await Self.refusal(bench.broker(isFresh: true), identity)
            #expect(bench.requests == requests)
        }
    }

    @Test("a failure on the way to the service is nobody else's")
    func networkFailure() async throws {
        let bench = try CacheBench { (_) throws(TransportError) in throw TransportError(.connect, "refused") }
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        for _ in 0..<2 { _ = try await Self.refusal(bench.broker(), identity) }
        #expect(bench.requests == 2)
    }

    @Test("a failed renewal leaves the token that is still alive to everybody")
    func lastResort() async throws {
        let answers = Answers([ok(#"{"access_token":"the-token","expires_in":600}"#), HTTPResponse(status: 500)])
        let bench = try CacheBench { _ in answers.next() }
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        _ = try await bench.broker().credential(for: identity)
        bench.desk.clock.advance(.seconds(550))
        for _ in 0..<2 {
            #expect(try await bench.broker().credential(for: identity).token?.value.reveal() == "the-token")
        }
        #expect(bench.requests == 2)
    }

    static func refusal(_ broker: TokenBroker, _ identity: BoundIdentity) async throws -> CredentialError {
        do throws(CredentialError) {
            _ = try await broker.credential(for: identity)
        } catch {
            return error
        }
        Issue.record("a credential was given")
        return CredentialError(.cancelled, identity: identity.name, "")
    }
}
