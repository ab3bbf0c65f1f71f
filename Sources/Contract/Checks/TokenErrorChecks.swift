import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// TOK-28 … TOK-41: refusals, throttling, and what the tokens themselves show.
enum TokenErrorChecks {
    static let all: [TokenRuleCheck] = [
        errorShape, errorStatus, errorCaching, echo, enumeration,
        guesses,
        throttling, passwordGrant, tokensDiffer, lifetime,
        LifeChecks.secondToken, resource, audience,
    ]

    static let errorShape = onRefusals("TOK-28") { answer in
        let expected = "a JSON object with an error code of the standard"
        guard answer.response.jsonRoot?.kind == .object else {
            return answer.broken(expected, "\(answer.status) and no JSON object")
        }
        guard let code = answer.code else { return answer.broken(expected) }
        return OAuthWords.errors.contains(code) ? nil : answer.broken(expected)
    }

    static let errorStatus = onRefusals("TOK-29") { answer in
        (200...299).contains(answer.status) ? answer.broken("a status of 400 or above") : nil
    }

    static let errorCaching = onRefusals("TOK-30") { answer in
        answer.response.has("no-store", in: "Cache-Control")
            ? nil
            : answer.broken(
                "Cache-Control: no-store",
                answer.response.headers["Cache-Control"].map { "Cache-Control: \($0)" } ?? "no Cache-Control")
    }

    private static func onRefusals(
        _ id: String, _ fault: @escaping @Sendable (ProbedAnswer) -> RuleVerdict?
    ) -> TokenRuleCheck {
        TokenRuleCheck(id, probes: ["T-01", "T-02", "T-03", "T-04", "T-05"]) { evidence in
            let refusals = evidence.refusals
            if refusals.isEmpty { return .notTestable(evidence.unsent["T-02"] ?? "nothing was refused") }
            return refusals.lazy.compactMap(fault).first ?? .kept
        }
    }

    /// Every form that a redactor knows counts: percent-encoded, in JSON, in base64.
    static let echo = TokenRuleCheck("TOK-31", probes: ["T-01", "T-02", "T-16", "T-17"]) { evidence in
        let refusals = evidence.refusals
        if refusals.isEmpty { return .notTestable(evidence.unsent["T-02"] ?? "nothing was refused") }
        for answer in refusals where echoes(answer, evidence) {
            return answer.broken("no secret in the answer", "the secret or token that was sent")
        }
        return .kept
    }

    private static func echoes(_ answer: ProbedAnswer, _ evidence: TokenEvidence) -> Bool {
        let net = Redactor()
        for secret in sent(in: answer.exchange.request, evidence) { net.register(secret, label: "sent") }
        let lines = answer.response.headers.map(\.value).joined(separator: "\n")
        return net.finds(in: answer.response.body) || net.finds(in: Array(lines.utf8))
    }

    /// Secrets, passwords, assertions and tokens of the request; those of a login stand where the ordinary one has them.
    private static func sent(in request: HTTPRequest, _ evidence: TokenEvidence) -> [String] {
        let encoding = evidence.identity.clientAuth.encoding
        guard let parts = TokenRequestParts(request, encoding: encoding) else { return [] }
        let ordinary = (evidence.newestLogin?.exchange ?? evidence.exchanges["login"]?.last)?.request
        let login = ordinary.flatMap { TokenRequestParts($0, encoding: encoding) }
        let places = login.map { CredentialPlaces(in: $0, of: evidence.identity).secrets } ?? []
        var found = places.compactMap(parts.text)
        // A refresh token is all that a renewal of a login has.
        found += parts.texts.filter { place, text in
            guard case .member(let path) = place, let name = path.last?.lowercased() else { return false }
            return name.contains("token") && !name.contains("type") && !text.isEmpty
        }.map(\.text)
        return found
    }

    static let enumeration = TokenRuleCheck.probed("TOK-32", ["T-01", "T-02"]) { _, answers in
        guard let wrong = answers["T-01"]?.first, let unknown = answers["T-02"]?.first else {
            return .notTestable("a probe that it needs was not sent")
        }
        let isAlike =
            wrong.status == unknown.status && wrong.code == unknown.code
            && abs(wrong.response.body.count - unknown.response.body.count) <= 32
        if isAlike { return .kept }
        let same = wrong.words == unknown.words
        return unknown.broken(
            "\(wrong.words), as for a wrong secret",
            "\(same ? "a text of another length" : unknown.words) for an unknown client")
    }

    static let guesses = TokenRuleCheck.probed("TOK-33", ["TOK-33"]) { _, answers in
        let answers = answers["TOK-33"] ?? []
        guard let place = answers.firstIndex(where: { [423, 429].contains($0.status) }) else {
            return .observed(
                "\(answers.count) logins in a row of a client that does not exist were not slowed down; "
                    + "whether the service counts those of each client apart does not show.")
        }
        return .observed(
            "Of logins in a row of a client that does not exist, number \(place + 1) was answered "
                + "\(answers[place].status).")
    }

