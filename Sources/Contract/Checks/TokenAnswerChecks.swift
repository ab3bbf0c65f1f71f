import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// TOK-16 … TOK-27: what a granted token request is answered; REF-13 asks the same of renewals.
enum TokenAnswerChecks {
    /// Judges one granted answer.
    typealias Judge = @Sendable (TokenEvidence, TokenEvidence.Grant) -> RuleVerdict

    static let all: [TokenRuleCheck] =
        [
            .login("TOK-16", scopeIsStated), .login("TOK-17", scopeSyntax),
        ]
        + ofEveryAnswer.map { .login($0.id, $0.judge) }
        + [
            .login("TOK-25") { _, grant in
                grant.response.has("no-cache", in: "Pragma")
                    ? .kept : grant.broken("Pragma: no-cache", grant.field("Pragma"))
            },
            .login("TOK-26", noRefreshToken), redirect,
        ]

    /// TOK-18 … TOK-24.
    static let ofEveryAnswer: [(id: String, judge: Judge)] = [
        (
            "TOK-18",
            { _, grant in
                grant.response.status == 200
                    ? .kept : grant.broken("status 200", "status \(grant.response.status)")
            }
        ),
        ("TOK-19", jsonObject), ("TOK-20", tokenText), ("TOK-21", tokenType), ("TOK-22", lifetimeIsNumber),
        ("TOK-23", lifetimeIsKnown),
        (
            "TOK-24",
            { _, grant in
                grant.response.has("no-store", in: "Cache-Control")
                    ? .kept : grant.broken("Cache-Control: no-store", grant.field("Cache-Control"))
            }
        ),
    ]

    static let scopeIsStated: Judge = { evidence, grant in
        // A scope that does not exist was not granted, whatever was.
        if let unknown = evidence.answers("T-07").first(where: \.isGranted), unknown.answer.scope == nil {
            return unknown.broken("a scope in the answer, since it is not the one asked for", "an answer without scope")
        }
        if grant.answer.scope != nil { return .kept }
        let asked = Set(evidence.identity.scope)
        if asked.isEmpty { return .notTestable("no scope was asked for, and the answer states none") }
        guard let claim = grant.claims?["scope"] else {
            return .notTestable("the answer states no scope, and the token does not show which was granted")
        }
        let granted = TokenScope(claim, evidence.rules).words
        return granted == asked
            ? .kept
            : grant.broken("a scope in the answer, since it is not the one asked for", "an answer without scope")
    }

    static let scopeSyntax: Judge = { evidence, grant in
        let documented = TokenScope(.null, evidence.rules).dialect
        guard let value = grant.answer.scope else {
            if let documented, evidence.identity.scope.count > 1 { return .observed(dialect(documented)) }
            return .notTestable("the answer states no scope")
        }
        let scope = TokenScope(value, evidence.rules)
        if scope.isArray {
            return evidence.rules.scope.form == .array
                ? .observed("The profile documents scopes as a list, where RFC 6749 has one text with spaces.")
                : grant.broken("one text with spaces", "a list")
        }
        guard let isPlain = scope.isPlain else { return grant.broken("one text with spaces", "no text") }
        if let documented, scope.hasComma || !isPlain { return .observed(dialect(documented)) }
        if scope.hasComma { return grant.broken("scopes separated by a space", "scopes separated by a comma") }
        return isPlain
            ? .kept : grant.broken("scopes separated by one space, in the allowed characters", "another text")
    }

    private static func dialect(_ separator: String) -> String {
        "The profile documents scopes separated by '\(separator)', where RFC 6749 has a space."
    }

    static let jsonObject: Judge = { evidence, grant in
        guard evidence.rules.response.format == .json else {
            return .observed("The profile documents answers in \(evidence.rules.response.format.rawValue), not JSON.")
        }
        let type = grant.response.mediaType
        if type != "application/json" {
            return grant.broken(
                "Content-Type: application/json", type.map { "Content-Type: \($0)" } ?? "no Content-Type")
        }
        return grant.response.jsonRoot?.kind == .object ? .kept : grant.broken("one JSON object", "another body")
    }

    static let tokenText: Judge = { _, grant in
        guard grant.answer.tokenKind == .string, let token = grant.answer.token?.reveal() else {
            return grant.broken(
                "a token that is a text",
                grant.answer.tokenKind.map { "a token of the kind \($0.rawValue)" } ?? "no token")
        }
        return token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            ? .kept : grant.broken("a token of visible ASCII characters", "one with others")
    }

    static let tokenType: Judge = { _, grant in
        guard let type = grant.answer.type else { return grant.broken("an answer with token_type", "one without") }
        return type.string?.isEmpty == false
            ? .kept : grant.broken("a token_type that is a text", "one that is none, or empty")
    }

    static let lifetimeIsNumber: Judge = { evidence, grant in
        guard let value = grant.answer.expiry else { return .notTestable("the answer states no lifetime") }
        if let expiry = evidence.rules.response.expiry, expiry.kind == .instant || expiry.pattern != nil {
            return .observed("The profile documents a moment in time, where RFC 6749 has seconds.")
        }
        let positive = "a lifetime that is a positive number"
        guard let number = value.number?.double else {
            return grant.broken(positive, "a lifetime that is \(value.string == nil ? "no number" : "a text")")
        }
        return number > 0 ? .kept : grant.broken(positive, "a lifetime \(number == 0 ? "of 0" : "below 0")")
    }

    static let lifetimeIsKnown: Judge = { evidence, grant in
        if grant.answer.expiry != nil { return .kept }
        return evidence.rules.response.defaultLifetime != nil
            ? .observed("The answer states no lifetime; the profile documents one.")
            : grant.broken("an answer that says how long the token lives", "one that does not")
    }

    static let noRefreshToken: Judge = { evidence, grant in
        guard evidence.rules.grant == .clientCredentials else {
            return .notTestable("the grant is not client_credentials")
        }
        return grant.answer.refreshToken == nil
            ? .kept : grant.broken("an answer without refresh token", "one with a refresh token")
    }

    static let redirect = TokenRuleCheck("TOK-27") { evidence in
        let tried = evidence.exchanges.keys.filter { $0 != "TOK-01" }.sorted()
        if let turned = tried.lazy.compactMap({ evidence.answers($0).last { (300...399).contains($0.status) } }).first {
            return turned.broken("an answer of its own", "a redirect (\(turned.status))")
        }
        return evidence.newestLogin == nil ? .notTestable(TokenRuleCheck.noLogin(evidence)) : .kept
    }
}

extension TokenEvidence.Grant {
    /// A grant has an answer; the empty one is never seen.
    var response: HTTPResponse { exchange.response ?? HTTPResponse(status: 0) }

    /// Claims of a token that is a JWT.
    var claims: JSONObject? { answer.token.flatMap { CompactJWT($0) }?.claims }

    func broken(_ expected: String, _ actual: String) -> RuleVerdict {
        .broken(expected: expected, actual: actual, exchange)
    }

    /// `no Pragma`, or the line as it came.
    func field(_ name: String) -> String { response.headers[name].map { "\(name): \($0)" } ?? "no \(name)" }

    /// The stated lifetime in seconds, by the unit that the profile documents.
    func statedSeconds(_ rules: TokenRules) -> Double? {
        guard let expiry = rules.response.expiry, expiry.kind == .duration, expiry.pattern == nil,
            let value = answer.expiry, let number = value.number?.double ?? value.string.flatMap(Double.init),
            number > 0
        else { return nil }
        return number * expiry.unit.milliseconds / 1000
    }
}
