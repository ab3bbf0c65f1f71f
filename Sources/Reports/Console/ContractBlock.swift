import Diagnostics
import Results

/// What is said at the end about a contract case that was not simply kept: the finding in a sentence, then line by line
/// what was sent, what should have come, what came, what that does to whom, who says so, where it stands and how to repeat
/// it.
struct ContractBlock {
    private static let labelWidth = 10
    private static let bodyLines = 6

    let paint: Paint
    let text: TerminalText
    let width: Int?

    /// nil for cases that passed or were skipped.
    func render(_ outcome: ContractOutcome, in collection: String) -> String? {
        switch outcome.verdict {
        case .passed, .skipped: nil
        case .failed(let finding): block(.failed, .red, finding, outcome, collection)
        case .warned(let finding): block(.warned, .yellow, finding, outcome, collection)
        case .noVerdict(let sentence):
            block(.unknown, .yellow, sentence, outcome.exchange.map { sent(nil, $0) } ?? [], [], outcome, collection)
        }
    }

    private func block(
        _ mark: Paint.Mark, _ color: Paint.Color, _ finding: ContractFinding, _ outcome: ContractOutcome,
        _ collection: String
    ) -> String {
        let why = ContractWords.why(finding, outcome.rule).flatMap { fact($0.label, $0.text) }
        return block(mark, color, finding.sentence, facts(finding, outcome), why, outcome, collection)
    }

    private func block(
        _ mark: Paint.Mark, _ color: Paint.Color, _ sentence: String, _ facts: [String], _ why: [String],
        _ outcome: ContractOutcome, _ collection: String
    ) -> String {
        let title = [collection, CaseNames.title(outcome)].filter { !$0.isEmpty }.joined(separator: " › ")
        let sentence = wrap(text.line(sentence, limit: 2000), 4).map { paint($0, color) }
        let rule = outcome.rule.map { fact("rule", ContractWords.rule($0)) } ?? []
        let below = rule + fact("file", outcome.span.place) + outcome.remarks.flatMap { fact("note", $0) }
        let lines = sentence + facts + body(outcome) + why + below + curl(outcome.exchange)
        return "\(paint.mark(mark)) \(paint(text.line(title), .bold))\n" + lines.map { "    \($0)\n" }.joined()
    }

    private func facts(_ finding: ContractFinding, _ outcome: ContractOutcome) -> [String] {
        ContractWords.facts(finding, outcome.rule).flatMap { label, text in
            guard label == "sent", let exchange = outcome.exchange else { return fact(label, text) }
            return sent(text, exchange)
        }
    }

    private func sent(_ how: String?, _ exchange: ExchangeSummary) -> [String] {
        fact("sent", "\(exchange.method) \(exchange.url)" + (how.map { ", \($0)" } ?? ""))
    }

    private func fact(_ label: String, _ value: String) -> [String] {
        let label = label + String(repeating: " ", count: max(1, Self.labelWidth - label.count))
        let lines = wrap(text.line(value, limit: 2000), 4 + label.count)
        let indent = String(repeating: " ", count: label.count)
        return lines.enumerated().map { ($0.offset == 0 ? paint(label, .dim) : indent) + $0.element }
    }

    private func body(_ outcome: ContractOutcome) -> [String] {
        guard let excerpt = outcome.exchange?.bodyExcerpt, !excerpt.isEmpty else { return [] }
        let room = width.map { max(20, $0 - 5 - Self.labelWidth) } ?? 300
        let lines = text.lines(excerpt, limit: Self.bodyLines, width: min(300, room))
        return lines.enumerated().map { index, line in
            let label = index == 0 ? "body" : ""
            return paint(label + String(repeating: " ", count: Self.labelWidth - label.count), .dim) + line
        }
    }

    private func curl(_ exchange: ExchangeSummary?) -> [String] {
        guard let curl = exchange?.curl else { return [] }
        return [paint(curl.hasPrefix("#") ? "" : "$ ", .dim) + text.line(curl, limit: 4000)]
    }

    /// The last column stays free: some terminals wrap when it is filled.
    private func wrap(_ text: String, _ indent: Int) -> [String] {
        WordWrap.lines(text, width: width.map { max(20, $0 - 1 - indent) })
    }
}
