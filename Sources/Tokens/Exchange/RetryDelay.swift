import HTTP
import JSON
import Providers

/// How long an answer asks to wait: `Retry-After` (RFC 9110 §10.2.3) and what vendors have beside it; a day at most.
struct RetryDelay {
    let duration: Duration?

    /// - Parameter sentAt: our wall clock when the request went out, where the answer has no `Date`.
    init(_ response: HTTPResponse, _ rules: RetryRules, sentAt: Int64) {
        let now = response.headers["Date"].flatMap(Timestamp.parse(httpDate:))
        func first(_ names: [String], _ parse: (String) -> Duration?) -> Duration? {
            for name in names {
                if let delay = response.headers[name].flatMap(parse) { return delay }
            }
            return nil
        }
        let delay = first(rules.after) { Self.delay($0, now) }
        // Many APIs name the end of the current period in every answer: it counts where the answer says "later".
        let isLater = rules.statuses.contains(response.status)
        duration = delay ?? (isLater ? first(rules.at) { Self.instant($0).map { Self.until($0, now ?? sentAt) } } : nil)
    }

    /// Seconds, or a date that counts from the answer's own `Date`.
    private static func delay(_ text: String, _ now: Int64?) -> Duration? {
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 {
            return .milliseconds(Int(min(seconds, 86_400) * 1000))
        }
        guard let end = Timestamp.parse(httpDate: text), let now else { return nil }
        return until(end, now)
    }

    /// Seconds or milliseconds since 1970, RFC 3339, or a date; a small number is a delay and no instant.
    private static func instant(_ text: String) -> Int64? {
        guard let number = Double(text) else {
            return Timestamp.parse(rfc3339: text) ?? Timestamp.parse(httpDate: text)
        }
        guard number >= 1e9, number < 1e14 else { return nil }
        return Int64(number < 1e11 ? number * 1000 : number)
    }

    private static func until(_ end: Int64, _ now: Int64) -> Duration {
        .milliseconds(min(max(0, end - now), 86_400_000))
    }

    var phrase: String { duration.map { "; it may be asked again in \(DurationText.display($0))" } ?? "" }
}
