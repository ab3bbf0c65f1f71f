package import Tokens

/// What the probes of one API request brought; the rules about protected resources are judged on it, and send nothing.
package struct ResourceEvidence: Sendable {
    package let identity: BoundIdentity
    package let credential: Credential
    /// The request with its credential, as it passed.
    package let control: ProbeExchange
    /// By probe id (`N-01`), in the order they were sent.
    package var exchanges: [String: [ProbeExchange]] = [:]
    /// Probes that were not sent, and why; completes "skipped: …".
    package var unsent: [String: String] = [:]

    package init(identity: BoundIdentity, credential: Credential, control: ProbeExchange) {
        self.identity = identity
        self.credential = credential
        self.control = control
    }
}
