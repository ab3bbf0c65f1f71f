import Diagnostics
import JSON
import Templates

/// `above`, `atLeast`, `atMost`, `below`: numbers, durations and date-times, each against its like. Of anything else
/// neither the predicate nor its `not` holds.
struct Ordering: Predicate {
    enum Relation: String, CaseIterable, Sendable {
        case above, atLeast, atMost, below

        var words: String {
            switch self {
            case .above: "above"
            case .atLeast: "at least"
            case .atMost: "at most"
            case .below: "below"
            }
        }

        func holds<Value: Comparable>(_ value: Value, _ bound: Value) -> Bool {
            switch self {
            case .above: value > bound
            case .atLeast: value >= bound
            case .atMost: value <= bound
            case .below: value < bound
            }
        }
    }

    private enum Bound: Sendable {
        case number(JSONNumber)
        case duration(Duration)
        case instant(Instant)
    }

    static let kinds = Relation.allCases.map(kind)

    private static func kind(_ relation: Relation) -> PredicateKind {
        PredicateKind(
            relation.rawValue, .bound, "A number, a duration such as \"2s\" or a date-time, against one of its kind."
        ) { operand, context in
            let (span, place, isDuration) = (operand.span, operand.place, operand.vocabulary == .duration)
            return context.draft(operand.node) { (value) throws(Diagnostic) in
                let bound = try bound(value, relation, onlyDuration: isDuration, at: place)
                return Ordering(relation: relation, bound: bound, written: value, span: span)
            }
        }
    }

    private let relation: Relation
    private let bound: Bound
    private let written: TemplateValue
    let span: Span

    var words: String {
        relation.words + " " + (written.text.flatMap { written.taint == nil ? $0 : nil } ?? Excerpt.of(written))
    }

    func judge(_ value: Observed) -> Judgement {
        switch bound {
        case .number(let bound): judgement(value.number, bound)
        case .duration(let bound): judgement(Self.duration(value), bound)
        case .instant(let bound): judgement(value.text.flatMap { Instant($0) }, bound)
        }
    }

    func failure(_ value: Observed) -> PredicateFailure {
        var failure = PredicateFailure(value, expected: words, span: span)
        if !value.isNothing, judge(value) == .neither {
            failure.remark = ", which is not \(boundPhrase)"
        }
        return failure
    }

    private func judgement<Value: Comparable>(_ value: Value?, _ bound: Value) -> Judgement {
        value.map { Judgement(relation.holds($0, bound)) } ?? .neither
    }

    private var boundPhrase: String {
        switch bound {
        case .number: "a number"
        case .duration: "a duration"
        case .instant: "a date-time"
        }
    }

    private static func duration(_ value: Observed) -> Duration? {
        if case .duration(let duration) = value { return duration }
        return value.text.flatMap(DurationText.parse)
    }

    private static func bound(
        _ value: TemplateValue, _ relation: Relation, onlyDuration: Bool, at span: Span
    ) throws(Diagnostic) -> Bound {
        if let duration = value.json.string.flatMap(DurationText.parse) { return .duration(duration) }
        if onlyDuration { throw Operand.wrong(value, relation.rawValue, at: span, wanted: Shape.duration.wanted) }
        if let number = value.json.number ?? value.json.string.flatMap({ JSONNumber($0) }) { return .number(number) }
        if let instant = value.json.string.flatMap({ Instant($0) }) { return .instant(instant) }
        throw Operand.wrong(
            value, relation.rawValue, at: span,
            wanted: #"a number, a duration such as "2s" or a date-time such as "2026-11-25T08:30:00Z""#)
    }
}
