import Diagnostics
import JSON
import Templates

/// `in`: equal to one of a list of values.
struct OneOf: Predicate {
    static let kind = PredicateKind("in", .of(.either([.list(.any), .text])), "One of a list of values.") {
        operand, context in
        let (span, place) = (operand.span, operand.place)
        return context.draft(operand.node) { (value) throws(Diagnostic) in
            OneOf(values: try Operand.list(value, "in", at: place), span: span)
        }
    }

    let values: [TemplateValue]
    let span: Span

    var words: String {
        let shown = values.prefix(12).map(Excerpt.of) + (values.count > 12 ? ["…"] : [])
        return "one of " + Shape.alternatives(shown)
    }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(values.contains { value.equals($0.json) })
    }
}
