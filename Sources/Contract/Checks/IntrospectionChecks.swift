import HTTP
import JSON
import Providers
import Tokens

/// INT-01 … INT-10: what is answered to those who ask about tokens (RFC 7662).
enum IntrospectionChecks {
    static let all: [TokenRuleCheck] = [
        postOnly, authorized, active, silence, unknown, kinds, agreement, dead, uncached, wrongHint,
    ]

    static let postOnly = TokenRuleCheck.probed("INT-01", ["INT-01", "INT-05"]) { evidence, answers in
        guard let get = answers["INT-01"]?.first, let post = answers["INT-05"]?.first else {
            return RevocationChecks.absent
        }
        if let fault = post.plainTextFault { return fault }
        if get.isSuccess, get.introspected?["active"] != nil {
            return get.brokenIntrospection("a refusal, since it is a GET")
        }
        return get.methodVerdict(post, evidence)
    }

    /// RFC 7662 §2.1; whatever is said about the token, it was said to a stranger.
    static let authorized = TokenRuleCheck.first("INT-02", "T-24") { _, answer in
        guard answer.isSuccess else { return .kept }
        guard answer.introspected != nil else {
            return .noVerdict("No verdict: a question without credential was answered \(answer.status), not with JSON")
        }
        return answer.brokenIntrospection("401, since no credential was sent")
    }

    static let active = ordinary("INT-03") { answer in
        answer.status == 200 && answer.isActive != nil
            ? .kept : answer.brokenIntrospection("200 with \"active\": true or false")
    }

    static let silence = TokenRuleCheck.first("INT-04", "INT-05") { _, answer in
        guard answer.isActive == false, let members = answer.introspected?.count else {
            return .notTestable("the service does not say that a made-up token is inactive")
        }
        return members == 1
            ? .kept
            : answer.broken(
                "\"active\": false and nothing else", "\"active\": false and further members: \(members - 1)")
    }

    /// A client that may ask about good tokens is refused for the token.
    static let unknown = TokenRuleCheck.probed("INT-05", ["INT-05"]) { evidence, answers in
        guard let answer = answers["INT-05"]?.first else { return RevocationChecks.absent }
        let mayAsk = evidence.answers("INT-03").first?.isActive == true
        if answer.isClientRefused, !mayAsk { return .notTestable(RevocationChecks.refusedClient) }
        return answer.status == 200 && answer.isActive == false
            ? .kept : answer.brokenIntrospection("200 with \"active\": false")
    }

    static let kinds = described("INT-06") { _, answer, facts in
        if let scope = facts["scope"], scope.string == nil {
            return answer.broken("a scope that is one text with spaces", scope.kind.phrase)
        }
        for name in ["exp", "iat", "nbf"] {
            guard let value = facts[name] else { continue }
            guard let number = value.number?.double else {
                return answer.broken("\(name) as a whole number of seconds", value.kind.phrase)
            }
            if number != number.rounded() {
                return answer.broken("\(name) as a whole number of seconds", "a number that is not whole")
            }
        }
        return .kept
    }

    static let agreement = described("INT-07") { evidence, answer, facts in
        let comparisons = IntrospectionComparison(evidence, facts).differences
        guard let comparisons else { return .notTestable("neither answer nor token says anything to compare with") }
        return comparisons.first.map { name in
            answer.broken("the same \(name)\(meanings[name] ?? "") as in the token or its answer", "another \(name)")
        } ?? .kept
    }

    private static let meanings = [
        "exp": " (when the token ends)", "scope": " (what it allows)", "client_id": " (whose it is)",
    ]

    static let dead = TokenRuleCheck.trial("INT-08", "REV-02") { trial in
        guard let after = trial.after, let killed = trial.killed else { return .notTestable(TokenRuleCheck.noLife) }
        guard trial.answer.status == 200 else { return .notTestable("the token was not revoked") }
        return killed ? .kept : after.brokenIntrospection("200 with \"active\": false")
    }

    static let uncached = ordinary("INT-09") { answer in
        let response = answer.response
        if response.has("no-store", in: "Cache-Control") || response.has("private", in: "Cache-Control") {
            return .kept
        }
        let open = ["public", "s-maxage", "max-age"].first { response.has($0, in: "Cache-Control") }
        guard let open, (response.headers["Cache-Control"] ?? "").contains("max-age=0") == false else { return .kept }
        return answer.broken("no Cache-Control that lets shared caches keep it", "Cache-Control with \(open)")
    }

