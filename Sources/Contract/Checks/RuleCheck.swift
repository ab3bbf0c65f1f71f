/// Judges one rule of the catalogue on the evidence of its kind.
package protocol RuleCheck: Sendable {
    associatedtype Evidence

    /// Of the rule: `TOK-09`.
    var id: String { get }
    /// Probes it needs: `T-04`; empty: ordinary traffic is enough.
    var probes: [String] { get }
    var judge: @Sendable (Evidence) -> RuleVerdict { get }
    /// Why this version never tries it; nil: it does.
    var gap: String? { get }

    init(_ id: String, probes: [String], gap: String?, judge: @escaping @Sendable (Evidence) -> RuleVerdict)
}

extension RuleCheck {
    init(_ id: String, _ probes: String..., judge: @escaping @Sendable (Evidence) -> RuleVerdict) {
        self.init(id, probes: probes, gap: nil, judge: judge)
    }

    init(_ id: String, probes: [String], judge: @escaping @Sendable (Evidence) -> RuleVerdict) {
        self.init(id, probes: probes, gap: nil, judge: judge)
    }

    /// What this version does not try, and why.
    static func untried(_ id: String, _ reason: String) -> Self {
        Self(id, probes: [], gap: reason) { _ in .notTestable(reason) }
    }
}

/// What reports and texts say of the check of a rule.
package struct CheckedRule: Sendable {
    package let id: String
    package let probes: [String]
    /// Why this version never tries it; nil: it does.
    package let gap: String?

    /// Every rule that has a case in reports.
    package static let all: [CheckedRule] =
        TokenRuleCheck.all.map { CheckedRule(id: $0.id, probes: $0.probes, gap: $0.gap) }
        + ResourceRuleCheck.all.map { CheckedRule(id: $0.id, probes: $0.probes, gap: $0.gap) }
        + MatrixRuleCheck.all.map { CheckedRule(id: $0.id, probes: ["the callers in 'access'"], gap: nil) }

    /// Those that are tried.
    package static var tried: [CheckedRule] { all.filter { $0.gap == nil } }
}
