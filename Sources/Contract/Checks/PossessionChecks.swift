import HTTP
import JSON
import Providers
import Secrets
import Tokens

/// POP-01 … POP-12: whether the token service binds what it gives, and looks at proofs.
enum PossessionChecks {
    static let all: [TokenRuleCheck] = [
        type,
        thumbprint,
        badProof,
        nonce,
        boundRefresh,
        certificate,
        sameCertificate,
    ]

    /// RFC 9449 §5: `token_type` in any case (RFC 6749 §5.1).
    static let type = TokenRuleCheck.login("POP-01") { evidence, grant in
        guard evidence.identity.proof != nil else { return .notTestable(unproved) }
        let type = grant.answer.type?.string
        if let type, HeaderFields.sameName(type, "DPoP") { return .kept }
        return .broken(
            expected: "token_type DPoP, since a proof of a key was sent (field DPoP)",
            actual: type.map { "token_type \(ForeignWord.shown($0))" } ?? "no token_type", grant.exchange)
    }

    /// RFC 9449 §6.1: `jkt` is the thumbprint of RFC 7638.
    static let thumbprint = TokenRuleCheck.login("POP-02") { evidence, grant in
        guard let proof = evidence.identity.proof else { return .notTestable(unproved) }
        guard let token = grant.answer.token.flatMap({ CompactJWT($0.reveal()) }) else {
            return .notTestable("the token is no JWT")
        }
        guard let named = token.claims["cnf"]?.object?["jkt"]?.string else {
            return .broken(
                expected: "a token that names the key of the proof (cnf with jkt)", actual: "one that names none",
                grant.exchange)
        }
        return named == proof.thumbprint
            ? .kept
            : .broken(
                expected: "a token that names the key of the proof (cnf with jkt)",
                actual: "one that names another key",
                grant.exchange)
    }

    /// RFC 9449 §5.
    static let badProof = TokenRuleCheck.first("POP-06", "POP-06") { _, answer in
        if answer.isCode("invalid_dpop_proof", status: 400) { return .kept }
        if answer.isCode("use_dpop_nonce") {
            return .noVerdict("No verdict: the bad proof was refused for another reason: a new nonce is due.")
        }
        return answer.broken("400 with the code invalid_dpop_proof")
    }

    /// RFC 9449 §8: whoever does not ask for one takes the proof.
    static let nonce = TokenRuleCheck.first("POP-07", "POP-07") { _, answer in
        if answer.isGranted { return .notTestable("the token service asks for no nonce") }
        let expected = "400 with the code use_dpop_nonce and a DPoP-Nonce field"
        guard answer.isCode("use_dpop_nonce", status: 400) else { return answer.broken(expected) }
        return answer.response.headers.contains(name: "DPoP-Nonce")
            ? .kept : answer.broken(expected, "\(answer.words), but without DPoP-Nonce")
    }

    /// RFC 9449 §5; the renewal with the right key shows that the other one was refused for the key.
    static let boundRefresh = TokenRuleCheck.probed("POP-09", ["POP-09"]) { _, answers in
        let answers = answers["POP-09"] ?? []
        guard answers.count == 2 else { return .notTestable("the probe POP-09 was broken off") }
        if answers[0].isGranted { return answers[0].broken("a refusal, since the refresh token was got with our key") }
        if answers[0].isCode("use_dpop_nonce") {
            return .noVerdict("No verdict: the other key was refused for another reason: a new nonce is due.")
        }
        return .kept
    }

    /// RFC 8705 §2: a connection that is not made is a refusal.
    static let certificate = TokenRuleCheck("POP-11", "POP-11") { evidence in
        guard let made = evidence.exchanges["POP-11"]?.first else {
            return .notTestable(evidence.unsent["POP-11"] ?? "the probe POP-11 was not sent")
        }
        if let doubt = evidence.doubt { return .noVerdict(doubt) }
        if case .failure(let error) = made.answer {
            let isRefusal = error.kind == .tls || error.kind == .receive || error.kind == .send
            return isRefusal ? .kept : .noVerdict("No verdict: the probe POP-11 got no answer")
        }
        guard let answer = evidence.answers("POP-11").first else { return .noVerdict("No verdict: no answer") }
        let expected = "a refusal with the code invalid_client"
        if answer.isGranted { return answer.letIn(expected) }
        // A server that asks for certificates during the handshake may answer without OAuth.
        if answer.isCode("invalid_client") || (answer.code == nil && answer.isRefused) { return .kept }
        return answer.broken(expected)
    }

    /// RFC 8705 §3.1, §3.2.
    static let sameCertificate = TokenRuleCheck.first("POP-12", "INT-03") { evidence, answer in
        guard evidence.identity.poolKey.tls != nil else { return .notTestable("the client has no certificate") }
        guard let told = answer.introspected, answer.isActive == true else {
            return .notTestable("the service does not say of a good token that it is active")
        }
        let token = evidence.newestLogin?.answer.token.flatMap { CompactJWT($0.reveal()) }
        let named = token.flatMap { thumbprint(in: $0.claims) }
        let introspected = thumbprint(in: told)
        if named == nil, introspected == nil { return .notTestable("the tokens are bound to no certificate") }
        if token != nil, named == nil {
            return answer.broken("a token that names the certificate too", "the answer alone names it")
        }
        guard let introspected else {
            return answer.broken(
                "the name of the certificate in the answer (cnf with x5t#S256), as in the token", "no such name")
        }
        return named == nil || named == introspected
            ? .kept : answer.broken("the certificate that the token names (cnf with x5t#S256)", "another one")
    }

