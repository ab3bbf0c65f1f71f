import Diagnostics
import JSON
import Templates

/// `sameItems`: an array with the same elements as often, in any order.
struct SameItems: Predicate {
    static let kind = PredicateKind(
        "sameItems", .of(.either([.list(.any), .text])), "The same elements, in any order."
    ) { operand, context in
        let (span, place) = (operand.span, operand.place)
        return context.draft(operand.node) { (value) throws(Diagnostic) in
            SameItems(value, items: try Operand.list(value, "sameItems", at: place), span: span)
        }
    }

    private let wanted: TemplateValue
    private let times: [JSONValue: Int]
    private let count: Int
    let span: Span

    private init(_ wanted: TemplateValue, items: [TemplateValue], span: Span) {
        self.wanted = wanted
        times = items.reduce(into: [:]) { $0[$1.json, default: 0] += 1 }
        count = items.count
        self.span = span
    }

    var words: String { Excerpt.of(wanted) + " in any order" }

    func judge(_ value: Observed) -> Judgement {
        if value.isNothing { return .neither }
        guard let elements = value.elements, value.count == count else { return .fails }
        var left = times
        for element in elements {
            guard let times = left.removeValue(forKey: element.value) else { return .fails }
            if times > 1 { left[element.value] = times - 1 }
        }
        return .holds
    }
}
