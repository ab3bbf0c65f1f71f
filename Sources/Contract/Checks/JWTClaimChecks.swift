import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// JWT-01 … JWT-08, 15, 17, 18: what the newest login's token says about itself.
enum JWTClaimChecks {
    static let all: [TokenRuleCheck] = [
        type, algorithm, claims, scope, lifetime, notInFuture, seconds,
        signature, personal, toldApart, shared,
    ]

    /// RFC 9068 §4: whoever gets the token must be able to verify it with what is published.
    static let signature = jwt("JWT-08") { evidence, grant, jwt in
        guard let published = evidence.metadata?.keys else {
            return .notTestable("the provider names no description of the service that leads to its keys")
        }
        guard jwt.isAsymmetric, let algorithm = JWTAlgorithm(rawValue: jwt.algorithm) else {
            return .notTestable("no public key belongs to the token's algorithm")
        }
        guard published.response?.status == 200, !published.members.isEmpty else {
            return .notTestable("there is no key set at \(published.url.text)")
        }
        let kid = jwt.header["kid"]?.string
        let candidates = published.keys.filter { kid == nil || $0.id == kid }
        if candidates.isEmpty { return grant.broken("a published key of the token's kid", "none of that name") }
        let signed = Array("\(jwt.headerText).\(jwt.claimsText)".utf8)
        let signature = Base64.decode(jwt.signatureText) ?? []
        return candidates.contains { $0.isValid(signature, for: signed, algorithm) }
            ? .kept : grant.broken("a signature that fits the published key", "one that does not")
    }

    private static func jwt(
        _ id: String, _ judge: @escaping @Sendable (TokenEvidence, TokenEvidence.Grant, CompactJWT) -> RuleVerdict
    ) -> TokenRuleCheck {
        .login(id) { evidence, grant in
            guard let content = grant.answer.token.flatMap({ CompactJWT($0) }) else {
                return .notTestable("the token is no JWT")
            }
            return judge(evidence, grant, content)
        }
    }

    static let type = jwt("JWT-01") { _, grant, jwt in
        let type = jwt.header["typ"]?.string?.lowercased()
        return type == "at+jwt" || type == "application/at+jwt"
            ? .kept
            : grant.broken("a token whose header says typ at+jwt", "one with \(type == nil ? "no" : "another") typ")
    }

    private static let signed = "a token whose header names how it is signed (alg)"

    static let algorithm = jwt("JWT-02") { _, grant, jwt in
        guard !jwt.algorithm.isEmpty else { return grant.broken(signed, "one without alg") }
        return jwt.algorithm.lowercased() == "none" ? grant.broken(signed, "one with alg none, unsigned") : .kept
    }

    static let claims = jwt("JWT-03") { _, grant, jwt in
        let wanted = ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"]
        let missing = wanted.filter { jwt.claims[$0] == nil }
        return missing.isEmpty
            ? .kept
            : grant.broken(
                "a token with \(wanted.joined(separator: ", "))", "one without \(missing.joined(separator: ", "))")
    }

    static let scope = jwt("JWT-04") { evidence, grant, jwt in
        let stated = grant.answer.scope.map { TokenScope($0, evidence.rules).words } ?? Set(evidence.identity.scope)
        if stated.isEmpty { return .notTestable("no scope was asked for or granted") }
        guard let claim = jwt.claims["scope"] else {
            return grant.broken("a token that names its scope", "one that does not")
        }
        guard let text = claim.string else {
            return grant.broken("a scope that is a text with blanks", "one of another kind")
        }
        let found = Set(text.split(separator: " ").map(String.init))
        return found == stated ? .kept : grant.broken("a token with the scope that was granted", "one with other words")
    }

    static let lifetime = jwt("JWT-05") { evidence, grant, jwt in
        guard let actual = jwt.lifetime else { return .notTestable("the token has no exp and iat") }
        guard let stated = grant.statedSeconds(evidence.rules) else {
            return .notTestable("the answer states no lifetime as a number")
        }
        return abs(actual - stated) <= 5
            ? .kept
            : grant.broken(
                "a token that lives for \(whole(stated)) s, as the answer says", "one that lives for \(whole(actual)) s"
            )
    }

