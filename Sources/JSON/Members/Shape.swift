import Diagnostics

/// What the value of a member may look like: enough to say what is wrong before anybody reads it, and to publish it as
/// JSON Schema.
package indirect enum Shape: Sendable {
    /// Free JSON.
    case any
    /// A string; may hold placeholders.
    case text
    case boolean
    case integer
    case number
    /// A string such as `"250ms"`.
    case duration
    /// One of these strings.
    case word([String])
    /// Exactly this value, such as `false`.
    case literal(JSONValue)
    case null
    case list(Shape)
    /// An object whose names are free.
    case map(Shape)
    /// An object of ours, by the name of its table.
    case object(String)
    case either([Shape])

    /// A text, number, boolean, null, or an array of them: what `query`, `headers` and `form` take.
    package static let oneOrSeveral: Shape = .either([.text, .number, .boolean, .null, .list(.any)])
    package static let texts: Shape = .list(.text)

    /// Whether the node's kind fits; objects of ours are looked into by their own reader.
    func accepts(_ node: JSONNode) -> Bool {
        switch self {
        case .any: true
        case .text: node.kind == .string
        case .boolean: node.kind == .boolean || Self.isPlaceholder(node)
        case .integer: node.number?.isInteger ?? Self.isPlaceholder(node)
        case .number: node.kind == .number || Self.isPlaceholder(node)
        case .duration: node.kind == .string
        case .word(let words): node.string.map(words.contains) ?? false
        case .literal(let value): node.equals(value)
        case .null: node.isNull
        case .list(let element): node.kind == .array && node.elements.allSatisfy(element.accepts)
        case .map(let value): node.kind == .object && node.members.allSatisfy { value.accepts($0.value) }
        case .object: node.kind == .object
        case .either(let shapes): shapes.contains { $0.accepts(node) }
        }
    }

    /// formats.md R1: where a number or boolean is wanted, one placeholder is allowed.
    private static func isPlaceholder(_ node: JSONNode) -> Bool {
        node.string?.contains("{{") ?? false
    }

    /// The first value inside that does not fit, so that the carets stand under it and not under the whole list; named
    /// by the member it belongs to.
    func culprit(_ node: JSONNode, named name: String) -> (name: String, node: JSONNode, shape: Shape) {
        switch self {
        case .list(let element) where node.kind == .array:
            node.elements.first { !element.accepts($0) }.map { element.culprit($0, named: name) } ?? (name, node, self)
        case .map(let value) where node.kind == .object:
            node.members.first { !value.accepts($0.value) }.map { value.culprit($0.value, named: $0.name) }
                ?? (name, node, self)
        default: (name, node, self)
        }
    }

    /// The word that was probably meant.
    func suggestion(for node: JSONNode) -> String? {
        switch self {
        case .word(let words): node.string.flatMap { nearest(to: $0, among: words) }
        case .either(let shapes): shapes.lazy.compactMap { $0.suggestion(for: node) }.first
        default: nil
        }
    }

    /// Those that are allowed where only some words are.
    var words: [String]? {
        if case .word(let words) = self { words } else { nil }
    }

    /// What would be right, to follow "expected".
    package var wanted: String {
        switch self {
        case .any: "any JSON value"
        case .text: "a text in double quotes"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .duration: "a duration such as \"250ms\", \"10s\", \"5m\" or \"1h\""
        case .word(let words): Self.alternatives(words.map { "\"\($0)\"" })
        case .literal(let value): value.text()
        case .null: "null"
        case .list(let element): "a list of \(element.plural)"
        case .map(let value): "an object whose values are \(value.plural)"
        case .object: "an object"
        case .either(let shapes): Self.alternatives(shapes.map(\.wanted))
        }
    }

    private var plural: String {
        switch self {
        case .any: "any values"
        case .text: "texts"
        case .boolean: "booleans"
        case .integer: "whole numbers"
        case .number: "numbers"
        case .object(let name): name + "s"
        case .list: "lists"
        case .map: "objects"
        case .either(let shapes): Self.alternatives(shapes.map(\.plural))
        default: wanted
        }
    }

    package static func alternatives(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }
}
