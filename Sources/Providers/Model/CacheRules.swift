package import Templates

/// How tokens are kept and how often the token service may be asked.
package struct CacheRules: Sendable {
    package enum Store: String, CaseIterable, Sendable {
        /// In the process that got it.
        case memory
        /// Also in the user's cache folder, where the command allows it.
        case user
        /// Nowhere: each request gets a token of its own.
        case none
    }

    /// What is sent once more, with a new token, after a 401 on a kept one.
    package enum Repetition: String, CaseIterable, Sendable {
        /// Requests that change nothing.
        case safe
        /// Every request: the API looks at the token before it does anything.
        case all
        case never
    }

    package var store = Store.user
    /// Whether the cache folder may hold the refresh token too: a session outlives the process, and so does its theft.
    /// nil: only where a person had to agree, since all others can log in again.
    package var persistRefreshToken: Bool?
    package var repeatAfter401 = Repetition.safe
    /// What else tells one token from another; joins the names of the entries.
    package var keyExtra: [Template] = []
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
    /// Header fields with an instant: `X-RateLimit-Reset`.
    package var at: [String] = []
    /// Repetitions; 0: none.
    package var max = 0
}
