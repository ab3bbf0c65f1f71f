import JSON
import Reports
import TestSupport
import Testing

@Suite("usher explain REPORT", .timeLimit(.minutes(3)))
struct ExplainReportTests {
    /// What an unexpected 401 or 403 says, and what is said of it.
    struct Refused: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        var challenges: [String] = []
        var identity: String? = "acme"
        /// Seconds from when the token was got to its end and to the answer; nil: no token.
        var token: (life: Int, age: Int)? = (3600, 5)
        var granted: [String]?
        var asked: [String] = []
        let says: String
        var rule: String?
    }

    static let refusals = [
        Refused(
            testDescription: "nobody called", status: 401, challenges: ["Bearer"], identity: nil, token: nil,
            says: "went out without a credential", rule: "RES-02"),
        Refused(
            testDescription: "the token had ended", status: 401, challenges: [#"Bearer error="invalid_token""#],
            token: (60, 95), says: "had ended 35 s before", rule: "RES-26"),
        Refused(
            testDescription: "a fresh token is refused", status: 401, challenges: [#"Bearer error="invalid_token""#],
            says: "It was 5 s old", rule: "RES-09"),
        Refused(
            testDescription: "another scheme is wanted", status: 401, challenges: [#"Basic realm="r""#],
            says: "asks for Basic", rule: "RES-05"),
        Refused(testDescription: "no challenge", status: 401, says: "no WWW-Authenticate field", rule: "RES-03"),
        Refused(
            testDescription: "the proof is not taken", status: 401,
            challenges: [#"DPoP error="invalid_dpop_proof", algs="ES256""#], says: "the proof that the caller holds"),
        Refused(
            testDescription: "a challenge that says nothing", status: 401, challenges: [#"Bearer realm="r""#],
            says: "Neither the answer nor the token says why"),
        Refused(
            testDescription: "a scope that was not asked for", status: 403,
            challenges: [#"Bearer error="insufficient_scope", scope="read write""#], granted: ["read"], asked: ["read"],
            says: "lacks the scope 'write'", rule: "RES-10"),
        Refused(
            testDescription: "a scope that was not granted", status: 403,
            challenges: [#"Bearer error="insufficient_scope", scope="write""#], granted: ["read"],
            asked: ["read", "write"], says: "it was asked for and not granted", rule: "RES-10"),
        Refused(
            testDescription: "less than asked, and no reason", status: 403, granted: ["read"],
            asked: ["read", "write"],
            says: "has less than was asked for: without 'write'", rule: "TOK-16"),
        Refused(
            testDescription: "a role", status: 403, granted: ["read"], asked: ["read"],
            says: "does not let it do this", rule: "RES-19"),
    ]

    @Test("says the likeliest reason of a refusal, the rule behind it and what to do", arguments: refusals)
    func reasons(_ refused: Refused) async throws {
        let project = try UsherProject(["run.json": Self.report(refused)])
        defer { project.folder.remove() }
        let document = try JSONDocument.parse(try project.text("run.json"))
        #expect(TableConformance(ReportTables.all).faults(document.root, ReportTables.report) == [])
        let result = try await project.run(["explain", "run.json"])
        #expect(result.status == 0, "\(result.errorText)")
        let words = result.outputText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("1 unexpected 401 or 403"), "\(result.outputText)")
        #expect(words.contains(refused.says), "\(result.outputText)")
        #expect(words.contains("next: "), "\(result.outputText)")
        if let rule = refused.rule {
            #expect(words.contains("Rule \(rule): usher explain \(rule)."), "\(result.outputText)")
            let text = try await project.run(["explain", rule])
            #expect(text.outputText.hasPrefix("\(rule): "))
        }
    }

    @Test("explains what a real run wrote, and the run's report keeps to the published form")
    func real() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        try project.folder.write(
            "collections/refused.json",
            """
            { "name": "Refused", "provider": "zarv", "requests": [
                { "name": "users", "as": "zarv-readonly", "request": "GET /v1/users" },
                { "name": "nobody", "as": "anonymous", "request": "GET /v1/me" },
                { "name": "meant so", "as": "anonymous", "request": "GET /v1/me", "expect": { "status": 401 } } ] }
            """)
        let run = try await project.run(
            ["run", "--contract", "--sandbox", "-q", "--json", "out/run.json", "collections/zarv.json"]
                + ["collections/refused.json"])
        #expect(run.status == 1, "\(run.errorText)")
        let root = try JSONDocument.parse(try project.text("out/run.json")).root
        #expect(TableConformance(ReportTables.all).faults(root, ReportTables.report) == [])
        let kinds = try JSONPath(parsing: "$.collections[*].cases[*].kind").select(root).compactMap(\.string)
        #expect(kinds.count { $0 == "contract" } > 50)
        let explained = try await project.run(["explain", "out/run.json"])
        #expect(explained.status == 0, "\(explained.errorText)")
        #expect(explained.outputText.contains("2 unexpected 401 or 403"), "\(explained.outputText)")
        #expect(explained.outputText.contains("lacks the scope 'user:read'"), "\(explained.outputText)")
        #expect(explained.outputText.contains("scope resource:read"), "\(explained.outputText)")
        #expect(!explained.outputText.contains("meant so"))
    }

    @Test("names an identity that got no token once, with what was not sent for it")
    func dead() async throws {
        let project = try UsherProject.examples { path, text in
            path == "environments/sandbox.json"
                ? text.replacing("demo-zarv-password-acme-admin", with: "demo-wrong-password") : text
        }
        defer { project.folder.remove() }
        let run = try await project.run(["run", "--sandbox", "-q", "--json", "run.json", "collections/zarv.json"])
        #expect(run.status != 0)
        let explained = try await project.run(["explain", "run.json"])
        #expect(explained.outputText.contains("1 identity got no token"), "\(explained.outputText)")
        #expect(explained.outputText.contains("requests were not sent for it"), "\(explained.outputText)")
        #expect(!explained.outputText.contains("demo-wrong-password"))
    }

    @Test(
        "refuses what is no report, and says how to write one",
        arguments: [
            ("{}", "no report of a run"), ("[1]", "no report of a run"), ("{", "should stand"),
            (#"{"version":9,"usher":"9","collections":[]}"#, "another version"),
            (#"{"version":"1","usher":"9","collections":[]}"#, "another version"),
            (#"{"version":1,"usher":"9","collections":{}}"#, "no report of a run"),
        ])
    func refused(_ text: String, _ words: String) async throws {
        let project = try UsherProject(["run.json": text])
        defer { project.folder.remove() }
        let result = try await project.run(["explain", "run.json"])
        #expect(result.status == 2)
        #expect(result.errorText.contains(words), "\(result.errorText)")
        #expect(result.errorText.contains("run.json:1:"), "\(result.errorText)")
    }

    @Test("takes from a report of foreign making what it understands, and prints no control character of it")
    func foreign() async throws {
        let project = try UsherProject([
            "run.json": #"""
            { "version": 1, "usher": "x", "collections": [ 7, { "cases": [ null, { "name": "\u001b[2Jx", "exchange": {
              "status": 401, "url": "\u0007", "refusal": { "challenges": [ 4, "Bearer \u001b]0;t\u0007" ], "token": [] } } } ] } ],
              "credentials": { "identity": 1 } }
            """#
        ])
        defer { project.folder.remove() }
        let result = try await project.run(["explain", "run.json"])
        #expect(result.status == 0)
        #expect(result.outputText.contains("1 unexpected 401 or 403"))
        #expect(result.outputText.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A })
    }

    // MARK: Support

    private static func report(_ refused: Refused) -> String {
        let token = refused.token.map { token in
            let granted = refused.granted.map { ", \"scopeGranted\": \(list($0))" } ?? ""
            return """
                , "token": { "type": "Bearer", "origin": "login", "obtainedAt": "\(moment(0))",
                  "expiresAt": "\(moment(token.life))"\(granted) }
                """
        }
        let identity = refused.identity.map { "\"identity\": \"\($0)\"," } ?? ""
        return """
            { "version": 1, "usher": "0.1.0", "startedAt": "\(moment(0))", "sandbox": false, "notices": [],
              "collections": [ { "name": "A", "path": "a.json", "startedAt": "\(moment(0))", "cases": [
                { "kind": "request", "name": "one", \(identity) "file": "a.json", "line": 3, "verdict": "failed",
                  "duration": 3, "exchange": { "method": "GET", "url": "https://x.test/a", "status": \(refused.status),
                    "bodySize": 0, "refusal": { "answeredAt": "\(moment(refused.token?.age ?? 1))",
                      "challenges": \(list(refused.challenges))\(token ?? "") } } } ] } ],
              "credentials": [ { "identity": "acme", "provider": "p", "file": "e.json", "line": 1, "verdict": "passed",
                "duration": 1, "tokenRequests": 1, "scopeAsked": \(list(refused.asked)) } ],
              "totals": { "passed": 0, "failed": 1, "errors": 0, "skipped": 0, "warnings": 0, "contractCasesNotRun": 0 },
              "duration": 5, "interrupted": false }
            """
    }

    private static func list(_ texts: [String]) -> String {
        JSONValue.array(texts.map { .string($0) }).text()
    }

    private static func moment(_ seconds: Int) -> String {
        CalendarTime(1_795_595_400_000 + Int64(seconds) * 1000).rfc3339
    }
}
