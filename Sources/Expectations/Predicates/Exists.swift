import Diagnostics
import JSON

/// `exists`: a value is there, null included; of the matches of a path, at least one.
struct Exists: Predicate {
    static let kind = PredicateKind("exists", .of(.boolean), "Whether a value is there; null is one.") {
        operand, context in
        let (span, place) = (operand.span, operand.place)
        return context.draft(operand.node) { (value) throws(Diagnostic) in
            Exists(wanted: try Operand.flag(value, "exists", at: place), span: span)
        }
    }

    let wanted: Bool
    let span: Span

    var words: String { wanted ? "a value" : "no value" }

    func judge(_ value: Observed) -> Judgement { Judgement(isThere(value) == wanted) }

    private func isThere(_ value: Observed) -> Bool {
        switch value {
        case .nothing: false
        case .nodes(let nodes): !nodes.isEmpty
        default: true
        }
    }
}
