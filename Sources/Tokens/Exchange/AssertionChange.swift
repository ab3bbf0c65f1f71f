import JSON

/// What is made wrong in an assertion before it is signed as ever, for tests of the service that takes it: the key stays
/// where it is.
package enum AssertionChange: Sendable, Hashable {
    /// What the assertion stands for.
    package enum Use: Sendable {
        /// Client authentication (RFC 7523 §2.2).
        case client
        /// The grant (RFC 7523 §2.1).
        case grant
    }

    case without(claim: String)
    case text(claim: String, String)
    /// Seconds from now; the issue time stays before the end.
    case end(Int)

    /// - Parameter now: seconds since 1970.
    func apply(to claims: inout JSONObject, now: Int) {
        switch self {
        case .without(let claim): claims[claim] = nil
        case .text(let claim, let text): claims[claim] = .string(text)
        case .end(let seconds):
            claims["exp"] = .number(JSONNumber(now + seconds))
            if seconds < 0 { claims["iat"] = .number(JSONNumber(now + seconds - 60)) }
        }
    }
}
