import Contract
import HTTP
import JSON
import Providers
import Testing

/// What a service counts that locks clients after failed logins, without telling mistakes from guesses.
@Suite("Refused assertions, seen by a service that counts them")
struct RefusedAssertionTests {
    @Test("none follows another without an ordinary login that works in between")
    func neverTwice() async throws {
        let service = AssertionService()
        let (_, sent) = try await AssertionProbing.client.run { service.answer($0) }
        // Asked once more, in the same order: replays and ends are as they were, since the service is a new one.
        let judge = AssertionService()
        var inARow = 0
        var longest = 0
        for request in sent {
            guard
                EndpointService.pairs(request).contains(where: { $0 == ("client_id", "acme") }),
                EndpointService.pairs(request).contains(where: { $0.0 == "client_assertion" })
            else { continue }
            let answer = judge.answer(request)
            if answer.status == 200 { inARow = 0 } else if answer.status == 401 { inARow += 1 }
            longest = max(longest, inARow)
        }
        #expect(longest == 1)
    }

    @Test("once an ordinary login in between works no more, nothing more is sent")
    func locked() async throws {
        let service = AssertionService()
        let refused = try await AssertionProbing.client.run { request in
            let isLate = EndpointService.pairs(request).contains { $0.0 == "client_assertion" } && service.hasRefusedEnd
            return isLate ? EndpointService.refusal(401, "invalid_client") : service.answer(request)
        }
        let evidence = refused.evidence
        #expect(evidence.exchanges["AST-02"]?.count == 1)
        #expect(evidence.exchanges["AST-03"] == nil)
        #expect(evidence.unsent["AST-03"]?.contains("answered 401 without a token") == true)
    }

    @Test("the altered signature leaves what the assertion says readable")
    func signature() async throws {
        let service = AssertionService()
        let evidence = try await AssertionProbing.client.run { service.answer($0) }.evidence
        for id in ["T-01", "AST-04"] {
            let request = try #require(evidence.exchanges[id]?.first?.request)
            let text = try #require(EndpointService.pairs(request).first { $0.0 == "client_assertion" }?.1)
            #expect(AssertionService.claims(text)?["sub"]?.string == "acme", "\(id)")
        }
    }
}
