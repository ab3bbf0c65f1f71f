import Diagnostics

/// One test of a value. Judging costs no allocation where it can be helped; words are made only for a failure.
protocol Predicate: Sendable {
    /// The predicate in its file.
    var span: Span { get }

    /// What is asked for, to follow "expected": `at least 1 element`.
    var words: String { get }

    func judge(_ value: Observed) -> Judgement

    /// The innermost predicate that does not hold; asked only where `judge` did not say `.holds`.
    func failure(_ value: Observed) -> PredicateFailure
}

extension Predicate {
    func failure(_ value: Observed) -> PredicateFailure {
        PredicateFailure(value, expected: words, span: span)
    }
}

/// Why a predicate does not hold.
struct PredicateFailure {
    /// Behind the name of what was looked at: `[2]`.
    var place = ""
    var value: Observed
    var expected: String
    /// In place of the value: `3 elements`.
    var actual: String?
    /// Behind the value: `, which is not a number`.
    var remark: String
    var span: Span

    init(_ value: Observed, expected: String, actual: String? = nil, remark: String = "", span: Span) {
        self.value = value
        self.expected = expected
        self.actual = actual
        self.remark = remark
        self.span = span
    }

    func mismatch(_ subject: String, _ context: JudgingContext) -> Mismatch {
        let shown = actual ?? (context.hidesValues ? value.kindPhrase : value.excerpt(context.redactor))
        return Mismatch(subject: subject + place, expected: expected, actual: shown + remark, span: span)
    }
}

extension Predicate {
    func mismatch(_ value: Observed, _ subject: @autoclosure () -> String, _ context: JudgingContext) -> Mismatch? {
        judge(value) == .holds ? nil : failure(value).mismatch(subject(), context)
    }
}
