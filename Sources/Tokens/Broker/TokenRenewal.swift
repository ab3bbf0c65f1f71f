import Providers
import Secrets

/// Gets the next token of an identity: with the refresh tokens at hand, else with the credential.
struct TokenRenewal {
    let exchange: TokenExchange
    let identity: BoundIdentity

    /// The result and what it took.
    struct Outcome: Sendable {
        var result: Result<StoredToken, CredentialError>
        var statistics: TokenStatistics
        /// By the monotonic clock; nil: nothing was sent.
        var lastSent: Int64?
        /// The token was got from the token service now.
        var isNew = true
        /// Where there is no new token: one of another process that is still alive.
        var fallback: StoredToken?
        /// Only a login helps, and this one was not allowed to log in.
        var needsLogin = false
    }

    private var clock: TokenClock { exchange.clock }
    private var outcome: Outcome
    private let budget: Int
    private let mayLogin: Bool

    /// - Parameters:
    ///   - lastSent: when the previous token request went out.
    ///   - budget: how many more may go out.
    init(_ exchange: TokenExchange, _ identity: BoundIdentity, lastSent: Int64?, budget: Int, mayLogin: Bool) {
        self.exchange = exchange
        self.identity = identity
        self.budget = budget
        self.mayLogin = mayLogin
        outcome = Outcome(
            result: .failure(CredentialError(.cancelled, identity: identity.name, "nothing was asked")),
            statistics: TokenStatistics(identity: identity.name, provider: identity.provider.id), lastSent: lastSent)
    }

    /// - Parameters:
    ///   - old: the token so far, for its refresh tokens.
    ///   - mayLogin: false while a lock is held and a login would wait for a person: then `needsLogin` says so.
    static func run(
        _ exchange: TokenExchange, _ identity: BoundIdentity, _ old: StoredToken?, lastSent: Int64?, budget: Int,
        mayLogin: Bool = true
    ) async -> Outcome {
        var renewal = TokenRenewal(exchange, identity, lastSent: lastSent, budget: budget, mayLogin: mayLogin)
        do throws(CredentialError) {
            renewal.outcome.result = .success(try await renewal.next(after: old))
        } catch {
            renewal.outcome.result = .failure(error)
        }
        return renewal.outcome
    }

    private mutating func next(after old: StoredToken?) async throws(CredentialError) -> StoredToken {
        var refusal: CredentialError?
        if let old, let rules = identity.rules?.refresh {
            for means in means(old, rules) where means.isAlive(at: clock.monotonic()) {
                do throws(CredentialError) {
                    return try await attempt(isLogin: false) { (exchange, identity) throws(CredentialError) in
                        switch means {
                        case .refresh(let candidate): try await exchange.refresh(identity, old, with: candidate)
                        case .token: try await exchange.exchange(identity, old)
                        }
                    }
                } catch {
                    guard error.kind == .refused, rules.invalidStatuses.contains(error.status ?? 0) else { throw error }
                    refusal = error
                }
            }
            if let refusal, rules.onInvalid == .fail { throw refusal }
        }
        guard mayLogin else {
            outcome.needsLogin = true
            throw CredentialError(.cancelled, identity: identity.name, "a person has to log in")
        }
        return try await attempt(isLogin: true) { (exchange, identity) throws(CredentialError) in
            try await exchange.login(identity)
        }
    }

    /// What a token may be renewed with.
    private enum Means: Sendable {
        case refresh(RefreshToken)
        /// The token itself; one that was refused to a call will not do better here.
        case token(StoredToken)

        func isAlive(at now: Int64) -> Bool {
            switch self {
            case .refresh(let refresh): refresh.isAlive(at: now)
            case .token(let token): !token.isInvalid && token.isAlive(at: now)
            }
        }
    }

    private func means(_ old: StoredToken, _ rules: RefreshRules) -> [Means] {
        switch rules.mode {
        case .reacquire: []
        case .token: [old.refresh, old.previousRefresh].compactMap(\.self).map { .refresh($0) }
        case .exchange: [.token(old)]
        }
    }

    /// One exchange, repeated where the profile's `retry` says so.
    private mutating func attempt(
        isLogin: Bool,
        _ body: @Sendable (TokenExchange, BoundIdentity) async throws(CredentialError) -> StoredToken
    ) async throws(CredentialError) -> StoredToken {
        let retry = identity.provider.retry
        var left = retry.max
        while true {
            do throws(CredentialError) {
                return try await once(isLogin: isLogin, body)
            } catch {
                guard left > 0, let status = error.status, retry.statuses.contains(status),
                    let delay = Self.delay(error.retryAfter)
                else { throw error }
                left -= 1
                try await wait(delay)
            }
        }
    }

    /// A run does not stand still for longer than this because a token service asks for it.
    private static func delay(_ asked: Duration?) -> Duration? {
        let delay = asked ?? .seconds(1)
        return delay <= .seconds(60) ? delay : nil
    }

    private mutating func once(
        isLogin: Bool,
        _ body: @Sendable (TokenExchange, BoundIdentity) async throws(CredentialError) -> StoredToken
    ) async throws(CredentialError) -> StoredToken {
        try await keepInterval()
        guard outcome.statistics.requests < budget else {
            throw CredentialError(
                .limit, identity: identity.name,
                "'\(identity.name)' may ask for \(identity.provider.cache.maxPerRun ?? 0) tokens in one run (cache.maxPerRun)"
            )
        }
        let start = clock.monotonic()
        outcome.lastSent = start
        if isLogin { outcome.statistics.logins += 1 } else { outcome.statistics.refreshes += 1 }
        defer { outcome.statistics.time += .milliseconds(max(0, clock.monotonic() - start)) }
        do throws(CredentialError) {
            let token = try await body(exchange, identity)
            guard token.isAlive(at: clock.monotonic()) else { throw tooSlow() }
            return token
        } catch {
            outcome.statistics.failures += 1
            throw error
        }
    }

    private func tooSlow() -> CredentialError {
        CredentialError(
            .expired, identity: identity.name,
            "the token of '\(identity.name)' had expired before its answer was there; its lifetime is too short")
    }

    private mutating func keepInterval() async throws(CredentialError) {
        guard let interval = identity.provider.cache.minInterval, let last = outcome.lastSent else { return }
        let passed = clock.monotonic() - last
        if passed < interval.wholeMilliseconds { try await wait(interval - .milliseconds(max(0, passed))) }
    }

    private func wait(_ duration: Duration) async throws(CredentialError) {
        do {
            try await clock.sleep(duration)
        } catch {
            throw CredentialError(.cancelled, identity: identity.name, "the run ended while waiting for a token")
        }
    }
}
