import Diagnostics
import JSON

/// `count`: the size of an array.
struct Count: Predicate {
    static let kind = PredicateKind("count", .of(Vocabulary.value.shape), "The number of elements of an array.") {
        operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, &context).flatMap {
            context.map($0) { Count(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { Self.elements(inner.words) }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        return value.count.map { inner.judge(.integer($0)) } ?? .fails
    }

    func failure(_ value: Observed) -> PredicateFailure {
        guard let count = value.count else {
            return PredicateFailure(value, expected: "an array of " + words, span: span)
        }
        let innermost = inner.failure(.integer(count)).span
        return PredicateFailure(value, expected: words, actual: Self.elements(String(count)), span: innermost)
    }

    private static func elements(_ count: String) -> String {
        count == "1" || count.hasSuffix(" 1") ? count + " element" : count + " elements"
    }
}
