package import Results
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
    }

    package init(directory: IdentityDirectory, broker: TokenBroker) {
        self.directory = directory
        self.broker = broker
    }

    /// - Throws: `Interruption.skipped`: a dead credential is one error of its own, its dependents are skipped.
    func credential(of name: String) async throws(Interruption) -> Credential {
        let identity = try bound(name)
        do throws(CredentialError) {
            let credential = try await broker.credential(for: identity)
            note(name, nil)
            return credential
        } catch {
            if error.kind == .cancelled { throw .skipped("interrupted") }
            throw dead(name, RunProblem(.token, error.message, at: identity.span))
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
        return (directory.environment?.identities ?? []).compactMap { spec in
            guard let problem = used[spec.name] else { return nil }
            let cost = statistics.first { $0.identity == spec.name }
            return CredentialOutcome(
                identity: spec.name, provider: spec.provider.text, span: spec.span, problem: problem,
                duration: cost?.time ?? .zero, tokenRequests: cost?.requests ?? 0)
        }
    }
}
