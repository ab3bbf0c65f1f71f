import Providers
package import Secrets

/// A token as commands and reports see it.
package struct TokenInfo: Sendable {
    package enum Origin: String, Sendable {
        case login, refresh
    }

    package let value: Secret
    /// The scheme word as it is sent.
    package let type: String
    /// As the answer had it.
    package let statedType: String?
    /// Milliseconds since 1970; counted from when the request was sent.
    package let obtainedAt: Int64
    /// nil: not known.
    package internal(set) var expiresAt: Int64?
    package internal(set) var lifetime: TokenLifetime
    /// The scopes the answer says were granted; nil where it says nothing.
    package let grantedScope: [String]?
    package let origin: Origin
    package let hasRefreshToken: Bool
    /// Milliseconds since 1970; nil: not known.
    package let refreshExpiresAt: Int64?
}

/// A refresh token and when it ends.
struct RefreshToken: Sendable {
    let value: Secret
    /// By the monotonic clock; nil: not known.
    let endsAt: Int64?

    func isAlive(at now: Int64) -> Bool { endsAt.map { now < $0 } ?? true }
}

/// A value of the token answer that templates see as `captured.X`.
struct CapturedValue: Sendable {
    let secret: Secret
    let isSecret: Bool
}

/// A token with what is needed to use and renew it.
struct StoredToken: Sendable {
    var info: TokenInfo
    /// Times of the monotonic clock; nil: no end is known.
    var endsAt: Int64?
    /// Earlier by the margin.
    var usableUntil: Int64?
    var captured: [String: CapturedValue]
    var refresh: RefreshToken?
    /// The one that worked last, kept until its successor has worked.
    var previousRefresh: RefreshToken?
    /// A call was refused with it.
    var isInvalid = false

    func isUsable(at now: Int64) -> Bool { !isInvalid && usableUntil.map { now < $0 } ?? true }
    func isAlive(at now: Int64) -> Bool { endsAt.map { now < $0 } ?? true }
}
