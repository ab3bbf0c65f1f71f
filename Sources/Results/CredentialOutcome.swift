package import Diagnostics

/// How the credential of one identity fared in this run: a case of its own, so that a dead one is one error and not a
/// hundred.
package struct CredentialOutcome: Sendable {
    package var identity: String
    package var provider: String
    /// The identity in its environment file.
    package var span: Span
    /// nil: the credential was to be had.
    package var problem: RunProblem?
    /// Spent on token requests.
    package var duration: Duration
    /// Token requests sent, refreshes included.
    package var tokenRequests: Int
    package var scopeAsked: [String]
    /// The last one; nil: there is none, or the credential is another kind.
    package var token: TokenNote?

    package init(
        identity: String, provider: String, span: Span, problem: RunProblem? = nil, duration: Duration = .zero,
        tokenRequests: Int = 0, scopeAsked: [String] = [], token: TokenNote? = nil
    ) {
        self.identity = identity
        self.provider = provider
        self.span = span
        self.problem = problem
        self.duration = duration
        self.tokenRequests = tokenRequests
        self.scopeAsked = scopeAsked
        self.token = token
    }
}