    static let throttling = TokenRuleCheck("TOK-34") { evidence in
        let made = evidence.exchanges.values.flatMap { $0 }
        guard let throttled = made.first(where: { $0.status == 429 }) else {
            return .notTestable("no request was throttled")
        }
        let tells = evidence.identity.provider.retry.after.contains { name in
            throttled.response?.headers.contains(name: name) ?? false
        }
        return tells ? .kept : .broken(expected: "429 with Retry-After", actual: "429 without Retry-After", throttled)
    }

    static let passwordGrant = TokenRuleCheck("TOK-35", probes: ["T-06"]) { evidence in
        guard evidence.isOAuth else { return .notTestable(TokenRuleCheck.notOAuth) }
        if evidence.rules.grant == .password {
            guard let login = evidence.newestLogin else { return .notTestable(TokenRuleCheck.noLogin(evidence)) }
            return login.broken("no password grant", "a token by the password grant")
        }
        switch evidence.collected("T-06") {
        case .failure(let gap): return gap.verdict
        case .success(let answers):
            if let doubt = evidence.doubt { return .noVerdict(doubt) }
            guard let answer = answers.first(where: { $0.isGranted || $0.isCode("invalid_grant") }) else {
                return .kept
            }
            let expected = "the grant type password refused, whoever the user is"
            return answer.isGranted ? answer.letIn(expected) : answer.broken(expected)
        }
    }

    /// RFC 6749 §10.10: guessing must be less likely than 2^-128.
    static let tokensDiffer = TokenRuleCheck.login("TOK-37") { evidence, grant in
        let tokens = evidence.logins.compactMap { $0.answer.token }
        if Set(tokens).count < tokens.count { return grant.broken("a new token each time", "the same token twice") }
        if let token = grant.answer.token?.reveal(), CompactJWT(token) == nil {
            let bits = TokenStrength.bits(token)
            if bits < 128 {
                return grant.broken("a token with 128 bits of chance or more", "a token with \(bits) bits at most")
            }
        }
        return tokens.count > 1 ? .kept : .notTestable("only one token was asked for")
    }

    static let lifetime = TokenRuleCheck.login("TOK-38") { evidence, grant in
        let jwt = grant.answer.token.flatMap { CompactJWT($0) }
        guard let seconds = grant.statedSeconds(evidence.rules) ?? jwt?.lifetime else {
            return .notTestable("neither the answer nor the token states a lifetime")
        }
        return seconds <= 3600
            ? .kept : grant.broken("a lifetime of 3600 s at most", "a lifetime of \(Int(min(seconds, 1e12))) s")
    }

    static let resource = TokenRuleCheck.first("TOK-40", "T-15") { evidence, answer in
        if answer.isCode("invalid_target") { return .kept }
        if answer.isGranted, evidence.isOAuth, !asks(evidence, "resource"), !asks(evidence, "audience") {
            return .observed(
                "The token service does not look at 'resource', the API that the token is to be for (RFC 8707).")
        }
        return answer.broken("an error with the code invalid_target")
    }

    static let audience = TokenRuleCheck.login("TOK-41") { evidence, grant in
        let parts = TokenRequestParts(grant.exchange.request)
        let asked = Set(["resource", "audience"].compactMap { parts?.text($0) })
        if asked.isEmpty { return .notTestable("no audience was asked for") }
        guard let claim = grant.claims?["aud"] else {
            return .notTestable("the token does not show its audience")
        }
        let wanted = "a token for the API that was asked for alone (aud)"
        let found = Set(claim.string.map { [$0] } ?? claim.array?.compactMap(\.string) ?? [])
        if found.isDisjoint(with: asked) { return grant.broken(wanted, "a token for another API") }
        return found.isSubset(of: asked) ? .kept : grant.broken(wanted, "a token for further APIs too")
    }

    private static func asks(_ evidence: TokenEvidence, _ name: String) -> Bool {
        guard let request = evidence.newestLogin?.exchange.request else { return false }
        return TokenRequestParts(request)?.text(name) != nil
    }
}

/// How much a token may hold at most: its length times the bits of the alphabet that it keeps to.
enum TokenStrength {
    static func bits(_ token: String) -> Int {
        let bytes = Array(token.utf8)
        let hex = bytes.allSatisfy {
            isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) || $0 == 0x2D
        }
        // Hyphens of a UUID hold nothing, nor do its six fixed bits: at that length nobody has fewer than 128 of the rest.
        let counted = hex ? bytes.filter { $0 != 0x2D } : bytes
        let each = counted.allSatisfy(isDigit) ? 3.32 : hex ? 4 : 6
        return Int(Double(counted.count) * each)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
