import Contract
import HTTP
import Results
import Synchronization
import TestSupport
import Testing

@testable import Runner

/// RES-29 in a run: whose token is sent in the place of the sender's, and why none is.
@Suite("A token of another issuer")
struct OtherIssuerTests {
    private static let environment = """
        { "name": "test", "identities": {
          "acme": { "provider": "own", "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } },
          "same": { "provider": "own", "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } },
          "partner": { "provider": "partner", "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } },
          "twin": { "provider": "twin", "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } },
          "far": { "provider": "far", "secrets": { "clientId": { "env": "ID" }, "clientSecret": { "env": "SECRET" } } } } }
        """

    /// `partner` may be sent to the API of `own`, `twin` has its own API there, `far` may not go there.
    private static let providers = [
        provider("own", "https://api.test"),
        provider("partner", "https://partner.test", #", "hosts": ["login-partner.test", "partner.test", "api.test"]"#),
        provider("twin", "https://api.test"), provider("far", "https://far.test"),
    ]

    private static func provider(_ id: String, _ api: String, _ more: String = "") -> String {
        """
        { "id": "\(id)", "extends": "oauth2-client-credentials", "contract": {}\(more), "vars": {
            "tokenURL": { "default": "https://login-\(id).test/token" }, "apiURL": { "default": "\(api)" } } }
        """
    }

    /// The words of RES-29, and the calls of the API with tokens that are not the sender's.
    private static func run(
        _ requests: String, takesAll: Bool = false
    ) async throws -> (verdict: String, foreign: [String]) {
        var bench = RunBench()
        bench.environment = environment
        bench.providers = providers
        bench.variables = ["ID": "client-0123456789", "SECRET": "secret-0123456789"]
        bench.contract = .beside
        bench.policy.only = ["RES-29"]
        let (events, sent) = await bench.run([#"{ "name": "A", "as": "acme", "requests": [\#(requests)] }"#]) {
            request in
            let host = request.url.host
            if host.hasPrefix("login-") {
                return json(200, #"{"access_token":"\#(host)-0123456789","token_type":"Bearer","expires_in":600}"#)
            }
            let token = request.headers["Authorization"]?.dropFirst("Bearer login-".count) ?? ""
            let isGood =
                takesAll ? !token.isEmpty : token.hasPrefix(host == "api.test" ? "own" : host.prefix { $0 != "." })
            return isGood ? json(200, #"{"orders":[]}"#) : json(401, #"{"message":"log in"}"#)
        }
        let rule = try #require(events.contract.first { if case .rule("RES-29") = $0.kind { true } else { false } })
        let foreign = sent.filter { $0.url.host == "api.test" }.compactMap { $0.headers["Authorization"] }
            .filter { !$0.hasPrefix("Bearer login-own") }
        return (rule.verdict.words, foreign)
    }

    private static func json(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                HeaderField("Content-Type", "application/json"), HeaderField("WWW-Authenticate", "Bearer realm=\"x\""),
            ], body: Array(text.utf8))
    }

    private static func read(_ access: String = "", _ name: String = "read") -> String {
        #"{ "name": "\#(name)", "request": "GET /orders"\#(access.isEmpty ? "" : #", "access": { \#(access) }"#) }"#
    }

    private static func other(_ identity: String) -> String {
        #", { "name": "other", "as": "\#(identity)", "denies": [], "request": "GET /orders" }"#
    }

    private static let partners = "Bearer login-partner.test-0123456789"

    @Test("one that may be sent there is refused, and a hole where it is let in")
    func foreign() async throws {
        let kept = try await Self.run(Self.read() + Self.other("partner"))
        #expect(kept.verdict == "passed")
        #expect(kept.foreign == [Self.partners])
        let broken = try await Self.run(Self.read() + Self.other("partner"), takesAll: true)
        #expect(broken.verdict == "Hole")
    }

    @Test("no credential goes to a host that its provider does not name")
    func hosts() async throws {
        let (verdict, foreign) = try await Self.run(Self.read() + Self.other("far"))
        #expect(verdict == "no identity of another issuer takes part in the run whose secrets may go to api.test")
        #expect(foreign == [])
    }

    @Test("another identity of the same issuer is none")
    func same() async throws {
        let (verdict, _) = try await Self.run(Self.read(#""same": 401"#))
        #expect(verdict.hasPrefix("no identity of another issuer"))
    }

    @Test(
        "whom 'access' lets in is trusted, if only to see nothing",
        arguments: [#""allow""#, #"{ "status": 200, "json": { "$.orders": [] } }"#, "[200, 403]"])
    func letIn(_ cell: String) async throws {
        let (verdict, _) = try await Self.run(
            Self.read() + "," + Self.read(#""partner": \#(cell)"#, "second"), takesAll: true)
        #expect(verdict == "'access' lets 'partner' in, whose tokens are of another issuer")
    }

    @Test("one that calls the same API is tried only where 'access' keeps it out")
    func twin() async throws {
        let open = try await Self.run(Self.read() + Self.other("twin"), takesAll: true)
        #expect(open.verdict.hasPrefix("'twin' has tokens of another issuer and calls api.test too"))
        #expect(open.foreign.allSatisfy { $0.hasPrefix("Bearer login-twin") })
        let closed = try await Self.run(Self.read() + "," + Self.read(#""twin": "deny""#, "second"), takesAll: true)
        #expect(closed.verdict == "Hole")
    }
}
