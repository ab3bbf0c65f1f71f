/// What a 401 or 403 that was not expected says, and what was known of the token it answers: enough to tell later why.
package struct RefusalNote: Sendable, Hashable {
    /// Milliseconds since 1970 at which the answer was there.
    package var answeredAt: Int64
    /// The lines of `WWW-Authenticate` (RFC 9110 §11.6.1), masked; empty: the answer has none.
    package var challenges: [String]
    /// nil: the request went out without a token.
    package var token: TokenNote?

    package init(answeredAt: Int64, challenges: [String], token: TokenNote?) {
        self.answeredAt = answeredAt
        self.challenges = challenges
        self.token = token
    }
}

/// A token as reports know it: everything but its value.
package struct TokenNote: Sendable, Hashable {
    /// A claim of a token that decodes as a JWT: its value where it says what the token is for, else its kind.
    package struct Claim: Sendable, Hashable {
        package var name: String
        package var shown: String

        package init(_ name: String, _ shown: String) {
            self.name = name
            self.shown = shown
        }
    }

    /// The scheme word as it is sent.
    package var type: String
    /// `login`, `refresh`
    package var origin: String
    /// Milliseconds since 1970.
    package var obtainedAt: Int64
    /// nil: not known.
    package var expiresAt: Int64?
    /// nil: the answer does not say.
    package var grantedScope: [String]?
    package var claims: [Claim]

    package init(
        type: String, origin: String, obtainedAt: Int64, expiresAt: Int64? = nil, grantedScope: [String]? = nil,
        claims: [Claim] = []
    ) {
        self.type = type
        self.origin = origin
        self.obtainedAt = obtainedAt
        self.expiresAt = expiresAt
        self.grantedScope = grantedScope
        self.claims = claims
    }
}
