import JSON
import Testing

@testable import Sandbox

@Suite("The request log and its numbers")
struct RequestLogTests {
    @Test("requests are counted by vendor and client")
    func counts() throws {
        let bench = Bench()
        _ = try bench.login("zarv")
        _ = try bench.login("zarv", secret: "wrong-password")
        _ = try bench.send(as: "zarv", "POST", Vendor.zarv.listURL, body: #"{"name":"x"}"#)
        _ = bench.send("GET", Vendor.zarv.listURL)
        let count = bench.sandbox.log.count(.zarv)
        #expect(count.tokens["admin@acme.test"] == .init(requests: 3, issued: 2, refused: 1, failedLogins: 1))
        _ = bench.send("GET", Vendor.zarv.tokenURL)
        #expect(bench.sandbox.log.count(.zarv).tokens["unknown"] == .init(requests: 1, refused: 1))
        #expect(count.tokenRequests == 3 && count.apiRequests == 2 && count.writes == 1 && count.refused == 1)
        let stats = bench.send("GET", "https://api.clazar.io/_sandbox/stats")
        #expect(stats.status == 200)
        let zarv = stats.json.object?["providers"]?.object?["zarv"]?.object
        #expect(zarv?["writes"] == 1 && zarv?["tokenRequests"] == 4)
        #expect(zarv?["tokenClients"]?.object?["admin@acme.test"]?.object?["issued"] == 2)
    }

    @Test("the statistics hold no secret, no token and no name a caller made up")
    func clean() throws {
        let bench = Bench()
        let token = try bench.token("clarify")
        _ = bench.send(
            "POST", Vendor.clazar.tokenURL, [("Content-Type", "application/json")],
            body: #"{"client_id":"misplaced-secret-value","client_secret":"x"}"#)
        let text = bench.send("GET", "http://localhost/_sandbox/stats").text
        #expect(!text.contains("not-real") && !text.contains(token) && !text.contains("misplaced"))
        #expect(text.contains("\"unknown\""))
        #expect(bench.send("POST", "http://localhost/_sandbox/stats").status == 405)
    }

    @Test("the last token request can be looked at in this process")
    func last() throws {
        let bench = Bench()
        #expect(bench.sandbox.log.lastTokenRequest(.scalar) == nil)
        _ = try bench.login("scalar")
        let request = try #require(bench.sandbox.log.lastTokenRequest(.scalar))
        #expect(request.method == "POST" && request.path == "/v1/integrators/token")
        #expect(request.mediaType == "application/json")
        #expect(String(decoding: request.body, as: UTF8.self).contains(#""scope":["UMAPI","PLAPI"]"#))
    }

    @Test("the log keeps the last 1,000 requests in order")
    func bounded() {
        let bench = Bench()
        for number in 0..<1_005 { _ = bench.send("GET", "https://api.zarv.com/v1/resource/\(number)") }
        let paths = bench.sandbox.log.entries.map(\.path)
        #expect(paths.count == 1_000)
        #expect(paths.first == "/v1/resource/5" && paths.last == "/v1/resource/1004")
    }

    @Test("demo credentials look like credentials and say what they are", arguments: DemoCredential.all)
    func credentials(credential: DemoCredential) {
        #expect(credential.name.count >= 12)
        #expect(credential.isPublic || credential.secret.count >= 12 && credential.secret.hasPrefix("demo-"))
        #expect(credential.identity.hasPrefix(credential.vendor.rawValue))
    }
}
