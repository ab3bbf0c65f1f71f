import Diagnostics
import JSON

/// `anyOf`: at least one holds.
struct AnyOf: Predicate {
    static let kind = PredicateKind("anyOf", .predicates, "At least one predicate of the list holds.") {
        operand, context in
        let span = operand.span
        return AllOf.readList(operand, &context).flatMap { context.map($0) { AnyOf(any: $0, span: span) } }
    }

    let any: [any Predicate]
    let span: Span

    var words: String { Shape.alternatives(any.map(\.words)) }

    func judge(_ value: Observed) -> Judgement {
        var result = Judgement.fails
        for predicate in any {
            switch predicate.judge(value) {
            case .holds: return .holds
            case .fails: continue
            case .neither: result = .neither
            }
        }
        return result
    }
}
