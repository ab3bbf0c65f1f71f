import HTTP
import Providers
import Tokens

/// REV-01 … REV-11: what is answered to those who give tokens back (RFC 7009); and RES-27 and RES-31, what the API thinks of
/// revoked tokens and of those that are for the client.
enum RevocationChecks {
    static let all: [TokenRuleCheck] = [
        postOnly, success, unknown, missing, stranger, wrongHint, unknownHint,
        otherClient, unsupported, wholeGrant, unavailable, LifeChecks.revoked, LifeChecks.identityToken,
    ]

    /// A service that reads the parameters of a GET answers them as it answers a POST.
    static let postOnly = TokenRuleCheck.probed("REV-01", ["REV-01", "T-23"]) { evidence, answers in
        guard let get = answers["REV-01"]?.first, let post = answers["T-23"]?.first else { return absent }
        if let fault = post.plainTextFault { return fault }
        if get.isSuccess { return get.brokenRevocation("a refusal, since it is a GET") }
        return get.methodVerdict(post, evidence)
    }

    static let success = TokenRuleCheck.trial("REV-02", "REV-02") { trial in
        let answer = trial.answer
        if let reason = answer.noJudgement { return .notTestable(reason) }
        return answer.status == 200 ? .kept : answer.brokenRevocation("200")
    }

    static let unknown = TokenRuleCheck.first("REV-03", "T-23") { _, answer in
        if let reason = answer.noJudgement { return .notTestable(reason) }
        return answer.status == 200 ? .kept : answer.brokenRevocation("200: that token is dead, as wanted")
    }

    static let missing = TokenRuleCheck.first("REV-04", "REV-04") { _, answer in
        if answer.isClientRefused { return .notTestable(refusedClient) }
        return answer.isCode("invalid_request", status: 400)
            ? .kept : answer.brokenRevocation("400 with the code invalid_request")
    }

    static let stranger = TokenRuleCheck.first("REV-05", "REV-05") { _, answer in
        answer.isRefused && answer.isCode("invalid_client")
            ? .kept : answer.brokenRevocation("a refusal with the code invalid_client")
    }

    static let wrongHint = TokenRuleCheck.trial("REV-06", "REV-06") { trial in
        if let reason = trial.answer.noJudgement { return .notTestable(reason) }
        return trial.death("that the token is dead afterwards, whatever the hint says")
    }

    static let unknownHint = TokenRuleCheck.trial("REV-07", "REV-07") { trial in
        // A kind of token that is not supported is another thing than a hint nobody knows, and has the same code.
        if trial.answer.isClientRefused { return .notTestable(refusedClient) }
        guard trial.answer.status == 200 else {
            return trial.answer.brokenRevocation("200: a hint that nobody knows is ignored")
        }
        return trial.death("that the token is dead afterwards: a hint that nobody knows is ignored")
    }

    static let otherClient = TokenRuleCheck.trial("REV-08", "REV-08") { trial in
        if trial.answer.isClientRefused {
            return .notTestable("the other client itself was refused: \(trial.answer.words)")
        }
        guard let killed = trial.killed else { return .notTestable(TokenRuleCheck.noLife) }
        return killed
            ? trial.answer.broken(
                "that the token lives on", "\(trial.answer.status), and the service then said that the token is dead")
            : .kept
    }

    static let unsupported = TokenRuleCheck.trial("REV-09", "REV-02") { trial in
        let answer = trial.answer
        if answer.isCode("unsupported_token_type") {
            return answer.status == 400 ? .kept : answer.broken("400 with the code unsupported_token_type")
        }
        if trial.killed == false, answer.isSuccess {
            return answer.broken(
                "a dead token, or 400 with the code unsupported_token_type",
                "\(answer.status), \(RevocationTrial.survival)")
        }
        return .notTestable("the service does not say that it revokes no access tokens")
    }

    static let wholeGrant = TokenRuleCheck.trial("REV-10", "REV-10") { trial in
        if let reason = trial.answer.noJudgement { return .notTestable(reason) }
        return trial.death("that the login's access token is dead afterwards too")
    }

    static let unavailable = TokenRuleCheck("REV-11") { evidence in
        let answers =
            ["T-23", "REV-04"].flatMap(evidence.answers)
            + ["REV-02", "REV-06", "REV-07", "REV-10"].compactMap { RevocationTrial(evidence.answers($0))?.answer }
        guard let busy = answers.first(where: { $0.status == 503 }) else {
            return .notTestable("no revocation was answered with 503")
        }
        guard let text = busy.response.headers["Retry-After"] else {
            return busy.broken("503 with Retry-After", "503 without Retry-After")
        }
        let isSeconds = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isSeconds || Timestamp.parse(httpDate: text) != nil
            ? .kept : busy.broken("503 with Retry-After", "503 with a Retry-After that cannot be read")
    }

    static let absent = RuleVerdict.notTestable("a probe that it needs was not sent")
    static let refusedClient = "the service does not let this client use the endpoint"
}

extension ProbedAnswer {
    /// Why a revocation by the good client says nothing about rules; completes "skipped: …".
    fileprivate var noJudgement: String? {
        if isClientRefused { return RevocationChecks.refusedClient }
        if isCode("unsupported_token_type") { return "the service says that it revokes no access tokens" }
        return status == 503 ? "the service cannot revoke at the moment (503)" : nil
    }

    /// Of a GET that was no success, beside the same as a POST.
    func methodVerdict(_ post: ProbedAnswer, _ evidence: TokenEvidence) -> RuleVerdict {
        let isBare = ![.basic, .tls, .none].contains(evidence.identity.clientAuth.method)
        if isBare, isClientRefused {
            return .notTestable(
                "the GET went without the client's secret, which has no place in a URL, and was refused")
        }
        let isSame = status == post.status && code != nil && code == post.code
        return isSame && !isClientRefused ? broken("a refusal, since it is a GET", "\(words), as for a POST") : .kept
    }
}

extension RevocationTrial {
    /// Completes "200, …".
    fileprivate static let survival = "and the service then said that the token is alive"

    fileprivate func death(_ expected: String) -> RuleVerdict {
        guard let killed else { return .notTestable(TokenRuleCheck.noLife) }
        return killed ? .kept : answer.broken(expected, "\(answer.status), \(Self.survival)")
    }
}
