import Providers
import Secrets

/// Gets an identity's token from whoever has one: the store, where another process left it, else the token service.
///
/// Across processes: look without the lock, lock, look again, ask, write, unlock; so that a cold cache costs one token
/// request however many processes ask, and a new refresh token is on the disk before anybody uses the access token.
struct TokenAcquisition: Sendable {
    let exchange: TokenExchange
    let identity: BoundIdentity
    /// nil: tokens of this provider stay in the process.
    let store: (any TokenStore)?
    /// By the monotonic clock: when the previous token request of this process went out.
    let lastSent: Int64?
    /// How many more may go out.
    let budget: Int
    /// What the store holds does not count.
    let isFresh: Bool

    private typealias Outcome = TokenRenewal.Outcome

    /// - Parameter old: the token so far, for its refresh tokens; one that was refused is not taken from the store again.
    func run(_ old: StoredToken?) async -> TokenRenewal.Outcome {
        guard let store else { return await renew(old, lastSent: lastSent) }
        if let found = settled(await store.entry(of: identity), old) { return found }
        do throws(CredentialError) {
            guard let lock = try await store.lock(identity) else { return await renew(old, lastSent: lastSent) }
            var outcome: Outcome
            do {
                defer { lock.release() }
                let entry = await store.entry(of: identity)
                if let found = settled(entry, old) { return found }
                outcome = await ask(entry, old, store)
            }
            if outcome.needsLogin { outcome = try await askPerson(outcome, store) }
            return outcome
        } catch {
            return failure(error)
        }
    }

    /// A login that waits for a person holds no lock meanwhile: others would wait for that person too.
    private func askPerson(_ before: Outcome, _ store: any TokenStore) async throws(CredentialError) -> Outcome {
        var outcome = await renew(nil, lastSent: before.lastSent)
        outcome.statistics.add(before.statistics)
        guard case .success(let token) = outcome.result, let lock = try await store.lock(identity) else {
            return outcome
        }
        defer { lock.release() }
        var entry = await store.entry(of: identity) ?? TokenCacheEntry(identity)
        entry.accept(token, of: identity, exchange.clock)
        await store.save(entry, of: identity)
        return outcome
    }

    /// What the store says, where that is an answer.
    private func settled(_ entry: TokenCacheEntry?, _ old: StoredToken?) -> Outcome? {
        guard let entry else { return nil }
        let clock = exchange.clock
        let now = clock.monotonic()
        let kept = entry.storedToken(of: identity, clock).flatMap { token in
            old.map { $0.isInvalid && $0.info.value == token.info.value } ?? false ? nil : token
        }
        if !isFresh, let kept, kept.isUsable(at: now) {
            var outcome = empty(.success(kept))
            outcome.isNew = false
            return outcome
        }
        // Whoever wants a new token may try again at once, unless the service itself asked for a pause.
        guard let failure = entry.remembered(of: identity, at: clock.wall()), !isFresh || failure.kind == .rateLimited
        else { return nil }
        var outcome = self.failure(failure)
        outcome.fallback = kept.flatMap { $0.isAlive(at: now) ? $0 : nil }
        return outcome
    }

    private func ask(_ entry: TokenCacheEntry?, _ old: StoredToken?, _ store: any TokenStore) async -> Outcome {
        let clock = exchange.clock
        // Whoever wants a new token need not agree anew: a renewal gives one.
        let base = isFresh && !identity.needsPerson ? nil : Self.newer(entry?.renewable(of: identity, clock), old)
        var outcome = await renew(base, lastSent: lastSent ?? asked(entry), mayLogin: !identity.needsPerson)
        if outcome.needsLogin { return outcome }
        var next = entry ?? TokenCacheEntry(identity)
        switch outcome.result {
        case .success(let token): next.accept(token, of: identity, clock)
        case .failure(let error):
            if error.kind == .cancelled { return outcome }
            if error.kind == .refused, let other = await otherToken(than: entry, store) { return other }
            next.accept(error, of: identity, at: clock.wall())
            outcome.fallback = entry?.storedToken(of: identity, clock).flatMap {
                $0.isAlive(at: clock.monotonic()) ? $0 : nil
            }
        }
        if outcome.statistics.requests > 0 { next.askedAt = clock.wall() }
        await store.save(next, of: identity)
        return outcome
    }

    /// Before a refusal is believed: a process without the lock may have renewed meanwhile, which spends the refresh
    /// token that was just refused.
    private func otherToken(than entry: TokenCacheEntry?, _ store: any TokenStore) async -> Outcome? {
        guard let current = await store.entry(of: identity), current.token?.value != entry?.token?.value,
            let token = current.storedToken(of: identity, exchange.clock),
            token.isUsable(at: exchange.clock.monotonic())
        else { return nil }
        var outcome = empty(.success(token))
        outcome.isNew = false
        return outcome
    }

    private static func newer(_ kept: StoredToken?, _ own: StoredToken?) -> StoredToken? {
        // What was refused to a call of ours is the same in the store.
        if let kept, let own, own.isInvalid, own.info.value == kept.info.value { return own }
        guard let kept, let own, own.refresh != nil else { return kept ?? own }
        return own.info.obtainedAt > kept.info.obtainedAt ? own : kept
    }

    /// When another process asked last, by our clock.
    private func asked(_ entry: TokenCacheEntry?) -> Int64? {
        guard let at = entry?.askedAt else { return nil }
        let passed = exchange.clock.wall() - at
        return passed >= 0 ? exchange.clock.monotonic() - passed : nil
    }

    private func renew(_ old: StoredToken?, lastSent: Int64?, mayLogin: Bool = true) async -> Outcome {
        await TokenRenewal.run(
            exchange, identity, old, lastSent: lastSent, budget: budget, mayLogin: mayLogin)
    }

    private func failure(_ error: CredentialError) -> Outcome { empty(.failure(error)) }

    private func empty(_ result: Result<StoredToken, CredentialError>) -> Outcome {
        Outcome(
            result: result, statistics: TokenStatistics(identity: identity.name, provider: identity.provider.id),
            lastSent: lastSent)
    }
}
