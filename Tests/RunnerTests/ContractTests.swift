import Contract
import HTTP
import Providers
import Results
import Synchronization
import Testing

@testable import Runner

@Suite("The contract in a run")
struct ContractTests {
    /// Two tenants, a reader, and somebody whose token is no good.
    private static let environment = """
        { "name": "test", "identities": {
          "acme": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
            "secrets": { "token": { "env": "ACME" } }, "owns": { "order": "1", "line": "10" } },
          "globex": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
            "secrets": { "token": { "env": "GLOBEX" } }, "owns": { "order": "2", "line": "20" } },
          "reader": { "provider": "bearer", "vars": { "apiURL": "https://api.test" }, "secrets": { "token": { "env": "READER" } } },
          "dead": { "provider": "bearer", "vars": { "apiURL": "https://api.test" }, "secrets": { "token": { "env": "DEAD" } } } },
          "groups": { "tenants": ["acme", "globex"] } }
        """

    private static let tokens = [
        "ACME": "acme-token-0123456789", "GLOBEX": "globex-token-0123456789", "READER": "reader-token-0123456789",
        "DEAD": "dead-token-0123456789",
    ]

    /// An API that does everything right: 401 without a known token, 403 for the reader's writes, 404 for what belongs to
    /// others; looks at the credential first, at the body last.
    private static func api(_ request: HTTPRequest) -> HTTPResponse {
        let caller = ["acme", "globex", "reader"].first {
            request.headers["Authorization"] == "Bearer \($0)-token-0123456789"
        }
        guard let caller else { return json(401, #"{ "error": "unauthorized" }"#) }
        if !request.method.isSafe {
            if caller == "reader" { return json(403, #"{ "error": "forbidden" }"#) }
            guard case .bytes(let body) = request.body, body.last == UInt8(ascii: "}") else {
                return json(400, #"{ "error": "bad body" }"#)
            }
            return json(201, #"{ "id": "9" }"#)
        }
        let path = request.url.path.split(separator: "/").map(String.init)
        let foreign = caller == "globex" ? ["1", "10"] : ["2", "20"]
        if path.contains(where: foreign.contains) { return json(404, #"{ "error": "not found" }"#) }
        return json(200, #"{ "id": "1", "items": [1, 2] }"#)
    }

    private static func json(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: [
                HeaderField("Content-Type", "application/json"), HeaderField("WWW-Authenticate", "Bearer realm=\"x\""),
            ], body: Array(text.utf8))
    }

    private func run(
        _ requests: String, extent: ContractExtent = .beside, allowedClass: Int = 3,
        _ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse = { ContractTests.api($0) }
    ) async -> (events: [RunEvent], sent: [HTTPRequest]) {
        var bench = RunBench()
        bench.environment = Self.environment
        bench.variables = Self.tokens
        bench.contract = extent
        // No rule of a pack: the cases of the requests alone.
        bench.policy.only = ["no-credential", "invalid-credential", "altered-credential", "access"]
        bench.policy.allowedClass = allowedClass
        return await bench.run([#"{ "name": "A", "as": "acme", "requests": [\#(requests)] }"#], answer)
    }

    @Test(
        "a caller of a provider that nothing else names is asked, in a group too", arguments: ["partner", "partners"])
    func otherProvider(_ caller: String) async {
        var bench = RunBench()
        bench.environment = """
            { "name": "test", "identities": {
              "acme": { "provider": "bearer", "vars": { "apiURL": "https://api.test" }, "secrets": { "token": { "env": "ACME" } } },
              "partner": { "provider": "api-key", "vars": { "apiURL": "https://api.test" },
                "secrets": { "key": { "env": "GLOBEX" } } } },
              "groups": { "partners": ["partner"] } }
            """
        bench.variables = Self.tokens
        bench.contract = .beside
        bench.policy.only = ["access"]
        let request = #"{ "name": "read", "request": "GET https://api.test/orders", "access": { "\#(caller)": 403 } }"#
        let (events, _) = await bench.run([#"{ "name": "A", "as": "acme", "requests": [\#(request)] }"#]) { request in
            request.headers.contains(name: "Authorization") ? Self.api(request) : Self.json(403, "{}")
        }
        #expect(events.cases == ["read › as partner: passed"])
    }

    @Test("a server that refuses passes, and its refusals are seen between two calls that succeed")
    func clean() async {
        let (events, sent) = await run(#"{ "name": "read", "request": "GET https://api.test/orders" }"#)
        #expect(events.verdicts == ["passed"])
        #expect(events.cases == ["read › no-credential: passed", "read › invalid-credential: passed"])
        let good = sent.map { $0.headers["Authorization"] == "Bearer acme-token-0123456789" }
        #expect(good.first == true && good.last == true)
        #expect(good.filter { !$0 }.count == 2)
    }

    @Test("a caller who gets in is a hole, and its sentence says who, what and how")
    func hole() async throws {
        let (events, _) = await run(#"{ "name": "read", "request": "GET https://api.test/orders" }"#) { request in
            request.headers.contains(name: "Authorization")
                ? Self.api(request) : Self.json(200, #"{ "id": "1", "items": [1, 2] }"#)
        }
        let outcome = try #require(events.contract.first)
        guard case .failed(let finding) = outcome.verdict else { throw Unexpected(outcome.verdict) }
        #expect(finding.kind == .hole)
        for words in ["Hole:", "`read`", "without credential", "GET https://api.test/orders", "200"] {
            #expect(finding.sentence.contains(words), "\(finding.sentence)")
        }
    }

    private struct Unexpected: Error {
        let verdict: ContractVerdict
        init(_ verdict: ContractVerdict) { self.verdict = verdict }
    }

    @Test("a refusal of another kind than documented is a deviation")
    func deviation() async {
        let (events, _) = await run(
            #"{ "name": "read", "request": "GET https://api.test/orders", "denies": { "no-credential": 401 } }"#
        ) { request in
            request.headers.contains(name: "Authorization") ? Self.api(request) : Self.json(403, "{}")
        }
        #expect(events.cases == ["read › no-credential: Deviation"])
    }

    @Test("an unsafe request is probed before it is sent, and never in a form that could be processed")
    func unsafe() async {
        let (events, sent) = await run(
            #"{ "name": "create", "request": "POST https://api.test/orders", "body": { "json": { "a": 1 } }, "expect": { "status": 201 } }"#
        )
        #expect(events.verdicts == ["passed"])
        #expect(events.cases == ["create › no-credential: passed", "create › invalid-credential: passed"])
        let whole = sent.filter { $0.body == .bytes(Array(#"{"a":1}"#.utf8)) }
        #expect(whole.count == 1)
        #expect(sent.last == whole.first)
    }

    @Test("an unsafe request that looks at the body before the credential gives no verdict, not a hole")
    func bodyFirst() async {
        let (events, _) = await run(
            #"{ "name": "create", "request": "POST https://api.test/orders", "body": { "json": { "a": 1 } }, "expect": { "status": 201 }, "denies": ["no-credential"] }"#
        ) { request in
            guard case .bytes(let body) = request.body, body.last == UInt8(ascii: "}") else {
                return Self.json(400, "{}")
            }
            return Self.api(request)
        }
        #expect(events.cases == ["create › no-credential: No verdict"])
    }

    @Test("a request that does not pass gives no verdict: a refusal says nothing then")
    func noControl() async {
        let (events, sent) = await run(#"{ "name": "read", "request": "GET https://api.test/orders" }"#) { _ in
            Self.json(401, "{}")
        }
        #expect(events.verdicts == ["failed"])
        #expect(events.cases.allSatisfy { $0.hasSuffix("No verdict") } && events.cases.count == 2)
        #expect(sent.count == 1)
    }

    @Test("where the request no longer succeeds after the probes, refusals count no more, and the culprit is named")
    func locked() async throws {
        // An altered token gives the whole identity away.
        let isLocked = Mutex(false)
        let (events, _) = await run(
            #"{ "name": "read", "request": "GET https://api.test/orders", "denies": ["no-credential", "altered-credential"] }"#
        ) { request in
            let value = request.headers["Authorization"] ?? ""
            if value.contains("acme-tok"), value != "Bearer acme-token-0123456789" { isLocked.withLock { $0 = true } }
            return isLocked.withLock { $0 } ? Self.json(401, "{}") : Self.api(request)
        }
        #expect(
            events.cases == ["read › no-credential: No verdict", "read › altered-credential: No verdict"],
            "\(events.cases)")
    }

    @Test("valid credentials of others: let in and kept out as the matrix says")
    func access() async {
        let (events, _) = await run(
            """
            { "name": "list", "request": "GET https://api.test/orders", "denies": [],
              "access": { "reader": "allow", "globex": "allow", "nobody": "deny", "anonymous": "deny" } },
            { "name": "read", "request": "GET https://api.test/orders/{{order}}", "denies": [], "access": { "tenants": "own", "reader": 403 } }
            """)
        #expect(
            events.cases == [
                "list › as nobody: the environment has no identity 'nobody'",
                "list › as reader: passed", "list › as globex: passed", "list › as anonymous: passed",
                "read › as acme on acme's: passed", "read › as globex on globex's: passed",
                "read › as acme on globex's: passed", "read › as globex on acme's: passed", "read › as reader: Hole",
            ], "\(events.cases.joined(separator: "\n"))")
    }

    @Test("each of several owned values is also swapped alone")
    func swapped() async {
        let (events, sent) = await run(
            #"{ "name": "line", "request": "GET https://api.test/orders/{{order}}/lines/{{line}}", "denies": [], "access": { "globex": "own", "acme": "own" } }"#
        )
        let names = events.cases.map { $0.split(separator: ":")[0] }
        #expect(names.contains("line › as globex on globex's"))
        let paths = Set(sent.map(\.url.path))
        #expect(paths.contains("/orders/1/lines/10") && paths.contains("/orders/2/lines/20"))
    }

    @Test("a 401 to somebody whose credential was never let in says nothing about rights")
    func dead() async {
        let (events, _) = await run(
            #"{ "name": "list", "request": "GET https://api.test/orders", "denies": [], "access": { "dead": "deny" } }"#
        )
        #expect(events.cases == ["list › as dead: No verdict"])
    }

    @Test("others call an unsafe request only where that is allowed")
    func classes() async {
        let request =
            #"{ "name": "create", "request": "POST https://api.test/orders", "body": { "json": { "a": 1 } }, "expect": { "status": 201 }, "denies": [], "access": { "reader": 403 } }"#
        let (kept, keptSent) = await run(request)
        #expect(keptSent.count == 1)
        #expect(kept.cases.first?.contains("--allow-class 4") == true)
        let (asked, askedSent) = await run(request, allowedClass: 4)
        #expect(asked.cases == ["create › as reader: passed"])
        #expect(askedSent.count == 2)
    }

    @Test("who got in before the request is a hole, also where the request then fails because of it")
    func early() async {
        let isGone = Mutex(false)
        let (events, _) = await run(
            #"{ "name": "remove", "request": "DELETE https://api.test/orders/1", "expect": { "status": 204 }, "denies": [], "access": { "reader": "deny", "globex": "deny" } }"#,
            allowedClass: 4
        ) { request in
            if request.headers["Authorization"]?.contains("reader") == true {
                isGone.withLock { $0 = true }
                return HTTPResponse(status: 204)
            }
            return Self.json(isGone.withLock { $0 } ? 404 : 204, "{}")
        }
        #expect(events.verdicts == ["failed"])
        #expect(events.cases == ["remove › as reader: Hole", "remove › as globex: No verdict"])
    }

    @Test("the contract alone sends no request that changes something, and says what it could not ask for")
    func alone() async {
        let (events, sent) = await run(
            """
            { "name": "create", "request": "POST https://api.test/orders", "body": { "json": { "a": 1 } }, "expect": { "status": 201 },
              "capture": { "id": { "json": "$.id" } }, "denies": ["no-credential"] },
            { "name": "read", "request": "GET https://api.test/orders/{{id}}", "denies": ["no-credential"] },
            { "name": "list", "request": "GET https://api.test/orders", "denies": ["no-credential"] }
            """, extent: .alone)
        #expect(events.outcomes.isEmpty)
        #expect(
            events.cases == [
                "create › no-credential: passed",
                #"read › no-credential: needs "id" from "create", which writes; use run --contract"#,
                "list › no-credential: passed",
            ])
        #expect(!sent.contains { $0.body == .bytes(Array(#"{"a":1}"#.utf8)) })
    }

    @Test("probing stops where the server asks for fewer requests")
    func throttled() async {
        let (events, sent) = await run(
            """
            { "name": "one", "request": "GET https://api.test/orders", "denies": ["no-credential", "invalid-credential"] },
            { "name": "two", "request": "GET https://api.test/lines", "denies": ["no-credential"] }
            """
        ) { request in
            request.headers["Authorization"] == "Bearer acme-token-0123456789"
                ? Self.api(request) : Self.json(429, "{}")
        }
        #expect(events.cases.contains("one › no-credential: No verdict"), "\(events.cases)")
        #expect(events.cases.last?.contains("429") == true)
        // Two requests, one probe, one more control: nothing after the 429.
        #expect(sent.count == 4, "\(sent.map(\.url.path))")
    }
}
