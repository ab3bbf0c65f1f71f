import Contract
import Diagnostics
import Expectations
import HTTP
import Results
import Testing

@Suite("Refused, and refused as documented")
struct DenialJudgeTests {
    static let orders = #"{"orders":[{"id":1,"total":{"amount":2,"currency":"EUR"}}],"next":null}"#
    static let others = #"{"orders":[{"id":7,"total":{"amount":9,"currency":"SEK"}},{"id":8}],"next":"x"}"#
    static let source = "zarv, 'All requests … must include a valid access token'"

    /// An answer: status, body, media type.
    struct Reply: Sendable {
        var status: Int
        var body = ""
        var type = "application/json"

        var response: HTTPResponse {
            HTTPResponse(
                status: status, headers: body.isEmpty ? [] : [HeaderField("Content-Type", type)],
                body: Array(body.utf8))
        }
    }

    enum Outcome: Sendable, Equatable { case passed, hole, deviation, noVerdict, warned }

    struct Case: Sendable {
        var reply: Reply
        /// What is documented; nil: nothing.
        var documented: Int?
        var isMalformed = false
        var meetsBody = false
        var outcome: Outcome
        /// What the sentence says among others.
        var says = ""
    }

    static let cases = [
        Case(reply: Reply(status: 401), outcome: .passed), Case(reply: Reply(status: 403), outcome: .passed),
        Case(reply: Reply(status: 404), outcome: .passed),
        Case(reply: Reply(status: 401), documented: 401, outcome: .passed),
        Case(
            reply: Reply(status: 403), documented: 401, outcome: .deviation,
            says:
                "Deviation: `list orders` without credential: refused, but not as documented: 403, expected 401. Nobody got in."
        ),
        Case(reply: Reply(status: 400), outcome: .deviation, says: "400, expected 401, 403 or 404"),
        Case(reply: Reply(status: 400), isMalformed: true, outcome: .passed),
        Case(reply: Reply(status: 422), isMalformed: true, outcome: .deviation),
        Case(reply: Reply(status: 302), outcome: .deviation, says: "302, sent elsewhere instead of refused"),
        Case(reply: Reply(status: 500), outcome: .deviation, says: "500, the server failed"),
        Case(reply: Reply(status: 302), documented: 302, outcome: .passed),
        // Served.
        Case(
            reply: Reply(status: 200, body: orders), documented: 401, outcome: .hole,
            says: "GET https://api.acme.test/v1/orders answered 200 with the same body as `acme`"),
        Case(reply: Reply(status: 200, body: others), outcome: .hole, says: "Expected: 401, 403 or 404"),
        Case(
            reply: Reply(status: 200, body: #"{"hello":"world"}"#), meetsBody: true, outcome: .hole,
            says: "with a body that meets what the request expects"),
        // An error that says 200.
        Case(
            reply: Reply(status: 200, body: #"{"error":"unauthorised"}"#), outcome: .deviation,
            says: "200 with an error in its body"),
        Case(
            reply: Reply(status: 200, body: #"{"errors":[{"code":7}],"data":null}"#), meetsBody: true,
            outcome: .deviation),
        Case(reply: Reply(status: 200, body: #"{"error":"x"}"#), documented: 200, outcome: .passed),
        // Neither.
        Case(
            reply: Reply(status: 200, body: #"{"orders":[],"next":null}"#), meetsBody: true, outcome: .noVerdict,
            says: "with the list $.orders empty"),
        Case(
            reply: Reply(status: 200, body: "<h1>Log in</h1>", type: "text/html"), outcome: .noVerdict,
            says: "as text/html, not application/json"),
        Case(reply: Reply(status: 200, body: #"{"errors":[],"hello":1}"#), outcome: .noVerdict, says: "without $.next"),
        Case(reply: Reply(status: 204), outcome: .noVerdict),
        // Nobody looked at the credential.
        Case(reply: Reply(status: 429), outcome: .noVerdict), Case(reply: Reply(status: 423), outcome: .noVerdict),
        Case(reply: Reply(status: 502), outcome: .noVerdict), Case(reply: Reply(status: 503), outcome: .noVerdict),
        Case(reply: Reply(status: 504), outcome: .noVerdict),
        Case(reply: Reply(status: 429), documented: 429, outcome: .passed),
    ]

    @Test("A safe request is judged by its answer and its control", arguments: cases)
    func safe(_ one: Case) throws {
        let verdict = try Self.verdict(
            .answer(Reply(status: 200, body: Self.orders).response), .success(one.reply.response)
        ) { denial in
            denial.isMalformed = one.isMalformed
            denial.meetsBodyExpectations = one.meetsBody
            denial.documented = one.documented.map { Self.documented($0, one.reply.status) }
            denial.source = one.documented.map { _ in Self.source }
        }
        Self.expect(verdict, one.outcome, one.says)
    }

    static let harmless: [(control: Int?, answer: Int, Outcome)] = [
        (400, 401, .passed), (400, 403, .passed), (nil, 401, .passed),
        // The server looked at the form first, or at nothing else.
        (400, 400, .noVerdict), (404, 404, .noVerdict), (nil, 404, .noVerdict), (nil, 422, .noVerdict),
        (400, 404, .passed), (404, 422, .deviation), (400, 500, .deviation), (400, 201, .hole), (400, 503, .noVerdict),
    ]

    @Test("An unsafe request is judged by the form that cannot be processed", arguments: harmless)
    func unsafe(_ control: Int?, _ answer: Int, _ outcome: Outcome) throws {
        let verdict = try Self.verdict(
            .harmless(control.map { Reply(status: $0).response }), .success(Reply(status: answer).response))
        Self.expect(verdict, outcome)
    }

    static let troubles: [(TransportError.Kind, Bool, Outcome)] = [
        (.tls, true, .passed), (.tls, false, .noVerdict), (.connect, true, .noVerdict), (.timeout, false, .noVerdict),
    ]

    @Test("400 is a refusal where the client certificate was withheld, as nginx has it; another status is not")
    func withheldCertificate() throws {
        let control = DenialCase.Control.answer(Reply(status: 200, body: Self.orders).response)
        for (status, outcome) in [(400, Outcome.passed), (403, .passed), (422, .deviation)] {
            let verdict = try Self.verdict(control, .success(Reply(status: status).response)) {
                $0.withholdsCertificate = true
            }
            Self.expect(verdict, outcome, outcome == .deviation ? "expected 400, 401, 403 or 404" : "")
        }
    }

    @Test("A handshake that ends is a refusal where the certificate was withheld", arguments: troubles)
    func transport(_ kind: TransportError.Kind, _ withholds: Bool, _ outcome: Outcome) throws {
        let verdict = try Self.verdict(
            .answer(Reply(status: 200, body: Self.orders).response), .failure(TransportError(kind, "no"))
        ) { $0.withholdsCertificate = withholds }
        Self.expect(verdict, outcome)
    }

    @Test("The sentences are those of the product's description")
    func sentences() throws {
        let rule = RuleNote("RES-02", title: "Denied", source: "RFC 9110 §15.5.2")
        let hole = try Self.verdict(
            .answer(Reply(status: 200, body: Self.orders).response),
            .success(Reply(status: 200, body: Self.orders).response)
        ) { denial in
            denial.documented = Self.documented(401, 200)
            denial.source = Self.source
            denial.rule = rule
        }
        guard case .failed(let finding) = hole else {
            Issue.record("not failed")
            return
        }
        #expect(
            finding.sentence
                == "Hole: `list orders` let a caller in without credential: GET https://api.acme.test/v1/orders answered "
                + "200 with the same body as `acme`. Documented: 401 (zarv, 'All requests … must include a valid access "
                + "token'). Rule RES-02.")
        #expect(finding.kind == .hole && finding.expected == "401" && finding.actual == "200")
        #expect(finding.sent == "without credential" && finding.source == Self.source)
    }

    @Test("What of the documented answer is missing is said, not its status")
    func mismatch() throws {
        let verdict = try Self.verdict(
            .answer(Reply(status: 200, body: Self.orders).response), .success(Reply(status: 401).response)
        ) { denial in
            denial.documented = DenialCase.Documented(
                expected: "401",
                mismatches: [Mismatch(subject: "challenge Bearer", expected: "there", actual: "none", span: Self.span)])
        }
        Self.expect(
            verdict, .deviation,
            "refused, but not as documented: 401; challenge Bearer: expected there, got none. Nobody got in.")
    }

    // MARK: Support

    private static let span = Span(SourceFile(path: "a.json", text: "{}"), 0..<1)

    private static func documented(_ expected: Int, _ actual: Int) -> DenialCase.Documented {
        let mismatch = Mismatch(subject: "status", expected: "\(expected)", actual: "\(actual)", span: span)
        return DenialCase.Documented(expected: "\(expected)", mismatches: expected == actual ? [] : [mismatch])
    }

    private static func verdict(
        _ control: DenialCase.Control, _ answer: Result<HTTPResponse, TransportError>,
        _ change: (inout DenialCase) -> Void = { _ in }
    ) throws -> ContractVerdict {
        let plain = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/v1/orders?secret=x"))
        let probe = ProbeExchange(sent: "without credential", request: plain, answer: answer)
        var denial = DenialCase("list orders", identity: "acme", plain: plain, control: control, probe: probe)
        change(&denial)
        return DenialJudge.verdict(on: denial)
    }

    private static func expect(_ verdict: ContractVerdict, _ outcome: Outcome, _ says: String = "") {
        let (found, sentence): (Outcome, String) =
            switch verdict {
            case .passed: (.passed, "")
            case .failed(let finding): (finding.kind == .hole ? .hole : .deviation, finding.sentence)
            case .noVerdict(let sentence): (.noVerdict, sentence)
            case .warned, .skipped: (.warned, "")
            }
        #expect(found == outcome, "\(sentence)")
        let first = [Outcome.hole: "Hole: ", .deviation: "Deviation: ", .noVerdict: "No verdict: ", .passed: ""][found]
        #expect(sentence.hasPrefix(first ?? "?"))
        #expect(!sentence.contains("secret=x"))
        if !says.isEmpty { #expect(sentence.contains(says), "\(sentence)") }
    }
}
