package import Diagnostics

/// What a reader of one file carries along: the file, for places, and the problems found so far.
package struct ReadingContext: Sendable {
    package let file: SourceFile
    package var bag = DiagnosticBag()

    package init(file: SourceFile) {
        self.file = file
    }

    package func span(_ node: JSONNode) -> Span { Span(file, node.range) }

    /// The place of a piece of a string value, given as a UTF-8 range of its decoded text.
    package func span(_ node: JSONNode, decoded range: Range<Int>) -> Span {
        Span(file, node.sourceRange(ofDecoded: range))
    }

    package mutating func error(
        _ code: String, _ title: String, at node: JSONNode, label: String? = nil, help: String? = nil
    ) {
        bag.error(code, title, at: span(node), label: label, help: help)
    }

    package mutating func warning(
        _ code: String, _ title: String, at node: JSONNode, label: String? = nil, help: String? = nil
    ) {
        bag.warning(code, title, at: span(node), label: label, help: help)
    }

    /// Reports that a value is not of the kind wanted.
    ///
    /// - Parameter words: those that are allowed: a text that is none of them is not wrong for being a text.
    package mutating func wrongKind(
        _ name: String, _ node: JSONNode, wanted: String, words: [String]? = nil, help: String? = nil
    ) {
        let label = node.kind == .string ? words.map { "allowed: \($0.joined(separator: ", "))" } : nil
        error(
            "wrong-kind", "'\(name)' must be \(wanted)", at: node, label: label ?? "this is \(node.kind.phrase)",
            help: help)
    }
}

extension JSONKind {
    /// "a number", "an object": for messages.
    package var phrase: String {
        switch self {
        case .null: "null"
        case .boolean: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
