import Contract
import HTTP
import JSON
import Providers
import Secrets
import Synchronization
import TestSupport
import Testing
import Tokens

/// What a token service does to a token, seen at the API: calls before and after it.
@Suite("Calling the API with a token that may have ended")
struct TokenLifeTests {
    /// Whether the API lets a token in that the service knows, by how often it has come before, and the newest one.
    private typealias Door = @Sendable (_ isAlive: Bool, _ calls: Int, _ isNewest: Bool) -> Bool

    private func evidence(revoke: String = "", _ door: @escaping Door) async throws -> TokenEvidence {
        let service = EndpointService()
        let state = Mutex((calls: [String: Int](), newest: ""))
        var probing = EndpointProbing()
        probing.calls = true
        probing.auth = probing.auth.replacing(
            #""https://auth.test/revoke" }"#, with: #""https://auth.test/revoke"\#(revoke) }"#)
        return try await probing.run { request in
            guard request.url.host == "api.test" else {
                let answer = service.answer(request)
                if let token = answer.accessToken { state.withLock { $0.newest = token } }
                return answer
            }
            let token = String((request.headers["Authorization"] ?? "").dropFirst("Bearer ".count))
            let (calls, isNewest) = state.withLock { state in
                state.calls[token, default: 0] += 1
                return (state.calls[token, default: 0] - 1, state.newest == token)
            }
            return door(service.isAlive(token), calls, isNewest)
                ? EndpointService.json(200, #"{"orders":[]}"#) : EndpointService.json(401, #"{"message":"log in"}"#)
        }.evidence
    }

    private func verdict(_ id: String, _ evidence: TokenEvidence) throws -> String {
        let check = try #require(TokenRuleCheck.all.first { $0.id == id })
        return switch check.judge(evidence) {
        case .kept: "kept"
        case .broken(_, let actual, _), .letIn(_, let actual, _): "broken: \(actual)"
        case .observed(let sentence): sentence
        case .notTestable(let reason): "skipped: \(reason)"
        case .noVerdict(let sentence): sentence
        }
    }

    @Test("a revoked token that the API refuses keeps RES-27, one that it serves breaks it")
    func revoked() async throws {
        let good = try await evidence { isAlive, _, _ in isAlive }
        #expect(try verdict("RES-27", good) == "kept")
        let bad = try await evidence { _, _, _ in true }
        #expect(try verdict("RES-27", bad) == "broken: 200")
        #expect(bad.lives["REV-02"]?.after?.request.url.host == "api.test")
    }

    @Test("a delay that the provider states is waited for, and no other")
    func delay() async throws {
        // Its third call is the one after the delay.
        let slow: Door = { isAlive, calls, _ in isAlive || calls < 2 }
        let waiting = try await evidence(revoke: #", "delay": "10ms""#, slow)
        #expect(try verdict("RES-27", waiting) == "kept")
        let hasty = try await evidence(revoke: "", slow)
        #expect(try verdict("RES-27", hasty) == "broken: 200")
    }

    @Test("an API that refused the token before says nothing about its end")
    func neverAlive() async throws {
        let evidence = try await evidence { _, _, _ in false }
        for id in ["RES-27", "TOK-39"] {
            #expect(try verdict(id, evidence).hasPrefix("skipped: the API did not take the token before"), "\(id)")
        }
    }

    @Test("whether a second token ends the first is told")
    func second() async throws {
        let friendly = try await evidence { isAlive, _, _ in isAlive }
        #expect(try verdict("TOK-39", friendly) == "A second token leaves the first one alive.")
        let jealous = try await evidence { _, _, isNewest in isNewest }
        #expect(try verdict("TOK-39", jealous).hasPrefix("A second token ends the first one"))
    }

    @Test("without a call of the API that passed, none is made")
    func noControl() async throws {
        let service = EndpointService()
        let (evidence, sent) = try await EndpointProbing().run { service.answer($0) }
        #expect(sent.allSatisfy { $0.url.host == "auth.test" })
        #expect(try verdict("RES-27", evidence).hasPrefix("skipped: no request of this identity passed"))
    }
}

extension HTTPResponse {
    fileprivate var accessToken: String? {
        (try? JSONDocument.parse(body))?.root["access_token"]?.string
    }
}
