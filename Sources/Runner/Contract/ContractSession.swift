package import Contract
import HTTP
import Secrets
import Synchronization
package import Tokens

/// What all lanes of a run know of the contract: what is tried, and what has been tried already.
package final class ContractSession: Sendable {
    package let policy: ContractPolicy
    package let extent: ContractExtent
    let exchange: TokenExchange
    let traffic: TokenTraffic
    private let broker: TokenBroker

    private struct Ledger {
        var claimed: Set<String> = []
        /// Identities that a server has let in during this run.
        var proven: Set<String> = []
        /// Hosts that asked for fewer requests, or said that somebody is locked.
        var stopped: [String: String] = [:]
        var expired: [String: Secret] = [:]
        /// By identity: a read that passed, without credential.
        var controls: [String: HTTPRequest] = [:]
        var lasting: Set<String> = []
    }

    private let ledger = Mutex(Ledger())

    package init(
        policy: ContractPolicy, extent: ContractExtent, exchange: TokenExchange, broker: TokenBroker,
        traffic: TokenTraffic
    ) {
        self.policy = policy
        self.extent = extent
        self.exchange = exchange
        self.broker = broker
        self.traffic = traffic
    }

    /// True for the first who asks: what is tried once a run, however many lanes there are.
    func claim(_ what: String) -> Bool { ledger.withLock { $0.claimed.insert(what).inserted } }

    func isClaimed(_ what: String) -> Bool { ledger.withLock { $0.claimed.contains(what) } }

    func noteProven(_ identity: String) { ledger.withLock { _ = $0.proven.insert(identity) } }

    func isProven(_ identity: String) -> Bool { ledger.withLock { $0.proven.contains(identity) } }

    /// A read of that identity that passed, for calls with other tokens of it.
    ///
    /// - Parameter isLasting: it asks for no object that may be gone by then, and takes the place of one that does.
    func note(control request: HTTPRequest, of identity: String, isLasting: Bool) {
        ledger.withLock { ledger in
            let known = ledger.controls[identity]
            if known == nil || isLasting && !ledger.lasting.contains(identity) { ledger.controls[identity] = request }
            if isLasting { ledger.lasting.insert(identity) }
        }
    }

    func control(of identity: String) -> HTTPRequest? { ledger.withLock { $0.controls[identity] } }

    /// No more probes to that host; the reason completes "skipped: …".
    func stop(_ host: String, _ reason: String) {
        ledger.withLock { if $0.stopped[host] == nil { $0.stopped[host] = reason } }
    }

    func stopReason(_ host: String) -> String? { ledger.withLock { $0.stopped[host] } }

    /// A token of the identity that has certainly ended: one of an earlier run, or of this one.
    func expiredToken(of identity: BoundIdentity) async -> Secret? {
        if let known = ledger.withLock({ $0.expired[identity.name] }) { return known }
        return await broker.expiredToken(of: identity)
    }

    func noteExpired(_ token: Secret, of identity: String) { ledger.withLock { $0.expired[identity] = token } }

    /// For the probe that sends it in place of the access token.
    func refreshToken(of identity: BoundIdentity) async -> Secret? { await broker.refreshToken(of: identity) }
}
