/// How a token is renewed.
package struct RefreshRules: Sendable {
    package enum Mode: String, CaseIterable, Sendable {
        /// By asking again with the credential.
        case reacquire
        /// With the refresh token.
        case token
        /// With the token itself, while it is alive: for services that turn a token into a younger one.
        case exchange
    }

    /// Whether a renewal brings a new refresh token.
    package enum Rotation: String, CaseIterable, Sendable {
        case always, never
        /// Take a new one where one comes.
        case observe
    }

    /// Whether a refresh token may be sent again after it has been used.
    package enum Reuse: String, CaseIterable, Sendable {
        case single, multiple
    }

    package enum OnInvalid: String, CaseIterable, Sendable {
        case reacquire, fail
    }

    package let mode: Mode
    package let request: TokenRequestRules
    package let response: TokenResponseRules
    package let rotation: Rotation
    package let reuse: Reuse
    /// The profile says so itself; `reuse` alone may be the default.
    package var documentsReuse = false
    package let onInvalid: OnInvalid
    /// Statuses that say that the refresh token is no longer good.
    package let invalidStatuses: [Int]
}
