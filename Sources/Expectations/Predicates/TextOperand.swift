import Diagnostics
import JSON
import Secrets
import Templates

/// A text a predicate compares with; a secret one shows as its mask.
struct TextOperand: Sendable {
    let text: String
    let taint: Taint?

    var words: String { taint.map { Secret.mask($0.label) } ?? Excerpt.of(text) }

    static func read<Made: Predicate>(
        _ operand: PredicateOperand, _ context: inout ReadingContext,
        _ make: @escaping @Sendable (TextOperand, Span) throws(Diagnostic) -> Made
    ) -> Draft<any Predicate>? {
        let (name, span, place) = (operand.name, operand.span, operand.place)
        return context.draft(operand.node) { (value) throws(Diagnostic) in
            try make(TextOperand(text: try Operand.text(value, name, at: place), taint: value.taint), span)
        }
    }
}
