/// What a rule's check says about the evidence.
package enum RuleVerdict: Sendable {
    case kept
    /// - Parameters:
    ///   - expected: `401 with a challenge`, in words.
    ///   - actual: `403, no WWW-Authenticate`.
    case broken(expected: String, actual: String, ProbeExchange)
    /// Neither right nor wrong, worth a line: a sentence.
    case observed(String)
    /// Completes "skipped: …".
    case notTestable(String)
    /// There was no answer to judge; a sentence.
    case noVerdict(String)
}

/// Judges one rule about the token endpoint, renewal or the token itself.
package struct TokenRuleCheck: Sendable {
    /// Of the rule: `TOK-09`.
    package let id: String
    /// Probes it needs: `T-04`; empty: ordinary traffic is enough.
    package let probes: [String]
    package let judge: @Sendable (TokenEvidence) -> RuleVerdict
    /// Why this version never tries it; nil: it does.
    package internal(set) var gap: String?

    package init(_ id: String, _ probes: String..., judge: @escaping @Sendable (TokenEvidence) -> RuleVerdict) {
        self.id = id
        self.probes = probes
        self.judge = judge
    }

    /// Every check there is, one list per family.
    package static let all: [TokenRuleCheck] =
        tokenEndpoint + RefreshChecks.all + JWTClaimChecks.all + RevocationChecks.all + IntrospectionChecks.all
}

/// Judges one rule about protected resources.
package struct ResourceRuleCheck: Sendable {
    /// Of the rule: `RES-03`.
    package let id: String
    /// Probes it needs: `N-01`; empty: the control alone is enough.
    package let probes: [String]
    package let judge: @Sendable (ResourceEvidence) -> RuleVerdict
    /// Why this version never tries it; nil: it does.
    package internal(set) var gap: String?

    package init(_ id: String, _ probes: String..., judge: @escaping @Sendable (ResourceEvidence) -> RuleVerdict) {
        self.init(id, probes: probes, judge: judge)
    }

    package init(
        _ id: String, probes: [String], judge: @escaping @Sendable (ResourceEvidence) -> RuleVerdict
    ) {
        self.id = id
        self.probes = probes
        self.judge = judge
    }

    /// Every check there is, one list per family.
    package static let all: [ResourceRuleCheck] =
        admission + forms + challenges + answers + setUp + forgery + http + keys
}
