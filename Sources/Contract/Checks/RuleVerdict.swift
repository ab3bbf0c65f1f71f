/// What a rule's check says about the evidence.
package enum RuleVerdict: Sendable {
    case kept
    /// - Parameters:
    ///   - expected: `401 with a challenge`, in words.
    ///   - actual: `403, no WWW-Authenticate`.
    case broken(expected: String, actual: String, ProbeExchange)
    /// Broken, and a caller who is nobody was let in: a hole whatever the rule's severity.
    case letIn(expected: String, actual: String, ProbeExchange)
    /// Neither right nor wrong, worth a line: a sentence.
    case observed(String)
    /// Completes "skipped: …".
    case notTestable(String)
    /// There was no answer to judge; a sentence.
    case noVerdict(String)
}

/// Judges one rule about the token endpoint, renewal or the token itself.
package struct TokenRuleCheck: RuleCheck {
    package let id: String
    package let probes: [String]
    package let gap: String?
    package let judge: @Sendable (TokenEvidence) -> RuleVerdict

    package init(
        _ id: String, probes: [String], gap: String?, judge: @escaping @Sendable (TokenEvidence) -> RuleVerdict
    ) {
        (self.id, self.probes, self.gap, self.judge) = (id, probes, gap, judge)
    }

    /// Every check there is, one list per family.
    package static let all: [TokenRuleCheck] =
        tokenEndpoint + RefreshChecks.all + JWTClaimChecks.all + RevocationChecks.all + IntrospectionChecks.all
        + MetadataChecks.all + PossessionChecks.all + AssertionChecks.all + ExchangeChecks.all
        + PersonChecks.all
}

/// Judges one rule about protected resources, by probes such as `N-01`; without any the control alone is enough.
package struct ResourceRuleCheck: RuleCheck {
    package let id: String
    package let probes: [String]
    package let gap: String?
    package let judge: @Sendable (ResourceEvidence) -> RuleVerdict

    package init(
        _ id: String, probes: [String], gap: String?, judge: @escaping @Sendable (ResourceEvidence) -> RuleVerdict
    ) {
        (self.id, self.probes, self.gap, self.judge) = (id, probes, gap, judge)
    }

    /// Every check there is, one list per family.
    package static let all: [ResourceRuleCheck] =
        admission + forms + challenges + answers + forgery + http + keys
        + possession + ownDescription
}
