import Providers

/// What is kept of one identity between processes: its token, its refresh token where the provider allows that, the
/// token before, and a failure that others need not repeat. Never the credential itself.
package struct TokenCacheEntry: Sendable {
    static let version = 1

    /// For the list; the key decides.
    var identity: String
    var provider: String
    var token: KeptToken?
    /// The token before this one, for tests that need an expired one.
    var previous: KeptToken?
    var refresh: KeptRefresh?
    var previousRefresh: KeptRefresh?
    var failure: KeptFailure?
    /// When the token service was last asked, milliseconds since 1970.
    var askedAt: Int64?

    init(_ identity: BoundIdentity) {
        self.identity = identity.name
        provider = identity.provider.id
    }

    init(identity: String, provider: String) {
        self.identity = identity
        self.provider = provider
    }
}

/// A token with its times by the calendar, since no other clock is shared by processes.
struct KeptToken: Sendable {
    var value: String
    var type: String
    var statedType: String?
    var obtainedAt: Int64
    var expiresAt: Int64?
    var source: TokenLifetime.Source
    var scope: [String]?
    var origin: TokenInfo.Origin
    var hasRefreshToken: Bool
    var refreshExpiresAt: Int64?
    /// Name, value, whether it is secret.
    var captured: [(name: String, value: String, isSecret: Bool)]
    /// A call was refused with it.
    var isRefused = false
}

struct KeptRefresh: Sendable {
    var value: String
    var expiresAt: Int64?
}

/// Why there is no token, until a moment.
struct KeptFailure: Sendable {
    var kind: CredentialError.Kind
    var message: String
    var status: Int?
    /// Milliseconds since 1970.
    var until: Int64

    /// What the token service said; what went wrong on the way there may be mended by an option of the next command.
    static let kinds: Set<CredentialError.Kind> = [.refused, .rateLimited, .badAnswer, .expired]
    /// A day: longer than any `Retry-After` that is believed.
    static let longest: Int64 = 86_400_000
}
