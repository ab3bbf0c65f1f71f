import Diagnostics
import JSON

/// `matches`: a regular expression found anywhere in a text; matched in time linear in the text.
struct Matches: Predicate {
    static let kind = PredicateKind("matches", .of(.text), "A regular expression found anywhere; anchor it with ^…$.") {
        operand, context in
        let (pattern, place) = (PatternReader(operand.node, context.file), operand.place)
        return TextOperand.read(operand, &context) { (written, span) throws(Diagnostic) in
            Matches(written: written, pattern: try pattern.parse(written, at: place), span: span)
        }
    }

    let written: TextOperand
    let pattern: RegularExpression
    let span: Span

    var words: String { "a text that matches " + (written.taint == nil ? written.text : written.words) }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(value.text.map(pattern.matchesSomewhere) ?? false)
    }
}
