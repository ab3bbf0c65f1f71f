import Contract
import HTTP
import Testing

@Suite("Probing with assertions that may be sent once")
struct AssertionReplayTests {
    @Test("each request of a battery has an assertion of its own, so that refused replays leave no doubt")
    func replays() async throws {
        let service = AssertionService()
        let (evidence, sent) = try await AssertionProbing.client.run { service.answer($0) }
        #expect(evidence.doubt == nil)
        #expect(evidence.logins.count > 1)
        let assertions = sent.filter { $0.url.scheme == "https" && $0.method == .post }.compactMap { request in
            EndpointService.pairs(request).first { $0.0 == "client_assertion" }?.1
        }
        let twice = assertions.count - Set(assertions).count
        #expect(assertions.count > 10)
        #expect(twice <= AssertionProbing.repeated(evidence), "\(twice) assertions were sent again")
    }
}
