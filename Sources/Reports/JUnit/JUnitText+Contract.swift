import Diagnostics
import Results

/// Contract cases as JUnit knows them: what was found in the words the console uses, for readers who know HTTP only.
extension JUnitText {
    func result(_ outcome: ContractOutcome) -> JUnitCase.Result {
        switch outcome.verdict {
        case .passed, .warned: .passed
        case .failed(let finding):
            .failure(
                type: finding.kind.rawValue.lowercased(), message: cut(finding.sentence, Self.messageLimit),
                text: text(finding.sentence, Self.facts(finding, outcome.rule), outcome))
        case .noVerdict(let sentence):
            .error(
                type: "no-verdict", message: cut(sentence, Self.messageLimit), text: text(sentence, [], outcome))
        case .skipped(let reason): .skipped(message: cut(reason, Self.messageLimit))
        }
    }

    /// What stands in `system-out`: all of a warning, and remarks where no text holds them.
    func remark(_ outcome: ContractOutcome) -> String? {
        switch outcome.verdict {
        case .warned(let finding): text(finding.sentence, Self.facts(finding, outcome.rule), outcome)
        case .passed, .skipped: outcome.remarks.isEmpty ? nil : cut(joined(outcome.remarks), Self.sentenceLimit)
        case .failed, .noVerdict: nil
        }
    }

    func warning(_ outcome: ContractOutcome) -> String? {
        guard case .warned(let finding) = outcome.verdict else { return nil }
        return cut(finding.sentence, Self.messageLimit)
    }

    private func text(_ sentence: String, _ facts: [String], _ outcome: ContractOutcome) -> String {
        let rule = outcome.rule.map { "rule: \(ContractWords.rule($0)); more: \(ContractWords.more($0))" }
        let notes = outcome.remarks.map { "note: \($0)" }
        let below = (facts + [rule].compactMap(\.self) + notes).map { cut($0, Self.sentenceLimit) }
        return
            (["\(outcome.span.place): \(cut(sentence, Self.sentenceLimit))"] + (below.isEmpty ? [] : [""] + below)
            + lines(outcome.exchange)).joined(separator: "\n")
    }

    private static func facts(_ finding: ContractFinding, _ rule: RuleNote?) -> [String] {
        (ContractWords.facts(finding, rule) + ContractWords.why(finding, rule)).map { "\($0.label): \($0.text)" }
    }

    private func joined(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}
