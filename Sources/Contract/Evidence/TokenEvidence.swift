package import Providers
import Secrets
package import Tokens

/// What the token service of one identity answered in this run; the rules about token endpoints and renewal are judged
/// on it, and send nothing.
package struct TokenEvidence: Sendable {
    /// A request that was granted, with what its answer says.
    package struct Grant: Sendable {
        package let exchange: ProbeExchange
        package let answer: TokenAnswer

        package init(exchange: ProbeExchange, answer: TokenAnswer) {
            self.exchange = exchange
            self.answer = answer
        }
    }

    package let identity: BoundIdentity
    package let rules: TokenRules
    /// What the server says of itself; nil: the provider does without.
    package var metadata: ServerMetadata?
    /// Ordinary token requests, oldest first.
    package var logins: [Grant] = []
    /// The login before the probes, whose token they ask about.
    package var probed: Grant?
    /// Ordinary renewals, oldest first.
    package var refreshes: [Grant] = []
    /// By probe id (`T-05`), in the order they were sent; under `login` and `refresh` an ordinary request that was not
    /// granted.
    package var exchanges: [String: [ProbeExchange]] = [:]
    /// Probes that were not sent, and why; completes "skipped: …".
    package var unsent: [String: String] = [:]
    /// The run's token, from before the battery asked for one.
    var tokenBefore: Secret?
    /// By what may have ended the token: `login`, the battery's own beside the run's token; `refresh`, the ordinary renewal
    /// of a token; `REV-02`, its revocation.
    package var lives: [String: TokenLife] = [:]
    /// Why no call of the API was made with a token; completes "skipped: …".
    package var unwatched: [String: String] = [:]
    /// Why refusals prove nothing: a sentence; nil: the ordinary request worked before and after the probes.
    package var doubt: String?

    package init(identity: BoundIdentity, rules: TokenRules) {
        self.identity = identity
        self.rules = rules
    }
}
