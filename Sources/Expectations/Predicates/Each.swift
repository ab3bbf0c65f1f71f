import Diagnostics
import JSON

/// `each`: every element of an array meets the predicate; fails on an empty array.
struct Each: Predicate {
    static let kind = PredicateKind(
        "each", .of(Vocabulary.value.shape), "Every element of an array; fails on an empty one."
    ) {
        operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, &context).flatMap {
            context.map($0) { Each(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { "an array of which each element is " + inner.words }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        guard let elements = value.elements else { return .fails }
        var result: Judgement?
        for element in elements {
            switch inner.judge(element) {
            case .holds: result = result ?? .holds
            case .fails: return .fails
            case .neither: result = .neither
            }
        }
        return result ?? .fails
    }

    func failure(_ value: Observed) -> PredicateFailure {
        for (index, element) in (value.elements ?? .texts([])).enumerated() where inner.judge(element) != .holds {
            var failure = inner.failure(element)
            failure.place = "[\(index)]" + failure.place
            return failure
        }
        return PredicateFailure(value, expected: words, actual: value.count == 0 ? "an empty array" : nil, span: span)
    }
}
