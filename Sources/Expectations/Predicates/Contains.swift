import Diagnostics
import JSON
import Templates

/// `contains`: a part of a text, an equal element of an array, a member name of an object.
struct Contains: Predicate {
    static let kind = PredicateKind(
        "contains", .of(.any), "Part of a text, an element of an array, a member name of an object."
    ) {
        operand, context in
        let span = operand.span
        return context.draft(operand.node) { Contains(wanted: $0, span: span) }
    }

    let wanted: TemplateValue
    let span: Span

    var words: String { "something that contains " + Excerpt.of(wanted) }

    func judge(_ value: Observed) -> Judgement {
        value.isNothing ? .neither : Judgement(isFound(in: value))
    }

    private func isFound(in value: Observed) -> Bool {
        if let elements = value.elements { return elements.contains { $0.equals(wanted.json) } }
        guard let text = wanted.json.string else { return false }
        if case .node(let node) = value, node.kind == .object { return node[text] != nil }
        return value.text.map { Self.occurs(text, in: $0) } ?? false
    }

    /// Bytes, so that an accent is not glued to the letter before it.
    private static func occurs(_ part: String, in text: String) -> Bool {
        let (part, text) = (part.utf8, text.utf8)
        guard let first = part.first else { return true }
        var rest = text[...]
        while let start = rest.firstIndex(of: first) {
            rest = rest[start...]
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}
