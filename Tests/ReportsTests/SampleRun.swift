import Diagnostics
import Expectations
import HTTP
import Results

/// A small run with a case of every kind.
enum SampleRun {
    static let text = """
        { "name": "Zarv resources", "provider": "zarv",
          "requests": [
            { "name": "list resources", "request": "GET /v1/resource",
              "expect": { "status": 200, "json": { "$.items": { "count": { "atLeast": 1 } } } } },
            { "name": "read one", "request": "GET /v1/resource/{{firstID}}" }
          ] }
        """
    static let file = SourceFile(path: "collections/zarv.json", text: text)
    static let environment = SourceFile(
        path: "environments/prod.json", text: "{ \"identities\": {\n  \"globex\": {} } }\n")
    static let startedAt: Int64 = 1_795_595_400_000
    static let collection = CollectionInfo(name: "Zarv resources", path: "collections/zarv.json", startedAt: startedAt)
    static let empty = CollectionInfo(name: "Empty", path: "collections/empty.json", startedAt: startedAt)

    static func span(_ part: String, in file: SourceFile = SampleRun.file) -> Span {
        let wanted = Array(part.utf8)
        let at = (0..<file.bytes.count).first { file.bytes[$0...].starts(with: wanted) } ?? 0
        return Span(file, at..<at + wanted.count)
    }

    static func passed(_ name: String = "list resources", row: String? = nil) -> RequestOutcome {
        RequestOutcome(
            name: name, rowLabel: row, identity: "acme", span: span("\"list resources\""), verdict: .passed,
            duration: .microseconds(84_400), exchange: exchange(200), contractCases: 3)
    }

    static var failed: RequestOutcome {
        var exchange = exchange(404)
        exchange.curl = "curl https://api.zarv.dev/v1/resource"
        exchange.bodyExcerpt = #"{"error": "not found"}"#
        return RequestOutcome(
            groups: ["orders v1.2"], name: "read one", rowLabel: "NO", identity: "acme", span: span("\"read one\""),
            verdict: .failed([
                Mismatch(subject: "status", expected: "200", actual: "404", span: span("200")),
                Mismatch(
                    subject: "$.items", expected: "at least 1 element", actual: "nothing",
                    span: span("{ \"atLeast\": 1 }")),
            ]), duration: .milliseconds(12), attempts: 3, exchange: exchange)
    }

    static var error: RequestOutcome {
        RequestOutcome(
            name: "slow one", span: span("\"read one\""),
            verdict: .error(
                RunProblem(
                    .timeout, "no answer from api.zarv.dev within 10 s", at: span("\"GET /v1/resource/{{firstID}}\""))),
            duration: .seconds(10), exchange: ExchangeSummary(method: "GET", url: "https://api.zarv.dev/v1/slow"))
    }

    static var skipped: RequestOutcome {
        RequestOutcome(
            name: "delete one", span: span("\"read one\""), verdict: .skipped("'read one' did not pass"), attempts: 0)
    }

    static func exchange(_ status: Int) -> ExchangeSummary {
        var timings = HTTPTimings()
        timings.dns = .milliseconds(1)
        timings.tls = .milliseconds(12)
        timings.firstByte = .milliseconds(80)
        timings.transfer = .microseconds(300)
        return ExchangeSummary(
            method: "GET", url: "https://api.zarv.dev/v1/resource", status: status, bodySize: 1234, timings: timings)
    }

    static var credentials: [CredentialOutcome] {
        let place = span("\"globex\"", in: environment)
        return [
            CredentialOutcome(
                identity: "acme", provider: "zarv", span: place, duration: .milliseconds(120), tokenRequests: 1),
            CredentialOutcome(
                identity: "globex", provider: "zarv", span: place,
                problem: RunProblem(.token, "the token service answered 401 (invalid_client)"),
                duration: .milliseconds(80)),
        ]
    }

    static func start(requests: Int = 4, notices: [String] = []) -> RunEvent {
        .runStarted(
            RunInfo(
                startedAt: startedAt, environment: "prod", isSandbox: false, requestCount: requests, notices: notices))
    }

    static var totals: RunTotals {
        var totals = RunTotals()
        (totals.passed, totals.failed, totals.errors, totals.skipped) = (2, 1, 2, 1)
        totals.contractCasesNotRun = 3
        totals.duration = .milliseconds(1240)
        return totals
    }

    static func events(notices: [String] = []) -> [RunEvent] {
        [
            start(notices: notices), .collectionStarted(empty), .collectionFinished(empty),
            .collectionStarted(collection), .requestFinished(passed()), .requestFinished(failed),
            .requestFinished(error), .requestFinished(skipped), .collectionFinished(collection),
        ] + credentials.map { .credentialFinished($0) } + [.runFinished(totals)]
    }

    static let passing: [RunEvent] = [
        start(requests: 1), .collectionStarted(collection), .requestFinished(passed()), .collectionFinished(collection),
        .credentialFinished(CredentialOutcome(identity: "acme", provider: "zarv", span: span("\"zarv\""))),
    ]

    /// A run of one case that failed with one mismatch.
    static func failing(actual: String, name: String = "read one", excerpt: String? = nil) -> [RunEvent] {
        var exchange = exchange(200)
        exchange.bodyExcerpt = excerpt
        let mismatch = Mismatch(subject: "$.id", expected: "7", actual: actual, span: span("200"))
        let outcome = RequestOutcome(
            name: name, span: span("\"read one\""), verdict: .failed([mismatch]), exchange: exchange)
        return [.collectionStarted(collection), .requestFinished(outcome), .collectionFinished(collection)]
    }
}
