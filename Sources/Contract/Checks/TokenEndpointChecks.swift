import HTTP
import JSON
import Providers
import Tokens

/// TOK-01 … TOK-15: how a token service takes requests.
enum TokenRequestChecks {
    static let all: [TokenRuleCheck] = [
        encrypted, postOnly, refusedMethod, noCredentialInURL, basic, unknownParameter, emptyParameter,
        repeatedParameter, missingGrant, unknownGrant, forbiddenGrant, badClient, challenge, twoMethods, invalidScope,
    ]

    static let encrypted = TokenRuleCheck("TOK-01", "TOK-01", "T-02") { evidence in
        let ordinary = evidence.newestLogin?.exchange ?? evidence.exchanges["login"]?.last
        guard let ordinary else { return .notTestable(TokenRuleCheck.noLogin(evidence)) }
        let url = ordinary.request.url
        if url.scheme == "https" { return evidence.plainTwin }
        return url.isLoopback
            ? .notTestable("the token service is on this machine")
            : .broken(expected: "a token URL with https", actual: "http", ordinary)
    }

    /// A service that reads the parameters of a GET answers them as it answers a POST.
    static let postOnly = TokenRuleCheck.probed("TOK-02", ["T-11", "T-02"]) { _, answers in
        guard let get = answers["T-11"]?.first, let post = answers["T-02"]?.first else { return missing }
        if get.isGranted { return get.letIn("no token by GET") }
        let isSame = get.status == post.status && get.code != nil && get.code == post.code
        return isSame ? get.broken("a GET refused for its method", "\(get.words), as by POST") : .kept
    }

    static let refusedMethod = TokenRuleCheck.first("TOK-03", "T-11") { _, get in
        switch get.status {
        case 405:
            return get.response.headers.contains(name: "Allow")
                ? .kept : get.broken("405 with the field Allow", "405 without Allow")
        case 404, 501: return get.broken("405 with the field Allow")
        default: return .notTestable("a GET was answered \(get.status), not refused as a method")
        }
    }

    /// A service that reads credentials in the URL answers a stranger's there as it answers them in the body.
    static let noCredentialInURL = TokenRuleCheck.probed("TOK-04", ["T-12", "T-03", "T-02"]) { _, answers in
        guard let inURL = answers["T-12"]?.first, let none = answers["T-03"]?.first,
            let inBody = answers["T-02"]?.first
        else { return missing }
        if inURL.isGranted { return inURL.letIn("no token for credentials in the URL") }
        func same(_ other: ProbedAnswer) -> Bool { inURL.status == other.status && inURL.code == other.code }
        if same(none), same(inBody) {
            return .notTestable("a stranger and nobody are answered alike, so what was read does not show")
        }
        return same(inBody) && inURL.response.body == inBody.response.body
            ? inURL.broken("credentials in the URL not looked at", "\(inURL.words), as for credentials in the body")
            : .kept
    }

    static let basic = TokenRuleCheck("TOK-05", probes: ["T-13"]) { evidence in
        guard evidence.isOAuth else { return .notTestable(TokenRuleCheck.notOAuth) }
        if evidence.identity.clientAuth.method == .basic {
            return evidence.newestLogin == nil ? .notTestable(TokenRuleCheck.noLogin(evidence)) : .kept
        }
        switch evidence.collected("T-13") {
        case .failure(let gap): return gap.verdict
        case .success(let answers):
            if let doubt = evidence.doubt { return .noVerdict(doubt) }
            guard answers.count > 1 else { return .notTestable("Basic alone was not sent") }
            return answers[1].isGranted ? .kept : answers[1].broken("a token for the client's secret in Basic")
        }
    }

    static let unknownParameter = TokenRuleCheck.first("TOK-06", "T-10") { _, answer in
        answer.isGranted ? .kept : answer.broken("a token, the parameter ignored")
    }

    static let emptyParameter = TokenRuleCheck.probed("TOK-07", ["T-09", "T-04"], isOAuth: true) { _, answers in
        guard let empty = answers["T-09"], let absent = answers["T-04"]?.first else { return missing }
        if let required = empty.first, required.status != absent.status || required.code != absent.code {
            return required.broken("\(absent.words), as for a missing grant_type")
        }
        if empty.count > 1, !empty[1].isGranted { return empty[1].broken("a token, as without the parameter") }
        return .kept
    }

    static let repeatedParameter = code("TOK-08", "T-08", "invalid_request")
    static let missingGrant = code("TOK-09", "T-04", "invalid_request")
    static let unknownGrant = code("TOK-10", "T-05", "unsupported_grant_type")

    private static func code(_ id: String, _ probe: String, _ code: String) -> TokenRuleCheck {
        .first(id, probe, isOAuth: true) { _, answer in
            answer.isCode(code, status: 400) ? .kept : answer.broken("400 with the code \(code)")
        }
    }

