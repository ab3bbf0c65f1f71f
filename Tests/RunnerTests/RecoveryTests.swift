import HTTP
import JSON
import Results
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// A token service and an API that takes the tokens it is told to take.
private final class RevokingService: Sendable {
    private struct State {
        var issued = 0
        var refused: Set<Int> = []
        var bodies: [[UInt8]] = []
    }

    private let state = Mutex(State())
    /// How the API answers a token that is not good.
    private let refusal: Int

    init(refusal: Int = 401) { self.refusal = refusal }

    var issued: Int { state.withLock { $0.issued } }

    /// `/revoke` gives up all tokens so far, `/never` takes none.
    func answer(_ request: HTTPRequest) -> HTTPResponse {
        state.withLock { state in
            if request.url.path == "/token" {
                state.issued += 1
                return HTTPResponse(
                    status: 200, headers: [HeaderField("Content-Type", "application/json")],
                    body: Array(#"{"access_token":"token-number-\#(state.issued)","expires_in":3600}"#.utf8))
            }
            let number = request.headers["Authorization"]?.split(separator: "-").last.flatMap { Int($0) } ?? 0
            if request.url.path == "/revoke" { state.refused.formUnion(0...state.issued) }
            let isRefused =
                request.url.path == "/never" || (state.refused.contains(number) && request.url.path != "/revoke")
            return HTTPResponse(status: isRefused ? refusal : 200)
        }
    }
}

@Suite("After a 401")
struct RecoveryTests {
    private static func bench() -> RunBench {
        var bench = RunBench()
        bench.environment = """
            { "name": "test", "identities": { "mine": { "provider": "oauth2-client-credentials",
                "vars": { "tokenURL": "https://a.test/token", "apiURL": "https://a.test" },
                "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } } } }
            """
        bench.variables = ["ID": "client-one", "SECRET": "secret-one"]
        return bench
    }

    private static func run(
        _ requests: [(String, String)], _ service: RevokingService
    ) async -> (events: [RunEvent], sent: [HTTPRequest]) {
        let list = requests.enumerated().map { index, request in
            #"{ "name": "r\#(index)", "request": "\#(request.0)"\#(request.1.isEmpty ? "" : ", " + request.1) }"#
        }
        return await bench().run([
            #"{ "name": "A", "as": "mine", "requests": [ \#(list.joined(separator: ", ")) ] }"#
        ]) { service.answer($0) }
    }

    private static let revoke = ("GET https://a.test/revoke", "")

    @Test("a token that was kept is given up, and the request sent once more with a new one")
    func recovered() async {
        let service = RevokingService()
        let (events, sent) = await Self.run(
            [Self.revoke, (#"GET https://a.test/x?id={{uuid()}}"#, ""), ("GET https://a.test/y", "")], service)
        #expect(events.verdicts == ["passed", "passed", "passed"])
        #expect(events.outcomes.map(\.attempts) == [1, 2, 1])
        #expect(service.issued == 2)
        let repeated = sent.filter { $0.url.path == "/x" }
        #expect(repeated.count == 2)
        #expect(Set(repeated.map(\.url.text)).count == 1, "the placeholders are filled once")
        #expect(repeated.map { $0.headers["Authorization"] } == ["Bearer token-number-1", "Bearer token-number-2"])
    }

    @Test("a new token that is refused too is the answer: no third attempt, and no new token for the next request")
    func hopeless() async {
        let service = RevokingService()
        let never = ("GET https://a.test/never", "")
        let (events, sent) = await Self.run([("GET https://a.test/x", ""), never, never, never], service)
        #expect(events.verdicts == ["passed", "failed", "failed", "failed"])
        #expect(events.outcomes.map(\.attempts) == [1, 2, 1, 1])
        #expect(service.issued == 2)
        #expect(sent.count == 7)
    }

    @Test("a token that was got for this very request is not replaced")
    func newToken() async {
        let service = RevokingService()
        let (events, _) = await Self.run([("GET https://a.test/never", ""), ("GET https://a.test/never", "")], service)
        #expect(events.outcomes.map(\.attempts) == [1, 1])
        #expect(service.issued == 1)
    }

    static let quiet: [(String, String, Int)] = [
        ("GET https://a.test/x", #""expect": { "status": 401 }"#, 401),
        ("GET https://a.test/x", #""expect": { "status": "4xx" }"#, 401),
        ("GET https://a.test/x", #""expect": { "status": { "not": 200 } }"#, 401),
        ("GET https://a.test/x", "", 403), ("GET https://a.test/x", "", 404),
        ("GET https://a.test/x", #""as": "anonymous""#, 401),
    ]

    @Test("an expected 401, a 403, or no credential is nothing to recover from", arguments: quiet)
    func untouched(_ request: String, _ more: String, _ refusal: Int) async {
        let service = RevokingService(refusal: refusal)
        let (events, _) = await Self.run([Self.revoke, (request, more)], service)
        #expect(events.outcomes.map(\.attempts) == [1, 1])
        #expect(service.issued == 1)
    }

    @Test("a request that changes something is not repeated, but the next one has a new token")
    func unsafe() async {
        let service = RevokingService()
        let (events, sent) = await Self.run(
            [Self.revoke, ("POST https://a.test/x", ""), ("GET https://a.test/y", "")], service)
        #expect(events.verdicts == ["passed", "failed", "passed"])
        #expect(sent.count { $0.url.path == "/x" } == 1)
        #expect(service.issued == 2)
    }

    @Test("a POST that says it is safe is repeated, a GET that says it is not is not")
    func saidToBeSafe() async {
        for (request, isSafe, attempts) in [("POST", true, 2), ("GET", false, 1)] {
            let service = RevokingService()
            let (events, _) = await Self.run(
                [Self.revoke, ("\(request) https://a.test/x", #""safe": \#(isSafe)"#)], service)
            #expect(events.outcomes.map(\.attempts) == [1, attempts])
        }
    }
}
