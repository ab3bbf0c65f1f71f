package import Results

/// A rule of the catalogue: what a server must do, who says so, how it is tried and what counts.
///
/// Data alone; what judges it is a `TokenRuleCheck` or a `ResourceRuleCheck` of the same id.
package struct Rule: Sendable, Hashable {
    package enum Severity: String, CaseIterable, Sendable {
        /// Somebody gets in who should not.
        case hole = "C"
        /// A MUST is broken.
        case must = "E"
        /// A SHOULD, or a trap for clients.
        case should = "W"
        /// Worth knowing; never right or wrong.
        case observation = "I"
    }

    package enum Mode: String, CaseIterable, Sendable {
        /// Judged on traffic that happens anyway.
        case passive = "P"
        /// A token or a document is decoded.
        case `static` = "S"
        /// One more request.
        case active = "A"
        /// Needs a second identity, a short-lived token, a destructive step.
        case setUp = "X"
    }

    /// Which rules belong together, and which of them a provider claims to keep (formats.md R6, `contract.packs`).
    package enum Pack: String, CaseIterable, Sendable {
        /// Always on.
        case http
        /// The token endpoint is one of RFC 6749.
        case oauth
        /// The API takes bearer tokens (RFC 6750).
        case bearer
        /// The token is a JWT (RFC 7519, RFC 8725).
        case jwt
        /// The profile claims RFC 9068.
        case accessTokenJWT = "at-jwt"
        /// Renewal with a refresh token.
        case refresh
        case key, metadata, revoke, introspect, assert, exchange, device, code, pop
    }

    package let id: String
    package let title: String
    /// `RFC 6749 §5.2`, several separated by `; `; "tool rule" where no document says it.
    package let source: String
    /// Of a broken rule; of the manner of refusal where `access` is at stake.
    package let severity: Severity
    /// What the probe asks for must not be had: where it was granted all the same, that is a hole, whatever `severity`
    /// says. True of every rule of that severity.
    package let access: Bool
    package let modes: [Mode]
    package let pack: Pack
    /// What is sent, or looked at, to try it.
    package let sends: String
    /// What counts as kept, what as broken.
    package let counts: String
    /// What a broken rule does to whom, and who mends it, for readers who know HTTP only; nil: no run tries it.
    package let why: String?
    /// The same where a caller was let in, of rules that are else about the manner of an answer.
    package let hole: String?

    package var note: RuleNote { RuleNote(id, title: title, source: source, why: why, hole: hole) }

    /// Of a caller who was to be refused: where he was, and not as file or vendor say, that is no matter of this rule.
    package var noteOfRefusal: RuleNote {
        RuleNote(id, title: title, source: source, why: Self.otherRefusal, hole: hole ?? why)
    }

    private static let otherRefusal =
        "By the answer programs decide whether to log in again, give up or report a mistake. The API must answer as "
        + "expected; if this answer is right, mend what the file or the provider expects."
}
