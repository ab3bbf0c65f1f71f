import HTTP
import JSON
import Secrets

/// What a predicate looks at.
enum Observed: Sendable {
    /// No value: not even null.
    case nothing
    case node(JSONNode)
    /// The matches of a JSONPath that may have several: an array.
    case nodes([JSONNode])
    case text(String)
    case texts([String])
    /// The lines of a header field that is there; as text, they are joined.
    case field(HeaderFields, name: String)
    case integer(Int)
    case duration(Duration)

    var isNothing: Bool {
        if case .nothing = self { true } else { false }
    }

    var text: String? {
        switch self {
        case .node(let node): node.string
        case .text(let text): text
        case .field(let fields, let name): fields[name]
        default: nil
        }
    }

    var number: JSONNumber? {
        switch self {
        case .node(let node): node.number
        case .integer(let value): JSONNumber(value)
        default: nil
        }
    }

    /// nil where it is no array.
    var elements: ObservedElements? {
        switch self {
        case .node(let node) where node.kind == .array: .json(node.elements)
        case .nodes(let nodes): .nodes(nodes[...])
        case .texts(let texts): .texts(texts[...])
        default: nil
        }
    }

    /// The size of an array, nil where it is none.
    var count: Int? {
        switch self {
        case .node(let node) where node.kind == .array: node.count
        case .nodes(let nodes): nodes.count
        case .texts(let texts): texts.count
        default: nil
        }
    }

    func equals(_ value: JSONValue) -> Bool {
        switch self {
        case .nothing: return false
        case .node(let node): return node.equals(value)
        case .integer(let number): return value.number.map { $0 == JSONNumber(number) } ?? false
        case .duration(let duration): return value.string.flatMap(DurationText.parse) == duration
        case .text, .field:
            guard let mine = text, let other = value.string else { return false }
            return mine.utf8.elementsEqual(other.utf8)
        case .nodes, .texts:
            guard let elements, let others = value.array, count == others.count else { return false }
            return zip(elements, others).allSatisfy { $0.equals($1) }
        }
    }

    /// The value on its own; costs a tree.
    var value: JSONValue {
        switch self {
        case .nothing: .null
        case .node(let node): node.value
        case .nodes(let nodes): .array(nodes.map(\.value))
        case .texts(let texts): .array(texts.map { .string($0) })
        case .text, .field: .string(text ?? "")
        case .integer(let value): .number(JSONNumber(value))
        case .duration(let duration): .string(DurationText.display(duration))
        }
    }
}

/// The elements of an array of whatever origin.
enum ObservedElements: Sequence, IteratorProtocol {
    case json(JSONElements)
    case nodes(ArraySlice<JSONNode>)
    case texts(ArraySlice<String>)

    mutating func next() -> Observed? {
        switch self {
        case .json(var elements):
            let next = elements.next()
            self = .json(elements)
            return next.map { .node($0) }
        case .nodes(let nodes):
            self = .nodes(nodes.dropFirst())
            return nodes.first.map { .node($0) }
        case .texts(let texts):
            self = .texts(texts.dropFirst())
            return texts.first.map { .text($0) }
        }
    }
}

extension Observed {
    /// The value for a message: one line, masked, cut.
    func excerpt(_ redactor: Redactor?) -> String {
        switch self {
        case .nothing: "no value"
        case .node(let node): Excerpt.of(node, redactor)
        case .nodes, .texts: Excerpt.of(json: value, redactor)
        case .text, .field: Excerpt.of(text ?? "", redactor)
        case .integer(let value): String(value)
        case .duration(let duration): DurationText.display(duration)
        }
    }

    /// Its kind only, for values that must not be shown.
    var kindPhrase: String {
        switch self {
        case .nothing: "no value"
        case .node(let node): node.kind.phrase
        case .nodes, .texts: JSONKind.array.phrase
        case .text, .field: JSONKind.string.phrase
        case .integer: JSONKind.number.phrase
        case .duration: "a duration"
        }
    }
}
