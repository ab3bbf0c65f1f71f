/// How tokens are kept and how often the token service may be asked.
package struct CacheRules: Sendable {
    package enum Store: String, CaseIterable, Sendable {
        case memory
    }

    package var store = Store.memory
    /// How long before its end a token is no longer used; nil: a tenth of its lifetime, a minute at most.
    package var skew: Duration?
    /// Between two token requests of one identity.
    package var minInterval: Duration?
    /// Token requests of one identity in one run.
    package var maxPerRun: Int?
    /// How long a failure is remembered; nil: 30 s, and a refusal for the whole run.
    package var failureCooldown: Duration?
}

/// When a token request is repeated.
package struct RetryRules: Sendable {
    package var statuses: [Int] = [429, 503]
    /// Header fields with a delay in seconds or a date.
    package var after: [String] = ["Retry-After"]
    /// Repetitions; 0: none.
    package var max = 0
}
