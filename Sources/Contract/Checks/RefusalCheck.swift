extension ResourceRuleCheck {
    /// Kept where every request of the probes is refused, broken where one is let in.
    ///
    /// - Parameter holds: whether the rule is about this credential at all; a reason why it is not.
    static func refused(
        _ id: String, _ probes: [String],
        unless objection: @escaping @Sendable (ResourceEvidence) -> String? = { _ in nil }
    ) -> ResourceRuleCheck {
        ResourceRuleCheck(id, probes: ["N-01"] + probes) { evidence in
            if let reason = objection(evidence) { return .notTestable(reason) }
            let sent = evidence.sent(probes)
            if sent.isEmpty { return evidence.reason(probes) }
            return evidence.isPublic ? .servedToAll : evidence.refusal(of: sent)
        }
    }
}

extension ResourceEvidence {
    /// Let in by one of them: broken; nothing to be said about one: no verdict; else kept.
    func refusal(of exchanges: [ProbeExchange], expected: String = "a refusal") -> RuleVerdict {
        var doubt: String?
        for exchange in exchanges {
            switch access(exchange) {
            case .admitted(let status):
                return .broken(
                    expected: expected, actual: "\(status), the same answer as with the credential", exchange)
            case .unlike(let words), .unheard(let words): doubt = doubt ?? "sent \(exchange.sent), \(words)"
            case .refused: continue
            }
        }
        return doubt.map { .noVerdict("No verdict: \($0).") } ?? .kept
    }
}
