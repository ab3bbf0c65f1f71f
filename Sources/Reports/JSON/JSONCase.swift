import Diagnostics
import Expectations
import HTTP
import JSON
import Results

/// The cases of a JSON report.
enum JSONCase {
    /// Where the case stands in its file.
    struct Place {
        let file: String
        let line: Int
    }

    static func value(_ outcome: RequestOutcome, _ place: Place) -> JSONValue {
        let (verdict, details) = details(outcome.verdict)
        return JSONValue.object(
            present: [
                ("kind", .string("request")), ("name", .string(outcome.name)),
                ("groups", texts(outcome.groups)), ("row", outcome.rowLabel.map { .string($0) }),
                ("identity", outcome.identity.map { .string($0) }), ("file", .string(place.file)),
                ("line", number(place.line)), ("verdict", .string(verdict)),
            ] + details + [
                ("duration", number(outcome.duration.wholeMilliseconds)), ("attempts", number(outcome.attempts)),
                ("exchange", outcome.exchange.map(exchange)),
            ])
    }

    static func value(_ outcome: CredentialOutcome, _ place: Place) -> JSONValue {
        JSONValue.object(present: [
            ("identity", .string(outcome.identity)), ("provider", .string(outcome.provider)),
            ("file", .string(place.file)), ("line", number(place.line)),
            ("verdict", .string(outcome.problem == nil ? "passed" : "error")),
            ("problem", outcome.problem.map(problem)),
            ("duration", number(outcome.duration.wholeMilliseconds)),
            ("tokenRequests", number(outcome.tokenRequests)), ("scopeAsked", texts(outcome.scopeAsked)),
            ("token", outcome.token.map(token)),
        ])
    }

    private static func details(_ verdict: Verdict) -> (String, [(String, JSONValue?)]) {
        switch verdict {
        case .passed: ("passed", [])
        case .failed(let mismatches): ("failed", [("failures", .array(mismatches.map(failure)))])
        case .error(let found): ("error", [("problem", problem(found))])
        case .skipped(let reason): ("skipped", [("reason", .string(reason))])
        }
    }

    private static func failure(_ mismatch: Mismatch) -> JSONValue {
        JSONValue.object(present: [
            ("subject", .string(mismatch.subject)), ("expected", .string(mismatch.expected)),
            ("actual", .string(mismatch.actual)), ("place", .string(mismatch.span.place)),
        ])
    }

    private static func problem(_ problem: RunProblem) -> JSONValue {
        JSONValue.object(present: [
            ("kind", .string(problem.kind.rawValue)), ("message", .string(problem.message)),
            ("place", problem.span.map { .string($0.place) }),
        ])
    }

    // MARK: What was sent and what came

    static func exchange(_ exchange: ExchangeSummary) -> JSONValue {
        JSONValue.object(present: [
            ("method", .string(exchange.method)), ("url", .string(exchange.url)),
            ("status", exchange.status.map(number)), ("bodySize", number(exchange.bodySize)),
            ("tooLarge", exchange.isTooLarge ? .boolean(true) : nil), ("timings", exchange.timings.map(timings)),
            ("refusal", exchange.refusal.map(refusal)), ("curl", exchange.curl.map { .string($0) }),
            ("body", exchange.bodyExcerpt.map { .string($0) }),
        ])
    }

    /// Milliseconds with three decimals: a loopback's times are shorter than one.
    private static func timings(_ timings: HTTPTimings) -> JSONValue {
        let parts = [
            ("dns", timings.dns), ("connect", timings.connect), ("tls", timings.tls),
            ("firstByte", timings.firstByte), ("transfer", timings.transfer), ("total", timings.total),
        ]
        return JSONValue.object(present: parts.map { ($0.0, milliseconds($0.1)) })
    }

    private static func milliseconds(_ duration: Duration) -> JSONValue? {
        guard duration > .zero else { return nil }
        let (seconds, rest) = min(duration, .seconds(1_000_000_000)).components
        let microseconds = Double(seconds) * 1e6 + (Double(rest) / 1e12).rounded()
        return JSONNumber(microseconds / 1000).map { .number($0) }
    }

    private static func refusal(_ refusal: RefusalNote) -> JSONValue {
        JSONValue.object(present: [
            ("answeredAt", moment(refusal.answeredAt)), ("challenges", texts(refusal.challenges)),
            ("token", refusal.token.map(token)),
        ])
    }

    private static func token(_ token: TokenNote) -> JSONValue {
        JSONValue.object(present: [
            ("type", .string(token.type)), ("origin", .string(token.origin)),
            ("obtainedAt", moment(token.obtainedAt)), ("expiresAt", token.expiresAt.map(moment)),
            ("scopeGranted", token.grantedScope.map { .array($0.map { .string($0) }) }),
            (
                "claims",
                token.claims.isEmpty
                    ? nil
                    : .array(
                        token.claims.map {
                            JSONValue.object(present: [("name", .string($0.name)), ("shown", .string($0.shown))])
                        })
            ),
        ])
    }

    // MARK: Values

    static func number(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }

    /// nil where there is none.
    static func texts(_ texts: [String]) -> JSONValue? {
        texts.isEmpty ? nil : .array(texts.map { .string($0) })
    }

    private static func moment(_ milliseconds: Int64) -> JSONValue { .string(CalendarTime(milliseconds).rfc3339) }
}
