import Diagnostics
import JSON

/// `some`: at least one element of an array meets the predicate.
struct Some: Predicate {
    static let kind = PredicateKind("some", .of(Vocabulary.value.shape), "At least one element of an array.") {
        operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, &context).flatMap {
            context.map($0) { Some(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { "an array of which some element is " + inner.words }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        guard let elements = value.elements else { return .fails }
        var result = Judgement.fails
        for element in elements {
            switch inner.judge(element) {
            case .holds: return .holds
            case .fails: continue
            case .neither: result = .neither
            }
        }
        return result
    }
}