    /// By the service's own clock: ours proves nothing.
    static let notInFuture = jwt("JWT-06") { _, grant, jwt in
        guard let date = grant.response.headers["Date"].flatMap(Timestamp.parse(httpDate:)) else {
            return .notTestable("the answer has no Date to compare with")
        }
        let present = ["iat", "nbf"].filter { jwt.seconds($0) != nil }
        if present.isEmpty { return .notTestable("the token has neither iat nor nbf") }
        // A minute is the leeway that most libraries give; Date has whole seconds.
        let late = present.first { (jwt.seconds($0) ?? 0) > Double(date) / 1000 + 61 }
        return late.map {
            grant.broken("a token that is good at once", "one that is good later: its \($0) is in the future")
        } ?? .kept
    }

    static let seconds = jwt("JWT-07") { _, grant, jwt in
        let present = ["exp", "iat", "nbf"].filter { jwt.claims[$0] != nil }
        if present.isEmpty { return .notTestable("the token has no times") }
        for name in present {
            guard let value = jwt.seconds(name) else {
                return grant.broken("a token whose \(name) is a number", "one of another kind")
            }
            if value >= 1e11 { return grant.broken("a token whose \(name) is in seconds", "one in milliseconds") }
        }
        return .kept
    }

    /// Names that say what is behind them; RFC 9068 §6.
    private static let personalNames = [
        "password", "passwd", "secret", "phone", "address", "birth", "ssn", "iban", "card_number", "email",
        "family_name",
        "given_name",
    ]

    private static let discreet = "a token without secrets and personal data"

    static let personal = jwt("JWT-15") { evidence, grant, jwt in
        let names = jwt.claims.names.filter { name in
            let name = name.lowercased().replacing("-", with: "_")
            return !name.hasSuffix("_verified") && personalNames.contains { name.contains($0) }
        }
        if let name = names.first { return grant.broken(discreet, "one that holds '\(name)'") }
        let identity = evidence.identity
        let secrets = identity.secrets.filter { identity.provider.secret($0.key)?.isSensitive ?? true }
            .map { $0.value.reveal() }.filter { $0.utf8.count >= 6 }
        let texts = jwt.claims.compactMap(\.value.string)
        let isName = CredentialNames(evidence)
        return texts.contains { secrets.contains($0) && !isName.contains($0) }
            ? grant.broken(discreet, "one that holds the login's own secret") : .kept
    }

    static let toldApart = jwt("JWT-17") { _, grant, jwt in
        guard let refresh = grant.answer.refreshToken else { return .notTestable("there is no refresh token") }
        guard let other = CompactJWT(refresh) else { return .kept }
        if jwt.header["typ"] != other.header["typ"] { return .kept }
        let tells = ["aud", "typ", "token_use", "token_type", "type", "use", "kind", "scope"].contains {
            jwt.claims[$0] != other.claims[$0]
        }
        return tells ? .kept : grant.broken("two tokens that say which is which", "two that say the same")
    }

    static let shared = jwt("JWT-18") { _, _, jwt in
        guard jwt.algorithm.uppercased().hasPrefix("HS") else { return .kept }
        return .observed(
            "Tokens are signed with \(jwt.algorithm): whoever verifies them can make them, and a weak key can be guessed offline."
        )
    }

    static func whole(_ seconds: Double) -> String { String(Int(min(seconds.rounded(), 1e15))) }
}

/// What a login says about who asks: no secret, though it may be masked.
private struct CredentialNames {
    private let names: Set<String>

    init(_ evidence: TokenEvidence) {
        guard let request = evidence.newestLogin?.exchange.request,
            let parts = TokenRequestParts(request, encoding: evidence.identity.clientAuth.encoding)
        else {
            names = []
            return
        }
        let places = CredentialPlaces(in: parts, of: evidence.identity)
        names = Set(places.names.compactMap(parts.text))
    }

    func contains(_ text: String) -> Bool { names.contains(text) }
}
