import HTTP
import Providers
package import Secrets

/// Hands out credentials: one token request however many ask at once, none while a token is good, none after a failure
/// that would only repeat itself.
///
/// Its state changes only in synchronous steps; the exchange itself is a task of its own, so that no waiter's
/// cancellation ends it for the others. Its body runs on the transfer loop, so the store does its file work elsewhere.
package actor TokenBroker {
    private let exchange: TokenExchange
    private let store: any TokenStore
    private let isFresh: Bool
    private let applier: CredentialApplier
    private var slots: [String: Slot] = [:]
    private var nextNumber: UInt64 = 0

    private struct Slot {
        var token: StoredToken?
        /// Rendered once a token, not once a request, unless dates or random values stand in it.
        var credential: Credential?
        var failure: Failure?
        var flight: Flight?
        var lastSent: Int64?
        var statistics: TokenStatistics
    }

    private struct Failure {
        let error: CredentialError
        /// By the monotonic clock; nil: for the whole run.
        let until: Int64?
    }

    private struct Flight {
        let number: UInt64
        let task: Task<Void, Never>
        var waiters: [UInt64: CheckedContinuation<Result<Grant, CredentialError>, Never>] = [:]
    }

    /// A credential, and whether its token came from the token service for this very call.
    package struct Grant: Sendable {
        package let credential: Credential
        package let isNew: Bool
    }

    /// - Parameters:
    ///   - store: where tokens of providers with `"store": "user"` outlive the process.
    ///   - isFresh: the first token of each identity is a new one, whatever the store holds.
    package init(_ exchange: TokenExchange, store: any TokenStore = MemoryTokenStore(), isFresh: Bool = false) {
        self.exchange = exchange
        self.store = store
        self.isFresh = isFresh
        applier = CredentialApplier(functions: exchange.functions, redactor: exchange.redactor)
    }

    /// The identity's credential, valid at this moment; asks the token service only where it must.
    ///
    /// - Throws: `CredentialError`; the same one to everybody who asks while it is remembered.
    package func credential(for identity: BoundIdentity) async throws(CredentialError) -> Credential {
        try await grant(for: identity).credential
    }

    /// The same, for callers that have to know whether a new token can be of help after a 401.
    package func grant(for identity: BoundIdentity) async throws(CredentialError) -> Grant {
        var slot = slot(identity)
        if let credential = slot.credential, isUsable(slot, identity) {
            guard identity.isVolatile else { return Grant(credential: credential, isNew: false) }
            let another = try applier.again(credential, for: identity, token: slot.token)
            return Grant(credential: another, isNew: false)
        }
        if identity.rules == nil {
            let credential = try applier.credential(for: identity, token: nil)
            slot.credential = credential
            slots[identity.key] = slot
            return Grant(credential: credential, isNew: true)
        }
        if let failure = slot.failure, failure.until.map({ exchange.clock.monotonic() < $0 }) ?? true {
            guard let last = lastResort(slot) else { throw failure.error }
            return Grant(credential: last, isNew: false)
        }
        if slot.flight == nil { takeOff(identity) }
        return try await arrival(identity).get()
    }

    /// Forgets the token if the identity still holds that one; a later token, got by somebody else meanwhile, stays.
    ///
    /// Called after a 401; the next request for a credential renews.
    package func invalidate(_ token: Secret, of identity: BoundIdentity) {
        guard slots[identity.key]?.token?.info.value == token else { return }
        slots[identity.key]?.token?.isInvalid = true
    }

    /// The same, also for other processes: where nobody will ask for another one soon.
    package func withdraw(_ token: Secret, of identity: BoundIdentity) async {
        invalidate(token, of: identity)
        guard keepsOnDisk(identity), let lock = try? await store.lock(identity) else { return }
        if var entry = await store.entry(of: identity), entry.token?.value == token.reveal() {
            entry.token?.isRefused = true
            await store.save(entry, of: identity)
        }
        lock.release()
    }

    /// A token of the identity whose end has certainly passed, for tests that need one; nil where none is known.
    package func expiredToken(of identity: BoundIdentity) async -> Secret? {
        guard keepsOnDisk(identity), let entry = await store.entry(of: identity) else { return nil }
        return entry.expiredToken(at: exchange.clock.wall()).map { Secret($0, label: "\(identity.name).token") }
    }

    /// The refresh token in memory, for tests that need one; nil where there is none.
    package func refreshToken(of identity: BoundIdentity) -> Secret? { slots[identity.key]?.token?.refresh?.value }

    /// A token that is signed here costs nothing; one that is bound to a key of this process dies with it.
    private func keepsOnDisk(_ identity: BoundIdentity) -> Bool {
        guard let rules = identity.rules, !rules.isSelfSigned, identity.mayShareToken else { return false }
        return identity.provider.cache.store == .user
    }

    /// Forgets everything that is known of the identity but what it cost.
    package func forget(_ identity: BoundIdentity) {
        slots[identity.key]?.token = nil
        slots[identity.key]?.credential = nil
        slots[identity.key]?.failure = nil
    }

    /// The token in memory, nil where none is; asks nobody.
    package func current(_ identity: BoundIdentity) -> TokenInfo? { slots[identity.key]?.token?.info }

    /// What each identity cost so far, sorted by name.
    package var statistics: [TokenStatistics] {
        slots.values.map(\.statistics).sorted { $0.identity < $1.identity }
    }

    /// Ends all exchanges under way; for the end of a run that was interrupted.
    package func cancelAll() {
        for slot in slots.values { slot.flight?.task.cancel() }
    }

    private func slot(_ identity: BoundIdentity) -> Slot {
        slots[identity.key]
            ?? Slot(statistics: TokenStatistics(identity: identity.name, provider: identity.provider.id))
    }

    private func isUsable(_ slot: Slot, _ identity: BoundIdentity) -> Bool {
        if identity.rules == nil { return true }
        if identity.provider.cache.store == .none { return false }
        return slot.token?.isUsable(at: exchange.clock.monotonic()) ?? false
    }

    /// Where a renewal fails in the margin before its end, the token that is still alive serves on.
    private func lastResort(_ slot: Slot) -> Credential? {
        guard let token = slot.token, !token.isInvalid, token.isAlive(at: exchange.clock.monotonic()) else {
            return nil
        }
        return slot.credential
    }

    private func takeOff(_ identity: BoundIdentity) {
        var slot = slot(identity)
        nextNumber &+= 1
        let (number, old) = (nextNumber, slot.token)
        let acquisition = TokenAcquisition(
            exchange: exchange, identity: identity, store: keepsOnDisk(identity) ? store : nil, lastSent: slot.lastSent,
            budget: (identity.provider.cache.maxPerRun ?? .max) - slot.statistics.requests,
            isFresh: isFresh && slot.token == nil)
        // Unstructured, hence off the transfer loop unless the transport has an executor.
        let task = Task(executorPreference: exchange.transport.executor) {
            let outcome = await acquisition.run(old)
            await self.land(outcome, number, identity)
        }
        slot.flight = Flight(number: number, task: task)
        slots[identity.key] = slot
    }

    private func arrival(_ identity: BoundIdentity) async -> Result<Grant, CredentialError> {
        nextNumber &+= 1
        let waiter = nextNumber
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard slots[identity.key]?.flight != nil else {
                    continuation.resume(returning: .failure(Self.ended(identity)))
                    return
                }
                slots[identity.key]?.flight?.waiters[waiter] = continuation
            }
        } onCancel: {
            Task { await leave(waiter, identity) }
        }
    }

    /// A cancelled waiter leaves; the exchange goes on for the others.
    private func leave(_ waiter: UInt64, _ identity: BoundIdentity) {
        let continuation = slots[identity.key]?.flight?.waiters.removeValue(forKey: waiter)
        continuation?.resume(returning: .failure(Self.ended(identity)))
    }

    private static func ended(_ identity: BoundIdentity) -> CredentialError {
        CredentialError(.cancelled, identity: identity.name, "the run ended while waiting for a token")
    }

    private func land(_ outcome: TokenRenewal.Outcome, _ number: UInt64, _ identity: BoundIdentity) {
        guard var slot = slots[identity.key], let flight = slot.flight, flight.number == number else { return }
        slot.flight = nil
        slot.lastSent = outcome.lastSent
        slot.statistics.add(outcome.statistics)
        let result = settle(outcome, identity, &slot)
        slots[identity.key] = slot
        for waiter in flight.waiters.values { waiter.resume(returning: result) }
    }

    private func settle(
        _ outcome: TokenRenewal.Outcome, _ identity: BoundIdentity, _ slot: inout Slot
    ) -> Result<Grant, CredentialError> {
        do throws(CredentialError) {
            let token = try outcome.result.get()
            slot.failure = nil
            try take(token, identity, &slot)
            guard let credential = slot.credential else { throw Self.ended(identity) }
            return .success(Grant(credential: credential, isNew: outcome.isNew))
        } catch {
            slot.failure = failure(error, identity)
            if slot.token == nil, let alive = outcome.fallback { try? take(alive, identity, &slot) }
            if let last = lastResort(slot) { return .success(Grant(credential: last, isNew: false)) }
            slot.credential = nil
            return .failure(error)
        }
    }

    private func take(
        _ token: StoredToken, _ identity: BoundIdentity, _ slot: inout Slot
    ) throws(CredentialError) {
        (slot.token, slot.credential) = (token, nil)
        slot.credential = try applier.credential(for: identity, token: token)
    }

    /// A refusal of the credential itself will not change during a run, and repeating it may lock the account.
    private func failure(_ error: CredentialError, _ identity: BoundIdentity) -> Failure? {
        let now = exchange.clock.monotonic()
        let cooldown = identity.provider.cache.failureCooldown
        switch error.kind {
        case .cancelled: return nil
        // Whoever did not agree is not asked once more in the same run.
        case .profile, .hostNotAllowed, .redirect, .limit, .person: return Failure(error: error, until: nil)
        case .refused where cooldown == nil && error.retryAfter == nil && (400...403).contains(error.status ?? 0):
            return Failure(error: error, until: nil)
        default:
            let pause = error.retryAfter ?? cooldown ?? .seconds(30)
            return Failure(error: error, until: now &+ pause.wholeMilliseconds)
        }
    }
}
