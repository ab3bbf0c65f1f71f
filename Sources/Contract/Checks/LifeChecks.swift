import HTTP
import Providers
import Tokens

/// What becomes of a token at the API when its service gives another, renews it or takes it back.
enum LifeChecks {
    /// Whether a second token ends the first one.
    static let secondToken = TokenRuleCheck("TOK-39") { evidence in
        if let again = evidence.probed?.answer.token, again == evidence.tokenBefore {
            return .observed("A second token request gives the same token again, as long as it lives.")
        }
        return evidence.life("login") { lives, _ in
            .observed(
                lives
                    ? "A second token leaves the first one alive."
                    : "A second token ends the first one: runs side by side with this identity disturb each other.")
        }
    }

    static let oldToken = TokenRuleCheck("REF-14") { evidence in
        if evidence.refreshes.isEmpty { return .notTestable("nothing was renewed in this run") }
        return evidence.life("refresh") { lives, _ in
            .observed(
                lives
                    ? "After a renewal the old access token lives on."
                    : "A renewal ends the old access token: calls that are under way with it fail.")
        }
    }

    /// RFC 7009 §2: the token cannot be used again after the revocation.
    static let revoked = TokenRuleCheck("RES-27", "REV-02") { evidence in
        if evidence.rules.revoke == nil { return .notTestable("the provider has no 'revoke'") }
        switch evidence.collected("REV-02") {
        case .failure(let gap): return gap.verdict
        case .success(let answers):
            guard let trial = RevocationTrial(answers), trial.answer.status == 200 else {
                return .notTestable("the revocation was not accepted (REV-02)")
            }
        }
        return evidence.life("REV-02") { lives, call in
            lives ? .broken(expected: "401", actual: call.came, call) : .kept
        }
    }

    /// RFC 9068 §4: an ID token speaks to the client about a login; it is no key to the API.
    static let identityToken = TokenRuleCheck("RES-31") { evidence in
        guard evidence.probed?.answer.identityToken != nil else {
            return .notTestable("the token answer has no ID token (it comes with the scope openid)")
        }
        guard let call = evidence.lives["id_token"]?.before else {
            return .notTestable(evidence.unwatched["id_token"] ?? "the API was not called with the ID token")
        }
        guard let control = evidence.lives["login"]?.before.response, (200...299).contains(control.status) else {
            return .notTestable("the API did not take the access token either")
        }
        switch Access(of: call, beside: control) {
        case .admitted: return .broken(expected: "401", actual: call.came, call)
        case .refused: return .kept
        case .unlike(let words), .unheard(let words): return .noVerdict("No verdict: sent \(call.sent), \(words).")
        }
    }
}

extension TokenEvidence {
    /// Judged where the token was alive before and the answer afterwards says whether it still is.
    fileprivate func life(_ what: String, _ judge: (Bool, ProbeExchange) -> RuleVerdict) -> RuleVerdict {
        guard let life = lives[what] else {
            return .notTestable(unwatched[what] ?? unsent[what] ?? "the API was not called with the token")
        }
        guard let before = life.before.response, (200...299).contains(before.status) else {
            return .notTestable("the API did not take the token before either (\(life.before.came))")
        }
        guard let after = life.after else { return .notTestable("what may have ended the token was not sent") }
        switch Access(of: after, beside: before) {
        case .admitted: return judge(true, after)
        // Not any refusal: one for the credential's sake.
        case .refused(let status) where status == 401 || status == 403: return judge(false, after)
        case .refused(let status): return .noVerdict("No verdict: sent \(after.sent), it was answered \(status).")
        case .unlike(let words), .unheard(let words): return .noVerdict("No verdict: sent \(after.sent), \(words).")
        }
    }
}
