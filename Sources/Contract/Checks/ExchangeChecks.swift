import HTTP
import JSON
import Providers
import Tokens

/// EXC-01 … EXC-07: what a token service answers to an exchange (RFC 8693 §2).
enum ExchangeChecks {
    static let all: [TokenRuleCheck] = [
        issuedType, tokenType, madeUp, missing, halfAnActor, target, extent,
    ]

    private static let kinds = "urn:ietf:params:oauth:token-type:"

    static let issuedType = exchange("EXC-01") { _, grant in
        grant.member("issued_token_type") != nil
            ? .kept : grant.broken("issued_token_type in the answer", "an answer without it")
    }

    /// RFC 8693 §2.2.1: a JWT may be an access token all the same.
    static let tokenType = exchange("EXC-02") { _, grant in
        guard let type = grant.member("token_type") else {
            return grant.broken("token_type in the answer", "an answer without it")
        }
        let isOther = ["refresh_token", "id_token", "saml1", "saml2"].contains {
            grant.member("issued_token_type") == kinds + $0
        }
        if !isOther || HeaderFields.sameName(type, "N_A") { return .kept }
        return grant.broken(
            "the token_type N_A, since issued_token_type says that it is no access token",
            "the token_type \(ForeignWord.shown(type))")
    }

    static let madeUp = TokenRuleCheck.probed("EXC-03", ["EXC-03"]) { _, answers in
        let answers = answers["EXC-03"] ?? []
        let expected = "400 with the code invalid_request"
        if let granted = answers.first(where: \.isGranted) { return granted.letIn(expected) }
        return answers.first { !$0.isCode("invalid_request", status: 400) }.map { $0.broken(expected) } ?? .kept
    }

    static let missing = TokenRuleCheck.probed("EXC-04", ["EXC-04"]) { _, answers in
        (answers["EXC-04"] ?? []).first { !$0.isCode("invalid_request", status: 400) }
            .map { $0.broken("400 with the code invalid_request") } ?? .kept
    }

    static let halfAnActor = TokenRuleCheck.probed("EXC-05", ["EXC-05"]) { _, answers in
        (answers["EXC-05"] ?? []).first(where: \.isGranted).map { $0.broken("a refusal") } ?? .kept
    }

    static let target = TokenRuleCheck.first("EXC-06", "EXC-06") { _, answer in
        answer.isCode("invalid_target", status: 400) ? .kept : answer.broken("400 with the code invalid_target")
    }

    /// RFC 8693 §5, §6: as far as the token that was exchanged can be read.
    static let extent = exchange("EXC-07") { _, grant in
        guard let old = TokenRequestParts(grant.exchange.request)?.text("subject_token"),
            let before = CompactJWT(old)?.claims, let after = grant.claims
        else { return .notTestable("the two tokens are no JWTs that could be compared") }
        if let wider = wider(before, after) { return .observed(wider) }
        return .kept
    }

    private static func wider(_ before: JSONObject, _ after: JSONObject) -> String? {
        if let old = before["exp"]?.number?.double, let new = after["exp"]?.number?.double, new > old {
            return "The new token lives longer than the one that was exchanged for it."
        }
        guard let old = before["scope"]?.string, let new = after["scope"]?.string else { return nil }
        let more = Set(new.split(separator: " ")).subtracting(old.split(separator: " "))
        return more.isEmpty ? nil : "The new token has a scope that the one exchanged for it does not have."
    }

    private static func exchange(
        _ id: String, _ judge: @escaping @Sendable (TokenEvidence, TokenEvidence.Grant) -> RuleVerdict
    ) -> TokenRuleCheck {
        let judged = TokenRuleCheck.login(id, judge)
        return TokenRuleCheck(id) { evidence in
            guard evidence.rules.grant == .tokenExchange else {
                return .notTestable("the login is no token exchange")
            }
            return judged.judge(evidence)
        }
    }
}

extension TokenEvidence.Grant {
    /// A text of the answer.
    fileprivate func member(_ name: String) -> String? { exchange.response?.jsonRoot?[name]?.string }
}
