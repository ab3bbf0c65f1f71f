package import Diagnostics
package import Expectations
package import HTTP

/// How one request (or one row of it) ended.
package struct RequestOutcome: Sendable {
    /// The names of the groups around it, outermost first.
    package var groups: [String]
    package var name: String
    package var rowLabel: String?
    /// nil: anonymous.
    package var identity: String?
    /// The request in its file.
    package var span: Span
    package var verdict: Verdict
    /// Wall time of the request with its redirects and attempts, without waiting for a token.
    package var duration: Duration
    /// How often it was sent: more than once under `retry` and `until`, 0 where it was not.
    package var attempts: Int
    /// The last attempt; nil where nothing was sent.
    package var exchange: ExchangeSummary?
    /// Contract cases of this request that this run leaves out.
    package var contractCases: Int

    package init(
        groups: [String] = [], name: String, rowLabel: String? = nil, identity: String? = nil, span: Span,
        verdict: Verdict, duration: Duration = .zero, attempts: Int = 1, exchange: ExchangeSummary? = nil,
        contractCases: Int = 0
    ) {
        self.groups = groups
        self.name = name
        self.rowLabel = rowLabel
        self.identity = identity
        self.span = span
        self.verdict = verdict
        self.duration = duration
        self.attempts = attempts
        self.exchange = exchange
        self.contractCases = contractCases
    }
}

package enum Verdict: Sendable {
    case passed
    /// The API broke its promise.
    case failed([Mismatch])
    /// No verdict: network, TLS, token, secret, body too large.
    case error(RunProblem)
    /// Not sent; the reason completes "skipped: …".
    case skipped(String)
}

/// Why there is no verdict.
package struct RunProblem: Error, Sendable, Hashable {
    package enum Kind: String, Sendable {
        case network, tls, timeout, token, secret, bodyTooLarge = "body-too-large", invalid, interrupted
    }

    package var kind: Kind
    /// A sentence: what went wrong and, where known, what to do.
    package var message: String
    package var span: Span?

    package init(_ kind: Kind, _ message: String, at span: Span? = nil) {
        self.kind = kind
        self.message = message
        self.span = span
    }
}

/// What was sent and what came, as far as reports show it.
package struct ExchangeSummary: Sendable {
    package var method: String
    /// With secrets masked.
    package var url: String
    package var status: Int?
    package var bodySize: Int
    /// Where the time of the last transfer went.
    package var timings: HTTPTimings?
    /// Only for a case that did not pass: a curl line with masked secrets.
    package var curl: String?
    /// Only for a case that did not pass: the beginning of the answer's body, masked.
    package var bodyExcerpt: String?
    /// Only for a request that was answered 401 or 403 against what was expected.
    package var refusal: RefusalNote?
    /// There was an answer, but its body was above the limit.
    package var isTooLarge = false

    package init(
        method: String, url: String, status: Int? = nil, bodySize: Int = 0, timings: HTTPTimings? = nil,
        curl: String? = nil, bodyExcerpt: String? = nil
    ) {
        self.method = method
        self.url = url
        self.status = status
        self.bodySize = bodySize
        self.timings = timings
        self.curl = curl
        self.bodyExcerpt = bodyExcerpt
    }
}
