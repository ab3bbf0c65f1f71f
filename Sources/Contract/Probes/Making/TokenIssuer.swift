import JSON
package import Secrets

/// Who issued a token, as far as it shows.
package struct TokenIssuer: Sendable {
    private let claim: String?
    private let host: String?

    /// - Parameter host: that the token came from; nil: unknown.
    package init(of token: Secret, from host: String?) {
        claim = CompactJWT(token)?.claims["iss"]?.string
        self.host = host
    }

    /// By `iss` where both tokens say one (RFC 9068 §2.2), else by where they came from; false where that does not show.
    package func differs(from other: TokenIssuer) -> Bool {
        if let claim, let theirs = other.claim { return claim != theirs }
        guard let host, let theirs = other.host else { return false }
        return host != theirs
    }
}

/// A token that was issued to another identity of the run, by an issuer that the API has nothing to do with.
package enum ForeignToken: Sendable {
    case genuine(Secret, of: String)
    /// Completes "skipped: …".
    case missing(String)
}