    private static func thumbprint(in claims: JSONObject) -> String? { claims["cnf"]?.object?["x5t#S256"]?.string }

    private static let unproved = "the identity proves no key"
}

extension ResourceRuleCheck {
    /// POP-03 and later: whether the API asks for the proof, and looks at it.
    static let possession: [ResourceRuleCheck] = [
        ResourceRuleCheck("POP-03", "N-01", "POP-03") { $0.withoutProof },
        ResourceRuleCheck("POP-04", "N-01", "POP-04") { $0.wrongProofs },
        ResourceRuleCheck("POP-05", "N-01", "POP-05") { $0.refusedProofs(["POP-05"]) },
        ResourceRuleCheck("POP-10", "N-01", "N-47") { $0.withoutCertificate },
        ResourceRuleCheck("POP-13", "N-01", "N-07", "N-46") { $0.mixedChallenges },
    ]
}

extension ResourceEvidence {
    private var noProofSent: RuleVerdict? {
        guard identity.proof != nil else { return .notTestable("the credential is bound to no key") }
        return isPublic ? .servedToAll : nil
    }

    fileprivate var withoutProof: RuleVerdict {
        if let verdict = noProofSent { return verdict }
        guard let exchange = sent(["POP-03"]).first else { return reason(["POP-03"]) }
        let expected = "401 with a WWW-Authenticate field that says DPoP and names the algorithms (algs)"
        switch access(exchange) {
        case .admitted(let status):
            return .letIn(expected: expected, actual: "\(status), the same answer as with the proof", exchange)
        case .unlike(let words), .unheard(let words): return .noVerdict("No verdict: sent \(exchange.sent), \(words).")
        case .refused: break
        }
        let challenge = exchange.challenges.first { $0.isScheme("DPoP") }
        guard exchange.status == 401, let challenge else {
            return .broken(expected: expected, actual: exchange.came, exchange)
        }
        return challenge["algs"] == nil
            ? .broken(expected: expected, actual: "401 with DPoP in WWW-Authenticate, but without algs", exchange)
            : .kept
    }

    /// RFC 9449 §11.1 lets a server remember proofs and does not demand it: one that is used twice is a remark.
    fileprivate var wrongProofs: RuleVerdict {
        let all = sent(["POP-04"])
        let verdict = refusedProofs(["POP-04"], dropping: 2)
        guard case .kept = verdict, all.count == ProofFault.misuse.count + 2, let last = all.last else {
            return verdict
        }
        guard case .admitted = access(all[all.count - 2]), case .admitted = access(last) else { return .kept }
        return .observed(
            "A proof is taken a second time: within its short life, whoever reads it along the way can send the same "
                + "request again.")
    }

    /// A refusal for the lack of a fresh nonce says nothing about the proof.
    fileprivate func refusedProofs(_ probes: [String], dropping last: Int = 0) -> RuleVerdict {
        if let verdict = noProofSent { return verdict }
        let exchanges = sent(probes).dropLast(last)
        if exchanges.isEmpty { return reason(probes) }
        let verdict = refusal(of: Array(exchanges))
        if case .kept = verdict, let stale = exchanges.first(where: \.wantsNonce) {
            return .noVerdict("No verdict: sent \(stale.sent), it was refused for another reason: a new nonce is due.")
        }
        return verdict
    }

    /// RFC 8705 §3: 401 with invalid_token; a connection that is not made is a refusal.
    fileprivate var withoutCertificate: RuleVerdict {
        guard isCertificateBound else { return .notTestable("the token names no certificate that it is bound to") }
        guard let exchange = sent(["N-47"]).first else { return reason(["N-47"]) }
        if isPublic { return .servedToAll }
        if case .failure(let error) = exchange.answer, error.kind == .tls { return .kept }
        let verdict = refusal(of: [exchange], expected: "401 with the code invalid_token")
        guard case .kept = verdict else { return verdict }
        let isNamed = exchange.status == 401 && exchange.challenges.contains { $0["error"] == "invalid_token" }
        return isNamed
            ? .kept : .observed("It is refused, but not by 401 with the code invalid_token: \(exchange.came).")
    }

    /// RFC 9449 §7.2.
    fileprivate var mixedChallenges: RuleVerdict {
        let seen = sent(["N-01", "N-07", "N-46"]).filter { exchange in
            ["Bearer", "DPoP"].allSatisfy { name in exchange.challenges.contains { $0.isScheme(name) } }
        }
        if seen.isEmpty { return .notTestable("no answer offers both Bearer and DPoP") }
        for exchange in seen {
            let used = exchange.request.headers["Authorization"]?.split(separator: " ").first.map(String.init)
            let faulty = exchange.challenges.first { challenge in
                challenge["error"] != nil && !(used.map(challenge.isScheme) ?? false)
            }
            guard let faulty else { continue }
            return .broken(
                expected: used.map { "an error at \($0) alone in WWW-Authenticate" }
                    ?? "no error in WWW-Authenticate, since no credential was sent",
                actual: "an error at \(ForeignWord.shown(faulty.scheme))", exchange)
        }
        return .kept
    }
}

extension ProbeExchange {
    fileprivate var wantsNonce: Bool { challenges.contains { $0["error"] == "use_dpop_nonce" } }
}