    static let wrongHint = TokenRuleCheck.probed("INT-10", ["INT-03", "INT-10"]) { _, answers in
        guard let plain = answers["INT-03"]?.first, let hinted = answers["INT-10"]?.first else {
            return RevocationChecks.absent
        }
        guard plain.isActive == true else { return .notTestable(notAlive) }
        let isSame = ["active", "scope", "client_id", "sub", "exp"].allSatisfy {
            plain.introspected?[$0] == hinted.introspected?[$0]
        }
        if plain.status == hinted.status, isSame { return .kept }
        let (expected, came) = (plain.introspectionWords, hinted.introspectionWords)
        return hinted.broken(
            "the same answer as without that hint, \(expected)",
            came == expected ? "\(came), but with other members" : came)
    }

    // MARK: The ordinary answer

    /// RFC 7662 §2.2: of a token that the caller may know nothing about, a server says that it is inactive.
    private static let notAlive = "the service does not say of a good token that it is active"

    private static func ordinary(
        _ id: String, _ judge: @escaping @Sendable (ProbedAnswer) -> RuleVerdict
    ) -> TokenRuleCheck {
        .first(id, "INT-03") { _, answer in
            answer.isClientRefused ? .notTestable(RevocationChecks.refusedClient) : judge(answer)
        }
    }

    private static func described(
        _ id: String, _ judge: @escaping @Sendable (TokenEvidence, ProbedAnswer, JSONObject) -> RuleVerdict
    ) -> TokenRuleCheck {
        .first(id, "INT-03") { evidence, answer in
            if answer.isClientRefused { return .notTestable(RevocationChecks.refusedClient) }
            guard answer.isActive == true, let facts = answer.introspected else { return .notTestable(notAlive) }
            return judge(evidence, answer, facts)
        }
    }
}

/// What introspection says beside what the token answer and the token say.
struct IntrospectionComparison {
    /// Names of members that differ; nil: there was nothing to compare.
    let differences: [String]?

    /// The token is that of the login before the probes.
    init(_ evidence: TokenEvidence, _ facts: JSONObject) {
        guard let grant = evidence.probed else {
            differences = nil
            return
        }
        let jwt = grant.answer.token.flatMap { CompactJWT($0) }
        let found = [
            ("exp", Self.agreesOnEnd(facts, grant, jwt, evidence.rules)),
            ("scope", Self.agreesOnScope(facts, grant, evidence.rules)),
            ("client_id", Self.agreesOnClient(facts, jwt, evidence, grant)),
        ]
        differences =
            found.allSatisfy { $0.1 == nil } ? nil : found.filter { $0.1 == false }.map(\.0)
    }

    /// nil: one of them does not say.
    private static func agreesOnEnd(
        _ facts: JSONObject, _ grant: TokenEvidence.Grant, _ jwt: CompactJWT?, _ rules: TokenRules
    ) -> Bool? {
        guard let end = facts["exp"]?.number?.double else { return nil }
        if let claimed = jwt?.seconds("exp") { return abs(claimed - end) <= 1 }
        guard let start = facts["iat"]?.number?.double, let stated = grant.statedSeconds(rules) else { return nil }
        return abs(end - start - stated) <= 5
    }

    private static func agreesOnScope(
        _ facts: JSONObject, _ grant: TokenEvidence.Grant, _ rules: TokenRules
    ) -> Bool? {
        guard let scope = facts["scope"], let granted = grant.answer.scope else { return nil }
        return TokenScope(scope, rules).words == TokenScope(granted, rules).words
    }

    private static func agreesOnClient(
        _ facts: JSONObject, _ jwt: CompactJWT?, _ evidence: TokenEvidence, _ grant: TokenEvidence.Grant
    ) -> Bool? {
        guard let client = facts["client_id"]?.string else { return nil }
        if let claimed = jwt?.claims["client_id"]?.string { return claimed == client }
        let auth = evidence.identity.clientAuth
        guard let parts = TokenRequestParts(grant.exchange.request, encoding: auth.encoding),
            let sent = parts.text(.basicID) ?? parts.text(auth.idField)
        else { return nil }
        return sent == client
    }
}
