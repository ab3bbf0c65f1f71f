import Secrets
import Tokens

extension ResourceRuleCheck {
    /// Whether the API looks at more of a JWT than its claims (RFC 8725).
    static let forgery: [ResourceRuleCheck] = [
        forged("JWT-09", ["N-12", "N-13"]),
        // A payload that was changed under the old signature, the old payload under a changed one, a guessed key.
        forged("JWT-10", ["N-10", "N-11", "N-18"]),
        forged("JWT-11", ["N-14"]),
        forged("JWT-12", ["N-15", "N-16"]),
        ResourceRuleCheck("JWT-13", "N-01", "N-17") { $0.injection },
        // The old signature does not fit the new header: a server that refuses may have had either reason.
        forged("JWT-14", ["N-19"]),
        ResourceRuleCheck("JWT-16", "N-01", "N-07", "N-34", "N-35") { $0.garbage },
    ]

    private static func forged(_ id: String, _ probes: [String]) -> ResourceRuleCheck {
        refused(id, probes, unless: { $0.isJWT ? nil : "the token is no JWT" })
    }
}

extension ResourceEvidence {
    fileprivate var isJWT: Bool {
        credential.placements.contains { placed in
            let value = placed.value.reveal()
            return CompactJWT(value.split(separator: " ").last.map(String.init) ?? value) != nil
        }
    }

    fileprivate var injection: RuleVerdict {
        let sent = sent(["N-17"])
        if sent.isEmpty { return isJWT ? reason(["N-17"]) : .notTestable("the token is no JWT") }
        if isPublic { return .servedToAll }
        let refusal = refusal(of: sent)
        guard case .kept = refusal, let failed = sent.first(where: { ($0.status ?? 0) >= 500 }) else { return refusal }
        return .observed("Sent \(failed.sent), the server failed (\(failed.came)): it may have done something with it.")
    }

    fileprivate var garbage: RuleVerdict {
        guard isJWT else { return .notTestable("the token is no JWT") }
        let probes = ["N-07", "N-34", "N-35"]
        let sent = sent(probes)
        if sent.isEmpty { return reason(probes) }
        if isPublic { return .servedToAll }
        for exchange in sent {
            guard let status = exchange.status, (500...501).contains(status) || status >= 505 else { continue }
            return .broken(expected: "401", actual: "\(status): the server failed over it", exchange)
        }
        if let plain = self.sent(["N-07"]).first(where: { $0.status != nil && $0.status != 401 }),
            case .refused = access(plain)
        {
            return .broken(expected: "401", actual: plain.came, plain)
        }
        return refusal(of: sent)
    }
}
