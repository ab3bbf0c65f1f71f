import Contract
import HTTP
import Testing
import Tokens

@Suite("Rules about protected resources, on evidence made by hand")
struct ResourceCheckTests {
    /// One answer to a probe.
    struct Reply: Sendable {
        var status: Int
        var challenge: String?
        var headers: [String: String] = [:]
        var body = ""
        var method = HTTPMethod.get
        /// Over `https://api.acme.test/v1/orders/7`.
        var query: String?
        var trouble: TransportError.Kind?

        static let served = Reply(status: 200, body: ResourceCheckTests.orders)
        static let invalid = Reply(status: 401, challenge: #"Bearer realm="a", error="invalid_token""#)
        static let bare = Reply(status: 401, challenge: #"Bearer realm="a""#)
        static func status(_ status: Int) -> Reply { Reply(status: status) }
        static func challenge(_ text: String) -> Reply { Reply(status: 401, challenge: text) }
        static func body(_ status: Int, _ body: String) -> Reply { Reply(status: status, body: body) }
        static func by(_ method: HTTPMethod, _ status: Int, _ body: String = "") -> Reply {
            Reply(status: status, body: body, method: method)
        }
        static func trouble(_ kind: TransportError.Kind) -> Reply { Reply(status: 0, trouble: kind) }
        func with(_ name: String, _ value: String) -> Reply {
            var reply = self
            reply.headers[name] = value
            return reply
        }
    }

    enum Outcome: Sendable { case kept, broken, observed, notTestable, noVerdict }

    static let orders = #"{"orders":[{"id":1,"total":5}],"next":null}"#

    typealias Row = (id: String, kind: String, replies: [String: [Reply]], outcome: Outcome)

    // MARK: Tables

    /// Rules that are kept where a probe is refused and broken where it is served.
    static let refusals: [(id: String, probe: String, kind: String)] = [
        ("RES-13", "N-28", "bearer"), ("RES-14", "N-26", "bearer"), ("RES-16", "N-27", "bearer"),
        ("RES-26", "N-20", "bearer"), ("RES-29", "N-23", "bearer"), ("RES-30", "N-25", "bearer"),
        ("RES-33", "N-42", "bearer"),
        ("JWT-09", "N-12", "jwt"), ("JWT-09", "N-13", "jwt"), ("JWT-10", "N-10", "jwt"), ("JWT-10", "N-11", "jwt"),
        ("JWT-10", "N-18", "jwt"), ("JWT-11", "N-14", "jwt"), ("JWT-12", "N-15", "jwt"), ("JWT-12", "N-16", "jwt"),
        ("JWT-13", "N-17", "jwt"), ("JWT-14", "N-19", "jwt"), ("RES-36", "N-46", "bearer"),
    ]

    @Test("Refused keeps the rule, served breaks it, and nothing else is a verdict", arguments: refusals)
    func refusal(_ id: String, _ probe: String, _ kind: String) async throws {
        let (no, yes) = (Reply.invalid, Reply.served)
        try await Self.expect(id, kind, [probe: [no], "N-01": [.bare]], .kept)
        try await Self.expect(id, kind, [probe: [no, yes], "N-01": [.bare]], .broken)
        try await Self.expect(id, kind, [probe: [.trouble(.timeout)], "N-01": [.bare]], .noVerdict)
        try await Self.expect(id, kind, [probe: [.status(503)], "N-01": [.bare]], .noVerdict)
        try await Self.expect(id, kind, [probe: [.body(200, "{}")], "N-01": [.bare]], .noVerdict)
        // Served to everybody: that is one finding, not twenty.
        try await Self.expect(id, kind, [probe: [yes], "N-01": [yes]], .notTestable)
        try await Self.expect(id, kind, [:], .notTestable)
    }

    static let rows: [Row] = [
        ("RES-01", "bearer", ["N-45": [.trouble(.connect)]], .kept),
        ("RES-01", "bearer", ["N-45": [.status(301)]], .kept),
        ("RES-01", "bearer", ["N-45": [.served]], .broken),
        ("RES-01", "bearer", ["N-45": [.trouble(.resolve)]], .noVerdict),
        ("RES-02", "bearer", ["N-01": [.bare]], .kept), ("RES-02", "bearer", ["N-01": [.served]], .broken),
        ("RES-02", "bearer", ["N-01": [.status(403)]], .broken),
        ("RES-02", "bearer", ["N-01": [.status(429)]], .noVerdict),
        // No 401 could name a scheme for a certificate: nginx answers 400, others end the handshake.
        ("RES-02", "certificate", ["N-01": [.status(400)]], .kept),
        ("RES-02", "certificate", ["N-01": [.trouble(.tls)]], .kept),
        ("RES-02", "certificate", ["N-01": [.served]], .broken),
        ("RES-02", "certificate", ["N-01": [.trouble(.timeout)]], .noVerdict),
        ("RES-02", "bearer", ["N-01": [.trouble(.tls)]], .noVerdict),
        ("RES-02", "bearer", ["N-01": [.bare], "N-44": [.status(404), .served]], .broken),
        ("RES-02", "bearer", ["N-01": [.bare], "N-44": [.body(200, "<html>"), .status(404)]], .kept),
        ("RES-01", "bearer", ["N-45": [.body(200, "use https")]], .kept),
        ("RES-03", "bearer", ["N-01": [.bare]], .kept), ("RES-03", "bearer", ["N-01": [.status(401)]], .broken),
        ("RES-03", "bearer", ["N-01": [.status(403)]], .notTestable),
        ("RES-04", "bearer", ["N-01": [.challenge(#"Negotiate, Bearer realm="a", error=x, Basic realm="b""#)]], .kept),
        ("RES-04", "bearer", ["N-01": [.challenge(#"Bearer realm="a"#)]], .broken),
        ("RES-05", "bearer", ["N-01": [.challenge(#"Basic realm="a", Bearer"#)]], .kept),
        ("RES-05", "bearer", ["N-01": [.challenge(#"Basic realm="a""#)]], .broken),
        ("RES-05", "key", ["N-01": [.challenge(#"Basic realm="a""#)]], .notTestable),
        ("RES-06", "bearer", ["N-01": [.bare]], .kept), ("RES-06", "bearer", ["N-01": [.challenge("Bearer")]], .broken),
        ("RES-07", "bearer", ["N-01": [.bare]], .kept),
        ("RES-07", "bearer", ["N-01": [.challenge(#"Bearer realm="a", scope="b", scope="c""#)]], .broken),
        ("RES-07", "bearer", ["N-01": [.challenge("Bearer realm=a")]], .broken),
        ("RES-08", "bearer", ["N-01": [.bare]], .kept), ("RES-08", "bearer", ["N-01": [.invalid]], .broken),
        ("RES-08", "bearer", ["N-01": [.status(403)]], .notTestable),
        ("RES-09", "bearer", ["N-07": [.invalid], "N-09": [.invalid]], .kept),
        ("RES-09", "bearer", ["N-07": [.invalid], "N-09": [.served]], .broken),
        ("RES-09", "bearer", ["N-07": [.status(403)]], .broken), ("RES-09", "bearer", ["N-07": [.bare]], .observed),
        ("RES-09", "key", ["N-07": [.status(403)]], .notTestable),
        ("RES-11", "bearer", ["N-28": [Reply(status: 400, query: "access_token=x")], "N-33": [.bare]], .kept),
        ("RES-11", "bearer", ["N-28": [Reply(status: 401, query: "access_token=x")]], .broken),
        ("RES-11", "bearer", ["N-32": [.status(403)]], .broken),
        ("RES-11", "bearer", ["N-28": [.served]], .notTestable),
        ("RES-12", "bearer", ["N-01": [.invalid]], .kept),
        ("RES-12", "bearer", ["N-01": [.challenge(#"Bearer error_description="so \"bad\"""#)]], .broken),
        ("RES-13", "key", ["N-28": [.served]], .notTestable),
        ("RES-15", "bearer", ["N-26": [Reply.served.with("Cache-Control", "max-age=5, Private")]], .kept),
        ("RES-15", "bearer", ["N-26": [.served]], .broken), ("RES-15", "bearer", ["N-26": [.bare]], .notTestable),
        ("RES-17", "bearer", ["N-29": [.served, .served]], .kept),
        ("RES-17", "bearer", ["N-29": [.served, .bare]], .broken),
        ("RES-17", "bearer", ["N-29": [.status(503)]], .noVerdict),
        ("RES-18", "bearer", ["N-30": [.served]], .kept), ("RES-18", "bearer", ["N-30": [.bare]], .observed),
        ("RES-21", "bearer", ["RES-21": [.bare]], .kept), ("RES-21", "bearer", ["RES-21": [.status(422)]], .broken),
        ("RES-21", "bearer", ["RES-21": [.served]], .broken),
        ("RES-22", "bearer", ["RES-22": [.bare]], .kept), ("RES-22", "bearer", ["RES-22": [.status(404)]], .broken),
        // Everything is hidden alike.
        ("RES-22", "bearer", ["RES-22": [.status(404)], "N-01": [.status(404)]], .kept),
        ("RES-23", "bearer", ["N-01": [.body(401, #"{"error":"no"}"#)]], .kept),
        ("RES-23", "bearer", ["N-01": [.body(401, "Traceback (most recent call last):")]], .broken),
        ("RES-23", "bearer", ["N-01": [.body(403, "see http://10.0.0.7/")]], .broken),
        ("RES-23", "bearer", ["N-01": [.body(403, orders)]], .broken),
        ("RES-23", "bearer", ["N-07": [.body(401, "no such token: the-sent-credential")]], .broken),
        ("RES-23", "bearer", ["N-01": [.status(404)]], .notTestable),
        ("RES-24", "bearer", [:], .kept),
        ("RES-24", "bearer", ["control": [Reply.served.with("Cache-Control", "public, max-age=60")]], .broken),
        ("RES-24", "bearer", ["control": [Reply.served.with("Cache-Control", "max-age=60")]], .kept),
        ("RES-24", "key", ["control": [Reply.served.with("Cache-Control", "max-age=60")]], .broken),
        ("RES-24", "key", ["control": [Reply.served.with("Cache-Control", "private, max-age=60")]], .kept),
        ("RES-25", "bearer", ["N-51": [.served, .bare]], .kept),
        ("RES-25", "bearer", ["N-51": [.served, .served]], .broken),
        ("RES-25", "bearer", ["N-51": [.bare, .bare]], .noVerdict),
        ("RES-25", "bearer", ["N-51": [.served, .served], "N-01": [.served]], .notTestable),

        ("RES-29", "bearer", [:], .notTestable),
        ("RES-32", "bearer", ["N-43": [.by(.head, 401)]], .kept),
        ("RES-32", "bearer", ["N-43": [.by(.head, 200)]], .broken),
        ("RES-32", "bearer", ["N-43": [.by(.head, 200)], "N-01": [.served]], .notTestable),
        ("RES-34", "bearer", ["N-43": [.by(.options, 204)]], .kept),
        ("RES-34", "bearer", ["N-43": [.by(.options, 200, orders)]], .observed),
        ("RES-35", "bearer", ["RES-35": [.status(405)]], .kept),
        ("RES-35", "bearer", ["RES-35": [.body(200, "TRACE /v1 HTTP/1.1")]], .broken),
        ("RES-35", "bearer", ["RES-35": [.body(200, "{}")]], .observed),
        ("RES-35", "bearer", ["RES-35": [.trouble(.timeout)]], .noVerdict),
        ("RES-36", "bearer", ["N-47": [.served]], .observed), ("RES-36", "bearer", ["N-47": [.bare]], .kept),
        ("RES-36", "bound", ["N-47": [.served]], .broken),
        ("JWT-09", "bearer", ["N-12": [.served]], .notTestable), ("JWT-13", "jwt", ["N-17": [.status(500)]], .observed),
        ("JWT-16", "jwt", ["N-07": [.invalid], "N-34": [.status(400)], "N-35": [.status(431)]], .kept),
        ("JWT-16", "jwt", ["N-07": [.invalid], "N-34": [.status(500)]], .broken),
        ("JWT-16", "jwt", ["N-07": [.status(403)]], .broken), ("JWT-16", "jwt", ["N-07": [.served]], .broken),
        ("JWT-16", "jwt", ["N-35": [.status(502)]], .noVerdict),
        ("JWT-16", "key", ["N-07": [.status(500)]], .notTestable),
        ("HTT-01", "bearer", ["RES-35": [Reply.status(405).with("Allow", "GET")]], .kept),
        ("HTT-01", "bearer", ["RES-35": [.status(405)]], .broken), ("HTT-01", "bearer", [:], .notTestable),
        ("HTT-02", "basic", ["N-01": [.challenge(#"Basic realm="a""#)]], .kept),
        ("HTT-02", "basic", ["N-01": [.challenge("Basic")]], .broken), ("HTT-02", "bearer", [:], .notTestable),
        ("HTT-03", "bearer", ["N-01": [Reply.status(429).with("Retry-After", "120")]], .kept),
        ("HTT-03", "bearer", ["N-01": [Reply.status(503).with("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")]], .kept),
        ("HTT-03", "bearer", ["N-01": [Reply.status(429).with("Retry-After", "2 minutes")]], .broken),
        ("HTT-03", "bearer", [:], .notTestable), ("HTT-04", "bearer", [:], .kept),
        ("HTT-04", "bearer", ["N-01": [.status(407)]], .broken), ("HTT-05", "bearer", [:], .kept),
        ("HTT-05", "bearer", ["control": [Reply.status(302).with("Location", "https://other.test/")]], .broken),
        ("HTT-05", "bearer", ["control": [Reply.status(302).with("Location", "/v2/orders")]], .kept),
        ("HTT-06", "bearer", ["control": [Reply.served.with("Strict-Transport-Security", "max-age=1")]], .kept),
        ("HTT-06", "bearer", [:], .observed), ("HTT-07", "bearer", ["HTT-07": [.status(404)]], .kept),
        ("HTT-07", "bearer", [:], .notTestable),
        ("HTT-07", "bearer", ["HTT-07": [.status(401)]], .broken),
        ("KEY-01", "key", ["N-01": [.challenge("ApiKey")]], .kept),
        ("KEY-01", "key", ["N-48": [.status(401)]], .broken),
        ("KEY-01", "bearer", ["N-01": [.status(401)]], .notTestable), ("KEY-02", "key", [:], .kept),
        ("KEY-02", "query", [:], .broken), ("KEY-02", "bearer", [:], .notTestable),
    ]

    private static let asksForProof = Reply.challenge(#"DPoP algs="ES256", error="invalid_dpop_proof""#)
    private static let wantsNonce = Reply.challenge(#"DPoP algs="ES256", error="use_dpop_nonce""#)
    private static let five = Array(repeating: asksForProof, count: 5)

    static let possession: [Row] = [
        ("POP-03", "dpop", ["POP-03": [asksForProof]], .kept), ("POP-03", "dpop", ["POP-03": [.served]], .broken),
        ("POP-03", "dpop", ["POP-03": [.challenge("DPoP realm=\"a\"")]], .broken),
        ("POP-03", "dpop", ["POP-03": [.bare]], .broken), ("POP-03", "dpop", ["POP-03": [.status(403)]], .broken),
        ("POP-03", "dpop", ["POP-03": [.status(503)]], .noVerdict), ("POP-03", "bearer", [:], .notTestable),
        ("POP-03", "dpop", ["POP-03": [.served], "N-01": [.served]], .notTestable),
        ("POP-04", "dpop", ["POP-04": five + [.served, asksForProof]], .kept),
        ("POP-04", "dpop", ["POP-04": five + [.served, .served]], .observed),
        // Refused from the first on: nothing was used twice.
        ("POP-04", "dpop", ["POP-04": five + [wantsNonce, wantsNonce]], .kept),
        ("POP-04", "dpop", ["POP-04": five.dropLast() + [.served, .served, asksForProof]], .broken),
        ("POP-04", "dpop", ["POP-04": five.dropLast() + [wantsNonce, .served, asksForProof]], .noVerdict),
        (
            "POP-04", "dpop", ["POP-04": [.served] + five.dropLast() + [.served, .served], "N-01": [.served]],
            .notTestable
        ),
        ("POP-04", "bearer", [:], .notTestable),
        ("POP-05", "dpop", ["POP-05": [asksForProof]], .kept), ("POP-05", "dpop", ["POP-05": [.served]], .broken),
        ("POP-05", "dpop", ["POP-05": [wantsNonce]], .noVerdict), ("POP-05", "dpop", [:], .notTestable),
        ("POP-10", "bound", ["N-47": [.invalid]], .kept), ("POP-10", "bound", ["N-47": [.trouble(.tls)]], .kept),
        ("POP-10", "bound", ["N-47": [.served]], .broken), ("POP-10", "bound", ["N-47": [.status(403)]], .observed),
        ("POP-10", "bound", ["N-47": [.trouble(.timeout)]], .noVerdict),
        ("POP-10", "bearer", ["N-47": [.served]], .notTestable),
        ("POP-13", "dpop", ["N-01": [.challenge(#"Bearer realm="a", DPoP algs="ES256""#)]], .kept),
        (
            "POP-13", "dpop", ["N-01": [.challenge(#"Bearer realm="a", DPoP algs="ES256", error="invalid_token""#)]],
            .broken
        ),
        ("POP-13", "dpop", ["N-07": [.challenge(#"Bearer error="invalid_token", DPoP algs="ES256""#)]], .kept),
        (
            "POP-13", "dpop", ["N-46": [.challenge(#"Bearer realm="a", DPoP algs="ES256", error="invalid_token""#)]],
            .broken
        ),
        ("POP-13", "dpop", ["N-01": [asksForProof]], .notTestable), ("RES-36", "dpop", ["N-46": [.served]], .broken),
        ("RES-36", "dpop", ["N-46": [asksForProof]], .kept),
    ]

    private static func describing(_ members: String) -> Reply { .body(200, "{ \(members) }") }
    private static func pointing(_ url: String) -> Reply {
        .challenge("Bearer realm=\"a\", resource_metadata=\"\(url)\"")
    }
    private static let own = "https://api.acme.test/v1/orders/7"

    /// What an API says of itself.
    static let descriptions: [Row] = [
        ("DIS-18", "bearer", ["DIS-18": [describing("")]], .kept),
        ("DIS-18", "bearer", ["DIS-18": [.status(404), describing("")]], .kept),
        ("DIS-18", "bearer", ["DIS-18": [.status(404)], "N-01": [.bare]], .notTestable),
        ("DIS-18", "bearer", ["DIS-18": [.status(404)], "N-01": [pointing(own)]], .broken),
        ("DIS-18", "bearer", ["DIS-18": [.body(200, "<html>")], "N-01": [pointing(own)]], .broken),
        ("DIS-18", "bearer", ["DIS-18": [.trouble(.timeout)], "N-01": [pointing(own)]], .noVerdict),
        ("DIS-19", "bearer", ["DIS-18": [.status(404)]], .notTestable),
        ("DIS-19", "bearer", ["DIS-18": [describing("")]], .broken),
        ("DIS-20", "bearer", ["DIS-18": [describing("")], "N-01": [pointing(own)]], .kept),
        ("DIS-20", "bearer", ["DIS-18": [describing("")], "N-01": [pointing(own + "/x")]], .broken),
        ("DIS-20", "bearer", ["DIS-18": [describing("")], "N-01": [.bare]], .broken),
        ("DIS-20", "bearer", ["DIS-18": [describing("")], "N-01": [.status(403)]], .notTestable),
        ("DIS-20", "bearer", ["DIS-18": [describing("")], "N-01": [.served]], .notTestable),
        ("DIS-21", "bearer", ["DIS-18": [describing("")], "N-26": [.served]], .notTestable),
        ("DIS-21", "bearer", ["DIS-18": [describing(inHeader)], "N-26": [.served]], .broken),
        ("DIS-21", "bearer", ["DIS-18": [describing(inHeader)], "N-26": [.invalid], "N-27": [.invalid]], .kept),
        ("DIS-21", "bearer", ["DIS-18": [describing(inHeader)], "N-27": [.served]], .broken),
        ("DIS-21", "bearer", ["DIS-18": [describing(everywhere)], "N-26": [.invalid]], .broken),
        ("DIS-21", "bearer", ["DIS-18": [describing(everywhere)], "N-26": [.served]], .kept),
        ("DIS-21", "bearer", ["DIS-18": [describing(#""bearer_methods_supported": []"#)]], .broken),
        ("DIS-22", "bearer", ["DIS-18": [describing(#""authorization_servers": []"#)]], .notTestable),
    ]
    private static let inHeader = #""bearer_methods_supported": ["header"]"#
    private static let everywhere = #""bearer_methods_supported": ["header", "query"]"#

    @Test("Each rule is kept or broken by what came", arguments: rows + possession + descriptions)
    func rule(_ row: Row) async throws { try await Self.expect(row.id, row.kind, row.replies, row.outcome) }

    @Test("Every rule about protected resources has a check, and each needs only probes there are")
    func complete() {
        func ids(_ family: String, _ numbers: some Sequence<Int>) -> [String] {
            numbers.map { "\(family)-" + ($0 < 10 ? "0" : "") + "\($0)" }
        }
        let wanted =
            ids("RES", 1...36) + ids("JWT", Array(9...14) + [16]) + ids("HTT", 1...7) + ids("KEY", 1...2)
            + ids("POP", [3, 4, 5, 10, 13]) + ids("DIS", 18...22)
        let judged = Set(CheckedRule.all.map(\.id))
        #expect(wanted.filter { !judged.contains($0) } == [])
        let probes = Set(ResourceProbe.all.map(\.id))
        for check in ResourceRuleCheck.all { #expect(probes.isSuperset(of: check.probes), "\(check.id)") }
    }

    @Test("A probe that was not sent gives its own reason")
    func unsent() async throws {
        var evidence = try await Self.evidence("bearer", [:])
        evidence.unsent["N-25"] = "the identity has no refresh token"
        guard case .notTestable(let reason) = try Self.check("RES-30").judge(evidence) else {
            Issue.record("judged")
            return
        }
        #expect(reason == "the identity has no refresh token")
    }

    // MARK: Support

    private static func check(_ id: String) throws -> ResourceRuleCheck {
        try #require(ResourceRuleCheck.all.first { $0.id == id }, "no check \(id)")
    }

    private static func evidence(_ kind: String, _ replies: [String: [Reply]]) async throws -> ResourceEvidence {
        let bench =
            kind == "bound"
            ? try await ProbeBench.bearer(
                ProbeBench.jwt(#"{"alg":"HS256"}"#, #"{"cnf":{"x5t#S256":"abc"}}"#, key: "unguessable-0123456789"))
            : try await ProbeBench.apply(kind)
        var request = bench.material.request
        try bench.material.credential.apply(to: &request)
        let control = exchange("with its credential", replies["control"]?.first ?? .served, request)
        var evidence = ResourceEvidence(
            identity: bench.material.identity, credential: bench.material.credential, control: control)
        for (id, replies) in replies where id != "control" {
            evidence.exchanges[id] = try replies.enumerated().map { place, reply in
                var request = HTTPRequest(reply.method, try HTTPURL(parsing: "https://api.acme.test/v1/orders/7"))
                request.url.query = reply.query
                if reply.query != nil { request.sensitiveQuery = ["access_token"] }
                if id != "N-01" {
                    request.headers.append(
                        HeaderField("Authorization", "Bearer the-sent-credential", isSensitive: true))
                }
                return exchange("\(id) \(place)", reply, request)
            }
        }
        return evidence
    }

    private static func exchange(_ sent: String, _ reply: Reply, _ request: HTTPRequest) -> ProbeExchange {
        if let kind = reply.trouble {
            return ProbeExchange(sent: sent, request: request, answer: .failure(TransportError(kind, "no")))
        }
        var headers = HeaderFields(reply.headers.map { HeaderField($0, $1) })
        if let challenge = reply.challenge { headers.append(HeaderField("WWW-Authenticate", challenge)) }
        let response = HTTPResponse(status: reply.status, headers: headers, body: Array(reply.body.utf8))
        return ProbeExchange(sent: sent, request: request, answer: .success(response))
    }

    private static func expect(
        _ id: String, _ kind: String, _ replies: [String: [Reply]], _ expected: Outcome
    ) async throws {
        let verdict = try check(id).judge(try await evidence(kind, replies))
        let (found, words): (Outcome, [String]) =
            switch verdict {
            case .kept: (.kept, [])
            case .broken(let expected, let actual, _), .letIn(let expected, let actual, _):
                (.broken, [expected, actual])
            case .observed(let sentence): (.observed, [sentence])
            case .notTestable(let reason): (.notTestable, [reason])
            case .noVerdict(let sentence): (.noVerdict, [sentence])
            }
        #expect(found == expected, "\(id) \(kind): \(words)")
        #expect(words.allSatisfy { !$0.isEmpty })
        for secret in [ProbeBench.key, ProbeBench.opaque, ProbeBench.jwt, "the-sent-credential"] {
            #expect(words.allSatisfy { !$0.contains(secret) })
        }
        if found == .noVerdict { #expect(words[0].hasPrefix("No verdict: ")) }
    }
}
