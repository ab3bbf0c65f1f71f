import HTTP
import Providers
package import Secrets

/// Hands out credentials: one token request however many ask at once, none while a token is good, none after a failure
/// that would only repeat itself.
///
/// Its state changes only in synchronous steps; the exchange itself is a task of its own, so that no waiter's
/// cancellation ends it for the others.
package actor TokenBroker {
    private let exchange: TokenExchange
    private let applier: CredentialApplier
    private var slots: [String: Slot] = [:]
    private var nextNumber: UInt64 = 0

    private struct Slot {
        var token: StoredToken?
        /// Rendered once a token, not once a request.
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
        var waiters: [UInt64: CheckedContinuation<Result<Credential, CredentialError>, Never>] = [:]
    }

    package init(_ exchange: TokenExchange) {
        self.exchange = exchange
        applier = CredentialApplier(functions: exchange.functions, redactor: exchange.redactor)
    }

    /// The identity's credential, valid at this moment; asks the token service only where it must.
    ///
    /// - Throws: `CredentialError`; the same one to everybody who asks while it is remembered.
    package func credential(for identity: BoundIdentity) async throws(CredentialError) -> Credential {
        var slot = slot(identity)
        if let credential = slot.credential, isUsable(slot, identity) { return credential }
        if identity.rules == nil {
            let credential = try applier.credential(for: identity, token: nil)
            slot.credential = credential
            slots[identity.key] = slot
            return credential
        }
        if let failure = slot.failure, failure.until.map({ exchange.clock.monotonic() < $0 }) ?? true {
            guard let last = lastResort(slot) else { throw failure.error }
            return last
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
        let (number, exchange, old, lastSent) = (nextNumber, exchange, slot.token, slot.lastSent)
        let budget = (identity.provider.cache.maxPerRun ?? .max) - slot.statistics.requests
        // Unstructured, hence off the transfer loop unless the transport has an executor.
        let task = Task(executorPreference: exchange.transport.executor) {
            let outcome = await TokenRenewal.run(exchange, identity, old, lastSent: lastSent, budget: budget)
            await self.land(outcome, number, identity)
        }
        slot.flight = Flight(number: number, task: task)
        slots[identity.key] = slot
    }

    private func arrival(_ identity: BoundIdentity) async -> Result<Credential, CredentialError> {
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
        let result = settle(outcome.result, identity, &slot)
        slots[identity.key] = slot
        for waiter in flight.waiters.values { waiter.resume(returning: result) }
    }

    private func settle(
        _ result: Result<StoredToken, CredentialError>, _ identity: BoundIdentity, _ slot: inout Slot
    ) -> Result<Credential, CredentialError> {
        do throws(CredentialError) {
            let token = try result.get()
            (slot.token, slot.credential, slot.failure) = (token, nil, nil)
            let credential = try applier.credential(for: identity, token: token)
            slot.credential = credential
            return .success(credential)
        } catch {
            slot.failure = failure(error, identity)
            if let last = lastResort(slot) { return .success(last) }
            slot.credential = nil
            return .failure(error)
        }
    }

    /// A refusal of the credential itself will not change during a run, and repeating it may lock the account.
    private func failure(_ error: CredentialError, _ identity: BoundIdentity) -> Failure? {
        let now = exchange.clock.monotonic()
        let cooldown = identity.provider.cache.failureCooldown
        switch error.kind {
        case .cancelled: return nil
        case .profile, .hostNotAllowed, .redirect, .limit: return Failure(error: error, until: nil)
        case .refused where cooldown == nil && error.retryAfter == nil && (400...403).contains(error.status ?? 0):
            return Failure(error: error, until: nil)
        default:
            let pause = error.retryAfter ?? cooldown ?? .seconds(30)
            return Failure(error: error, until: now &+ pause.wholeMilliseconds)
        }
    }
}

extension TokenStatistics {
    fileprivate mutating func add(_ other: TokenStatistics) {
        logins += other.logins
        refreshes += other.refreshes
        failures += other.failures
        time += other.time
    }
}
