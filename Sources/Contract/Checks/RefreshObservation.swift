import JSON
import Providers
import Tokens

/// What a vendor's words leave open about refresh tokens and lifetimes, seen on the wire (auth-dialects.md §1.3, A-1 and
///
package struct RefreshObservation: Sendable {
    package enum Semantics: Sendable, Hashable {
        /// The same refresh token comes back.
        case echo
        /// A new one comes back, and the old one lives on.
        case sliding
        /// A new one comes back, and the old one is dead; `endsFamily`: so is the new one, once the old one is sent.
        case rotation(endsFamily: Bool)
    }

    package let semantics: Semantics
    /// In what unit the stated lifetime is right; nil: the tokens do not show it.
    package let unit: String?

    /// nil where no refresh token was used twice.
    package init?(_ evidence: TokenEvidence) {
        let tries = evidence.answers("T-19")
        guard let again = tries.first, let renewal = evidence.refreshes.last,
            let login = evidence.logins.last(where: {
                $0.answer.refreshToken != nil
            })
        else { return nil }
        let isNew =
            renewal.answer.refreshToken.map { new in
                !evidence.logins.contains { $0.answer.refreshToken == new }
            } ?? false
        if !isNew {
            semantics = .echo
        } else if again.isGranted {
            semantics = .sliding
        } else {
            semantics = .rotation(endsFamily: tries.count > 1 && !tries[1].isGranted)
        }
        unit = LifetimeUnit.of(login)
    }

    /// One sentence or two.
    package var sentence: String {
        let words =
            switch semantics {
            case .echo: "Renewal gives the same refresh token again (echo)."
            case .sliding: "Renewal gives a new refresh token, and the old one lives on (sliding)."
            case .rotation(endsFamily: true):
                "Renewal gives a new refresh token; using the old one again ends both (rotation)."
            case .rotation(endsFamily: false): "Renewal gives a new refresh token, and the old one is dead (rotation)."
            }
        return unit.map { "\(words) The stated lifetimes are \($0), by exp − iat." } ?? words
    }
}

/// The unit of a lifetime that a vendor states without one.
enum LifetimeUnit {
    private static let units: [(name: String, seconds: Double)] = [
        ("seconds", 1), ("milliseconds", 0.001), ("minutes", 60), ("hours", 3600), ("days", 86_400),
    ]

    /// nil where the token is no JWT, or no unit fits within 5 s.
    static func of(_ grant: TokenEvidence.Grant) -> String? {
        guard let lifetime = grant.answer.token.flatMap({ CompactJWT($0) })?.lifetime,
            let value = grant.answer.expiry, let stated = value.number?.double ?? value.string.flatMap(Double.init)
        else { return nil }
        return units.first { abs(stated * $0.seconds - lifetime) <= 5 }?.name
    }
}
