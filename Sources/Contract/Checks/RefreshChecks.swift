import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// REF-01 … REF-14: renewal with a refresh token.
enum RefreshChecks {
    static let all: [TokenRuleCheck] = [
        renews, invalidToken, widerScope, scopeStays,
        nextToken, otherClient, clientAuthenticates, publicClients, usedToken, family, retry, accessToken, answers,
        LifeChecks.oldToken,
    ]

    static let renews = TokenRuleCheck("REF-01") { evidence in
        guard let renewal = evidence.refreshes.last else {
            guard let refused = evidence.answers("refresh").last else { return .notTestable(noRenewal(evidence)) }
            return refused.broken("200 with a new access token")
        }
        if renewal.response.status != 200 { return renewal.broken("status 200", "status \(renewal.response.status)") }
        let isOld = evidence.logins.contains { $0.answer.token == renewal.answer.token }
        return isOld ? renewal.broken("a new access token", "the one that the login gave already") : .kept
    }

    /// Dialects: statuses that the profile names; the default list names none.
    static let invalidToken = TokenRuleCheck.first("REF-02", "T-17") { evidence, answer in
        if answer.isGranted { return answer.broken("400 with the code invalid_grant") }
        if answer.isCode("invalid_grant", status: 400) { return .kept }
        let documented = evidence.rules.refresh.invalidStatuses
        if documented != [400, 401], documented.contains(answer.status) { return .kept }
        return answer.broken(
            documented == [400, 401]
                ? "400 with the code invalid_grant"
                : "\(documented.map(String.init).joined(separator: " or ")), as documented")
    }

    static let widerScope = TokenRuleCheck.first("REF-03", "T-20", isOAuth: true) { _, answer in
        answer.isCode("invalid_scope") ? .kept : answer.broken("an error with the code invalid_scope")
    }

    static let scopeStays = TokenRuleCheck("REF-04") { evidence in
        guard let renewal = evidence.refreshes.last, let login = evidence.logins.first else {
            return .notTestable(noRenewal(evidence))
        }
        guard let before = login.answer.scope else { return .notTestable("the login states no scope") }
        guard let after = renewal.answer.scope else { return .kept }
        return TokenScope(before, evidence.rules).words == TokenScope(after, evidence.rules).words
            ? .kept : renewal.broken("the scope of the login", "another scope")
    }

    /// What a refresh token allows shows in the access tokens that it gets: in the answer or, where that says nothing, in
    /// the token.
    static let nextToken = TokenRuleCheck.first("REF-05", "REF-05") { evidence, second in
        guard let first = evidence.refreshes.last else { return .notTestable("the ordinary renewal was not granted") }
        guard second.isGranted else {
            return .observed("The refresh token that a renewal gave was not taken: \(second.words).")
        }
        guard let before = scope(of: first.answer, evidence), let after = scope(of: second.answer, evidence) else {
            return .notTestable("neither answers nor tokens state a scope")
        }
        if before == after { return .observed("The refresh token that a renewal gave allows what the one before did.") }
        return .observed(
            after.isSubset(of: before)
                ? "The refresh token that a renewal gave allows less than the one before."
                : "The refresh token that a renewal gave allows something else than the one before.")
    }

    private static func scope(of answer: TokenAnswer, _ evidence: TokenEvidence) -> Set<String>? {
        let claims = answer.token.flatMap { CompactJWT($0) }?.claims
        let stated = answer.scope ?? claims?["scope"] ?? claims?["scp"]
        return stated.map { TokenScope($0, evidence.rules).words }
    }

    /// RFC 6749 §5.2: `invalid_grant` where it was issued to another client.
    static let otherClient = TokenRuleCheck.first("REF-06", "T-18", isOAuth: true) { evidence, answer in
        if answer.isGranted { return answer.broken("a refusal of another client's refresh token") }
        guard !evidence.refreshes.isEmpty else { return .notTestable("the ordinary renewal was not granted") }
        if ["invalid_client", "unauthorized_client"].contains(answer.code) {
            return .notTestable("the other client itself was refused: \(answer.words)")
        }
        return .kept
    }

    static let clientAuthenticates = TokenRuleCheck.first("REF-07", "T-21", isOAuth: true) { _, answer in
        answer.isGranted ? answer.broken("a refusal without the client's secret") : .kept
    }

    static let publicClients = TokenRuleCheck("REF-08") { evidence in
        guard evidence.isOAuth else { return .notTestable(TokenRuleCheck.notOAuth) }
        guard evidence.identity.clientAuth.method == .none else { return .notTestable("the client has a secret") }
        guard let renewal = evidence.refreshes.last else { return .notTestable(noRenewal(evidence)) }
        // Of several logins it renews one, and not the first.
        let isRotated =
            renewal.answer.refreshToken.map { new in
                !evidence.logins.contains { $0.answer.refreshToken == new }
            } ?? false
        return isRotated ? .kept : renewal.broken("a new refresh token", "none, so that the old one goes on")
    }

    static let usedToken = onReuse("REF-09") { semantics, again in
        switch semantics {
        case .echo: .notTestable("the refresh token is never replaced")
        case .rotation: again.isCode("invalid_grant") ? .kept : again.broken(refused)
        case .sliding: again.broken(refused)
        }
    }

    private static let refused = "an error with the code invalid_grant for a used refresh token"

    static let family = onReuse("REF-10") { semantics, again in
        switch semantics {
        case .echo, .sliding: .notTestable("a used refresh token is taken again")
        case .rotation(let endsFamily):
            endsFamily
                ? .kept : again.broken("the newest refresh token ended too", "\(again.words), but the newest lives on")
        }
    }

    static let retry = TokenRuleCheck("REF-11", probes: ["T-19"]) { evidence in
        switch evidence.collected("T-19") {
        case .failure(let gap): return gap.verdict
        case .success:
            if let doubt = evidence.doubt { return .noVerdict(doubt) }
            return .observed(RefreshObservation(evidence)?.sentence ?? "The refresh token was not tried twice.")
        }
    }

    private static func onReuse(
        _ id: String, _ judge: @escaping @Sendable (RefreshObservation.Semantics, ProbedAnswer) -> RuleVerdict
    ) -> TokenRuleCheck {
        .first(id, "T-19") { evidence, again in
            if evidence.rules.refresh.documentsReuse, evidence.rules.refresh.reuse == .multiple {
                return .notTestable("the profile documents that a refresh token can be used several times")
            }
            guard let observation = RefreshObservation(evidence) else {
                return .notTestable("the ordinary renewal was not granted")
            }
            return judge(observation.semantics, again)
        }
    }

    static let accessToken = TokenRuleCheck.first("REF-12", "T-16") { _, answer in
        answer.isGranted ? answer.broken("a refusal, since an access token is no refresh token") : .kept
    }

    /// Each answer obeys TOK-18 … TOK-24; what those leave open stays open.
    static let answers = TokenRuleCheck("REF-13") { evidence in
        guard let renewal = evidence.refreshes.last else { return .notTestable(noRenewal(evidence)) }
        for (_, judge) in TokenAnswerChecks.ofEveryAnswer {
            if case .broken = judge(evidence, renewal) { return judge(evidence, renewal) }
        }
        return .kept
    }

    private static func noRenewal(_ evidence: TokenEvidence) -> String {
        if evidence.rules.refresh.mode != .token { return "the provider renews without a refresh token" }
        return evidence.logins.isEmpty ? TokenRuleCheck.noLogin(evidence) : "nothing was renewed in this run"
    }
}
