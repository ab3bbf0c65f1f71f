import Diagnostics
import HTTP
import JSON

/// `lines`: the lines of a header field as an array.
struct Lines: Predicate {
    static let kind = PredicateKind("lines", .of(Vocabulary.value.shape), "The field lines of that name as an array.") {
        operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, &context).flatMap {
            context.map($0) { Lines(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { "field lines " + inner.words }

    func judge(_ value: Observed) -> Judgement { inner.judge(lines(value)) }

    func failure(_ value: Observed) -> PredicateFailure { inner.failure(lines(value)) }

    private func lines(_ value: Observed) -> Observed {
        guard case .field(let fields, let name) = value else { return .nothing }
        return .texts(fields.values(name))
    }
}
