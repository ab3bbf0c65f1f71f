import Diagnostics
import JSON

/// `endsWith`: a text that ends with another, compared code point by code point.
struct EndsWith: Predicate {
    static let kind = PredicateKind("endsWith", .of(.text), "A text that ends with this one.") { operand, context in
        TextOperand.read(operand, &context) { EndsWith(suffix: $0, span: $1) }
    }

    let suffix: TextOperand
    let span: Span

    var words: String { "a text that ends with " + suffix.words }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        return Judgement(value.text?.utf8.suffix(suffix.text.utf8.count).elementsEqual(suffix.text.utf8) ?? false)
    }
}
