import Diagnostics
import JSON

/// `startsWith`: a text that begins with another, compared code point by code point.
struct StartsWith: Predicate {
    static let kind = PredicateKind("startsWith", .of(.text), "A text that begins with this one.") { operand, context in
        TextOperand.read(operand, &context) { StartsWith(prefix: $0, span: $1) }
    }

    let prefix: TextOperand
    let span: Span

    var words: String { "a text that starts with " + prefix.words }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(value.text?.utf8.starts(with: prefix.text.utf8) ?? false)
    }
}
