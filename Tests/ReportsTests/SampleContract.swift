import Diagnostics
import Results

/// Contract cases of every kind, between the requests of two collections.
enum SampleContract {
    static let orders = CollectionInfo(
        name: "Orders", path: "collections/orders.json", startedAt: SampleRun.startedAt + 60_000)
    static let res01 = RuleNote(
        "RES-01", title: "A request without credential is refused", source: "RFC 9110 §15.5.2",
        why: "Programs look for another mistake. The API must answer 401.",
        hole: "Anybody who knows the address gets in. The API must check the credential on this path.")
    static let res12 = RuleNote(
        "RES-12", title: "A refusal for the credential is a 401, not a 403", source: "RFC 6750 §3.1",
        why: "Programs do not ask for a new token. The API must answer 401.")
    static let tok09 = RuleNote(
        "TOK-09", title: "A wrong client secret is refused with invalid_client", source: "RFC 6749 §5.2")
    static let page = "zarv, 'All requests to the API must include a valid access token'"

    static let hole = ContractFinding(
        .hole,
        "Hole: `list resources` let a caller in without credential: GET https://api.zarv.dev/v1/resource answered 200"
            + " with the same body as `acme`. Documented: 401 (\(page)). Rule RES-01.",
        expected: "401", actual: "200, with the same body as `acme`", sent: "without credential", source: page)
    static let otherTenant = ContractFinding(
        .hole,
        "Hole: `read one` let `globex` in on an object of `acme`: GET https://api.zarv.dev/v1/resource/7 answered 200."
            + " Documented: refused.",
        expected: "refused (401, 403 or 404)", actual: "200", sent: "with the credential of globex")
    static let deviation = ContractFinding(
        .deviation,
        "Deviation: `list resources` refused an altered token, but not as documented: 403, expected 401. Nobody got in.",
        expected: "401", actual: "403", sent: "with the last 8 characters of the token removed", source: page)
    static let shut = ContractFinding(
        .deviation,
        "Deviation: `read one` refused `acme-reader`, who should be let in: 403, expected 200.",
        expected: "200", actual: "403", sent: "with the credential of acme-reader")
    static let warning = ContractFinding(
        .deviation,
        "Deviation: the refusal does not say how to authenticate: 401 without WWW-Authenticate. Nobody got in.",
        expected: "401 with a challenge (WWW-Authenticate)", actual: "401 without one", sent: "without credential")
    static let clientSecret = ContractFinding(
        .deviation,
        "Deviation: the token service refused a wrong client secret with 400 invalid_request, expected invalid_client."
            + " No token was issued.",
        expected: "error invalid_client", actual: "error invalid_request", sent: "with another client secret")

    static func outcome(
        _ kind: ContractOutcome.Kind, of subject: String = "list resources", groups: [String] = [], row: String? = nil,
        _ verdict: ContractVerdict, status: Int? = 401, rule: RuleNote? = nil, remarks: [String] = []
    ) -> RunEvent {
        var exchange = ExchangeSummary(
            method: "GET", url: "https://api.zarv.dev/v1/resource", status: status, bodySize: 31)
        if case .failed = verdict {
            exchange.curl = "curl https://api.zarv.dev/v1/resource"
            exchange.bodyExcerpt = #"{"items": [{"id": 7, "name": "crane"}]}"#
        }
        var outcome = ContractOutcome(
            kind, of: subject, groups: groups, identity: "acme", at: SampleRun.span("\"\(subject)\""),
            verdict: verdict, rule: rule, duration: .milliseconds(12), exchange: exchange, remarks: remarks)
        outcome.rowLabel = row
        if case .skipped = verdict { (outcome.exchange, outcome.duration) = (nil, .zero) }
        return .contractFinished(outcome)
    }

    static func access(
        _ caller: String, on owner: String? = nil, of subject: String = "read one", groups: [String] = ["orders v1.2"],
        row: String? = "NO", _ verdict: ContractVerdict, status: Int? = 403
    ) -> RunEvent {
        outcome(.access(caller: caller, owner: owner), of: subject, groups: groups, row: row, verdict, status: status)
    }

    static var readOne: RunEvent {
        .requestFinished(
            RequestOutcome(
                groups: ["orders v1.2"], name: "read one", rowLabel: "NO", identity: "acme",
                span: SampleRun.span("\"read one\""), verdict: .passed, duration: .milliseconds(20),
                exchange: SampleRun.exchange(200)))
    }

    static var list: [RunEvent] {
        [
            .requestFinished(SampleRun.passed()),
            outcome(.probe("no-credential"), .failed(hole), status: 200, rule: res01),
            outcome(.probe("invalid-credential"), .passed),
            outcome(.probe("altered-credential"), .failed(deviation), status: 403, rule: res12),
            outcome(.probe("expired-credential"), .skipped("no token of acme is known to have expired")),
            access("globex", of: "list resources", groups: [], row: nil, .passed),
            outcome(
                .rule("RES-12"), .warned(warning), rule: res12, remarks: ["pack bearer is not claimed by zarv"]),
            outcome(
                .probe("tampered-token"), .noVerdict("No verdict: no answer from api.zarv.dev within 10 s."),
                status: nil),
        ]
    }

    static var one: [RunEvent] {
        [
            readOne,
            access("acme", on: "acme", .passed, status: 200),
            access("globex", on: "acme", .failed(otherTenant), status: 200),
            access("acme-reader", on: "acme", .failed(shut)),
            access("globex", on: "globex", .passed, status: 200), access("acme", on: "globex", .passed, status: 404),
            access("anonymous", on: "globex", .noVerdict("No verdict: `acme`'s own call no longer passed afterwards.")),
            outcome(.promise("ZV-01"), of: "read one", .passed, remarks: ["the page says it of reads only"]),
        ]
    }

    static var second: [RunEvent] {
        [
            .collectionStarted(orders), .requestFinished(SampleRun.passed("list orders")),
            outcome(.probe("no-credential"), of: "list orders", .passed),
            outcome(.rule("TOK-09"), of: "acme", .failed(clientSecret), status: 400, rule: tok09),
            .collectionFinished(orders),
        ]
    }

    static var events: [RunEvent] {
        [SampleRun.start(requests: 3), .collectionStarted(SampleRun.collection)] + list + one
            + [.collectionFinished(SampleRun.collection)] + second
            + SampleRun.credentials.prefix(1).map { .credentialFinished($0) }
    }
}
