import Diagnostics
import JSON

/// `not`: holds where the predicate inside fails; where that says nothing, neither does this.
struct Not: Predicate {
    static let kind = PredicateKind("not", .predicate, "The predicate inside does not hold.") { operand, context in
        let span = operand.span
        return PredicateReader.read(operand.node, operand.vocabulary, &context).flatMap {
            context.map($0) { Not(inner: $0, span: span) }
        }
    }

    let inner: any Predicate
    let span: Span

    var words: String { "not " + inner.words }

    func judge(_ value: Observed) -> Judgement { !inner.judge(value) }

    func failure(_ value: Observed) -> PredicateFailure {
        var failure = PredicateFailure(value, expected: words, span: span)
        if inner.judge(value) == .neither { failure.remark = inner.failure(value).remark }
        return failure
    }
}
