import Diagnostics
import JSON

/// `length`: of a text, in characters (Unicode code points, as JSON Schema counts).
struct Length: Predicate {
    static let kind = PredicateKind("length", .of(Vocabulary.value.shape), "The length of a text in characters.") {
        operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, &context).flatMap {
            context.map($0) { Length(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { "a text of length " + inner.words }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        return value.text.map { inner.judge(.integer($0.unicodeScalars.count)) } ?? .fails
    }

    func failure(_ value: Observed) -> PredicateFailure {
        guard let length = value.text?.unicodeScalars.count else {
            return PredicateFailure(value, expected: words, span: span)
        }
        let innermost = inner.failure(.integer(length)).span
        return PredicateFailure(value, expected: words, remark: " of length \(length)", span: innermost)
    }
}
