import Diagnostics
import JSON
import Templates

/// `equals`: JSON equality, numbers by value.
struct Equals: Predicate {
    static let kind = PredicateKind("equals", .of(.any), "JSON equality; numbers by value, 1 = 1.0.") {
        operand, context in
        read(operand.node, at: operand.span, &context)
    }

    let expected: TemplateValue
    let span: Span

    static func read(_ node: JSONNode, at span: Span, _ context: inout ReadingContext) -> Draft<any Predicate>? {
        context.draft(node) { Equals(expected: $0, span: span) }
    }

    var words: String { Excerpt.of(expected) }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(value.equals(expected.json))
    }
}