    static let forbiddenGrant = TokenRuleCheck.first("TOK-11", "T-06", isOAuth: true) { evidence, answer in
        if answer.isGranted || answer.isCode("invalid_grant") {
            return .notTestable(
                "the service looks at the user first, so whether this client may use the password grant does not show")
        }
        if answer.isCode("invalid_client"), evidence.identity.clientAuth.method == .none {
            return .notTestable("no client shows itself, and the password grant needs one")
        }
        if answer.isCode("unsupported_grant_type") {
            return .notTestable("the service does not offer the password grant at all")
        }
        return answer.isCode("unauthorized_client")
            ? .kept : answer.broken("an error with the code unauthorized_client")
    }

    static let badClient = TokenRuleCheck.probed("TOK-12", ["T-02", "T-01"]) { evidence, answers in
        let code = codeOfBadCredential(evidence)
        for answer in (answers["T-02"] ?? []) + (answers["T-01"] ?? [])
        where answer.isGranted || !answer.isCode("invalid_client") && !answer.isCode(code) {
            return answer.broken("an error with the code \(code)")
        }
        return .kept
    }

    /// Where no client shows itself, what was altered is a user's password (RFC 6749 §5.2), a signed grant (RFC 7523 §3.1)
    /// or the token to be exchanged (RFC 8693 §2.2.2).
    private static func codeOfBadCredential(_ evidence: TokenEvidence) -> String {
        guard evidence.identity.clientAuth.method == .none else { return "invalid_client" }
        return switch evidence.rules.grant {
        case .password, .jwtBearer: "invalid_grant"
        case .tokenExchange: "invalid_request"
        case .clientCredentials, .refreshToken, .deviceCode, .authorizationCode, .login: "invalid_client"
        }
    }

    /// RFC 6749 §5.2: 401 is demanded, with a challenge of the scheme that was used, only where the client used the
    /// Authorization field; elsewhere 400 is right too.
    static let challenge = TokenRuleCheck("TOK-13", probes: ["T-01", "T-02", "T-03"]) { evidence in
        if let doubt = evidence.doubt { return .noVerdict(doubt) }
        let answers = ["T-02", "T-01", "T-03"].flatMap(evidence.answers).filter { $0.isCode("invalid_client") }
        if answers.isEmpty { return .notTestable(evidence.unsent["T-02"] ?? "no answer says invalid_client") }
        return answers.lazy.compactMap(challengeFault).first ?? .kept
    }

    private static func challengeFault(_ answer: ProbedAnswer) -> RuleVerdict? {
        guard let used = answer.exchange.request.headers.values("Authorization").first else {
            return [400, 401].contains(answer.status) ? nil : answer.broken("400 or 401 with the code invalid_client")
        }
        let scheme = String(used.prefix { $0 != " " })
        let expected = "401 with WWW-Authenticate: \(scheme)"
        guard answer.status == 401 else { return answer.broken(expected) }
        let challenges = answer.exchange.challenges
        if challenges.contains(where: { $0.isScheme(scheme) }) { return nil }
        let actual = challenges.isEmpty ? "401 without WWW-Authenticate" : "401 with another word in WWW-Authenticate"
        return answer.broken(expected, actual)
    }

    static let twoMethods = TokenRuleCheck.first("TOK-14", "T-13", isOAuth: true) { _, answer in
        answer.isGranted ? answer.broken("a refusal of two authentications in one request") : .kept
    }

    static let invalidScope = TokenRuleCheck.first("TOK-15", "T-07") { evidence, answer in
        if !answer.isGranted { return answer.isCode("invalid_scope") ? .kept : answer.broken(refusedScope) }
        guard let scope = answer.answer.scope else {
            return answer.broken("\(refusedScope), or a scope in the answer", "a token, and no scope in the answer")
        }
        let granted = TokenScope(scope, evidence.rules).words
        return granted.contains(TokenProbe.unknownScope)
            ? answer.broken(refusedScope, "a token for a scope that does not exist") : .kept
    }

    private static let refusedScope = "an error with the code invalid_scope"
    private static let missing = RuleVerdict.notTestable("a probe that it needs was not sent")
}

extension TokenEvidence {
    /// A service that answers without TLS as it answers with it would give tokens there too.
    fileprivate var plainTwin: RuleVerdict {
        guard let sent = exchanges["TOK-01"]?.first else {
            return .notTestable(unsent["TOK-01"] ?? "its plain http address was not tried")
        }
        guard sent.response != nil, let plain = answers("TOK-01").first, let usual = answers("T-02").first else {
            return .kept
        }
        let expected = "no answer without TLS, or one that leads to https"
        if plain.isGranted { return plain.letIn(expected) }
        return plain.status == usual.status && plain.code == usual.code ? plain.broken(expected) : .kept
    }
}

extension TokenRuleCheck {
    /// TOK-01 … TOK-41.
    static let tokenEndpoint = TokenRequestChecks.all + TokenAnswerChecks.all + TokenErrorChecks.all
}
