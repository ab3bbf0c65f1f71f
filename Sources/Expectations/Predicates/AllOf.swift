import Diagnostics
import JSON

/// `allOf`, and the members of a predicate object: every one holds.
struct AllOf: Predicate {
    static let kind = PredicateKind("allOf", .predicates, "Every predicate of the list holds.") { operand, context in
        let span = operand.span
        return readList(operand, &context).flatMap { context.map($0) { AllOf($0, at: span) } }
    }

    let all: [any Predicate]
    let span: Span

    init(_ all: [any Predicate], at span: Span) {
        self.all = all
        self.span = span
    }

    /// A list of predicates, not empty.
    static func readList(_ operand: PredicateOperand, _ context: inout ReadingContext) -> Draft<[any Predicate]>? {
        var drafts: [Draft<any Predicate>] = []
        for node in operand.node.elements {
            if let draft = PredicateReader.read(node, operand.vocabulary, &context) { drafts.append(draft) }
        }
        if operand.node.count == 0 {
            context.error("empty-list", "'\(operand.name)' needs at least one predicate", at: operand.node)
        }
        return Draft.all(drafts)
    }

    var words: String { all.map(\.words).joined(separator: " and ") }

    func judge(_ value: Observed) -> Judgement {
        var result = Judgement.holds
        for predicate in all {
            switch predicate.judge(value) {
            case .holds: continue
            case .fails: return .fails
            case .neither: result = .neither
            }
        }
        return result
    }

    func failure(_ value: Observed) -> PredicateFailure {
        let culprit = all.first { $0.judge(value) != .holds }
        return culprit?.failure(value) ?? PredicateFailure(value, expected: words, span: span)
    }
}
