import Results

/// How reports call the parts of a contract finding, in the order people read them.
enum ContractWords {
    /// What was sent, what should have come, what came, and who says so where the rule's own line does not.
    static func facts(_ finding: ContractFinding, _ rule: RuleNote?) -> [(label: String, text: String)] {
        let source = finding.source.flatMap { $0 == rule?.source ? nil : $0 }
        return [("sent", finding.sent), ("expected", finding.expected), ("got", finding.actual)]
            + (source.map { [("source", $0)] } ?? [])
    }

    /// What the finding does to whom, and who mends it, where the rule says so.
    static func why(_ finding: ContractFinding, _ rule: RuleNote?) -> [(label: String, text: String)] {
        rule?.why(finding.kind).map { [("why", $0)] } ?? []
    }

    /// `RES-02 A request without credential is refused (RFC 9110 §15.5.2)`.
    static func rule(_ rule: RuleNote) -> String {
        "\(rule.id) \(rule.title)" + (rule.source.isEmpty ? "" : " (\(rule.source))")
    }

    /// Where a report leaves off.
    static func more(_ rule: RuleNote) -> String { "'usher explain \(rule.id)'" }
}
