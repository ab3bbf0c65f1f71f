package import Results
import Secrets
import Synchronization
package import Tokens
import Workspace

/// Where lanes get their credentials, and where it is noted which identities a run used.
package struct CredentialDesk: Sendable {
    private let directory: IdentityDirectory
    private let broker: TokenBroker
    private let ledger = Ledger()

    private final class Ledger: Sendable {
        /// The identities asked for, with what went wrong first.
        let entries = Mutex<[String: RunProblem?]>([:])
        /// The token of an identity that was refused although it was new: another one will not help either.
        let hopeless = Mutex<[String: Secret]>([:])
    }

    package init(directory: IdentityDirectory, broker: TokenBroker) {
        self.directory = directory
        self.broker = broker
    }

    /// - Throws: `Interruption.skipped`: a dead credential is one error of its own, its dependents are skipped.
    func grant(of name: String) async throws(Interruption) -> TokenBroker.Grant {
        let identity = try await current(name)
        do throws(CredentialError) {
            let grant = try await broker.grant(for: identity)
            note(name, nil)
            return grant
        } catch {
            if error.kind == .cancelled { throw .skipped("interrupted") }
            throw dead(name, RunProblem(.token, error.message, at: error.place ?? identity.span))
        }
    }

    /// After a 401: gives the token up, if it was one that had been kept, and gets another one for the repetition.
    ///
    /// Many servers answer 401 for what a new token does not change, a missing scope for one: where a new token was
    /// refused too, it is not tried again until the token changes by itself.
    ///
    /// - Parameter isRepeated: false: the request is not sent again, so the next one gets the new token.
    /// - Returns: nil where there is nothing to repeat with.
    func replacement(for grant: TokenBroker.Grant, of name: String, isRepeated: Bool) async -> TokenBroker.Grant? {
        guard let token = grant.credential.token?.value, let identity = try? await current(name) else { return nil }
        let isHopeless = ledger.hopeless.withLock { hopeless in
            if grant.isNew { hopeless[name] = token }
            return hopeless[name] == token
        }
        if isHopeless { return nil }
        guard isRepeated else {
            await broker.withdraw(token, of: identity)
            return nil
        }
        await broker.invalidate(token, of: identity)
        guard let next = try? await broker.grant(for: identity), next.credential.token?.value != token else {
            return nil
        }
        return next
    }

    /// Notes that a repetition with that token was refused as well.
    func giveUp(_ grant: TokenBroker.Grant, of name: String) {
        guard let token = grant.credential.token?.value else { return }
        ledger.hopeless.withLock { $0[name] = token }
    }

    /// The identity with secrets that are good now; what it had before is forgotten with its token.
    private func current(_ name: String) async throws(Interruption) -> BoundIdentity {
        guard let current = await directory.current(name) else { return try bound(name) }
        if let dropped = current.dropped { await broker.forget(dropped) }
        do throws(RunProblem) {
            return try current.result.get()
        } catch {
            if Task.isCancelled { throw .skipped("interrupted") }
            throw dead(name, error)
        }
    }

    /// An identity whose secrets a template names, or whose base URL is used; its token is not asked for.
    func bound(_ name: String) throws(Interruption) -> BoundIdentity {
        guard let entry = directory[name] else { throw .skipped("the identity '\(name)' has no provider") }
        do throws(RunProblem) {
            return try entry.get()
        } catch {
            throw dead(name, error)
        }
    }

    /// Why a request of that identity is not sent, where its credential is known to be dead.
    func deadReason(_ name: String) -> String? {
        let isDead = ledger.entries.withLock { $0[name].map { $0 != nil } ?? false }
        return isDead ? Self.reason(name) : nil
    }

    private static func reason(_ name: String) -> String { "no credential of '\(name)'" }

    private func dead(_ name: String, _ problem: RunProblem) -> Interruption {
        note(name, problem)
        return .skipped(Self.reason(name))
    }

    private func note(_ name: String, _ problem: RunProblem?) {
        ledger.entries.withLock { entries in
            if entries[name] == nil || entries[name] == .some(nil) { entries[name] = problem }
        }
    }

    /// A case for each identity used, in the order of the environment file.
    package func outcomes() async -> [CredentialOutcome] {
        let used = ledger.entries.withLock { $0 }
        let statistics = await broker.statistics
        var outcomes: [CredentialOutcome] = []
        for spec in directory.environment?.identities ?? [] {
            guard let problem = used[spec.name] else { continue }
            // Several where its secrets were replaced during the run.
            let costs = statistics.filter { $0.identity == spec.name }
            let identity = try? bound(spec.name)
            var token: TokenInfo?
            if let identity { token = await broker.current(identity) }
            outcomes.append(
                CredentialOutcome(
                    identity: spec.name, provider: spec.provider.text, span: spec.span, problem: problem,
                    duration: costs.reduce(.zero) { $0 + $1.time }, tokenRequests: costs.reduce(0) { $0 + $1.requests },
                    scopeAsked: identity?.scope ?? [], token: token.map { TokenNote($0) }))
        }
        return outcomes
    }
}
