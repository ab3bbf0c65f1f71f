import Results

/// How reports call the parts of a contract finding, in the order people read them.
enum ContractWords {
    /// What was sent, what should have come, what came, and who says so where that is known.
    static func facts(_ finding: ContractFinding) -> [(label: String, text: String)] {
        [("sent", finding.sent), ("expected", finding.expected), ("got", finding.actual)]
            + (finding.source.map { [("source", $0)] } ?? [])
    }

    /// `RES-02 A request without credential is refused (RFC 9110 §15.5.2)`.
    static func rule(_ rule: RuleNote) -> String {
        "\(rule.id) \(rule.title)" + (rule.source.isEmpty ? "" : " (\(rule.source))")
    }
}
