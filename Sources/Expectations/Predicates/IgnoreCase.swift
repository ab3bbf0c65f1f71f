import Diagnostics
import JSON

/// `ignoreCase`: equal but for upper and lower case.
struct IgnoreCase: Predicate {
    static let kind = PredicateKind("ignoreCase", .of(.text), "A text equal to this one but for upper and lower case.")
    { operand, context in
        TextOperand.read(operand, &context) { IgnoreCase(expected: $0, lower: $0.text.lowercased(), span: $1) }
    }

    let expected: TextOperand
    let lower: String
    let span: Span

    var words: String { expected.words + " in upper or lower case" }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(value.text.map(isSame) ?? false)
    }

    private func isSame(_ text: String) -> Bool {
        text.utf8.elementsEqual(expected.text.utf8) || text.lowercased().utf8.elementsEqual(lower.utf8)
    }
}
