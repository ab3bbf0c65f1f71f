package enum JSONKind: String, Sendable, Hashable {
    case null, boolean, number, string, array, object
}

/// One value in a document; two words, cheap to pass on.
package struct JSONNode: Sendable {
    package let document: JSONDocument
    let index: Int

    @inline(__always)
    var tape: TapeNode { document.tape[index] }

    package var kind: JSONKind {
        switch tape.kind {
        case .null, .end: .null
        case .yes, .no: .boolean
        case .integer, .decimal: .number
        case .string, .escapedString: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The bytes of the value in the text, quotes and brackets included.
    package var range: Range<Int> {
        let node = tape
        let end = node.isContainer ? document.tape[node.extent].offset + 1 : node.offset + node.extent
        return node.offset..<end
    }

    /// The value as it is written.
    package var rawText: String { String(decoding: document.bytes[range], as: UTF8.self) }

    package var isNull: Bool { tape.kind == .null }

    package var boolean: Bool? {
        switch tape.kind {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    package var number: JSONNumber? {
        switch tape.kind {
        case .integer, .decimal: JSONNumber(valid: rawText)
        default: nil
        }
    }

    package var string: String? {
        switch tape.kind {
        case .string: String(decoding: document.bytes[content], as: UTF8.self)
        case .escapedString: JSONEscapes.decode(document.bytes[content])
        default: nil
        }
    }

    /// The bytes between the quotes.
    var content: Range<Int> {
        let node = tape
        return node.offset + 1..<node.offset + node.extent - 1
    }

    package var elements: JSONElements { JSONElements(of: self) }
    package var members: JSONMembers { JSONMembers(of: self) }

    /// How many elements or members; 0 for anything else. Walks them.
    package var count: Int {
        switch tape.kind {
        case .array: elements.reduce(0) { count, _ in count + 1 }
        case .object: members.reduce(0) { count, _ in count + 1 }
        default: 0
        }
    }

    /// The member of that name; where a name stands twice, the last one, as most parsers have it.
    package subscript(_ name: String) -> JSONNode? {
        var found: JSONNode?
        for member in members where member.nameNode.isText(name) { found = member.value }
        return found
    }

    /// The element at a place counted from 0.
    package subscript(_ place: Int) -> JSONNode? {
        guard place >= 0, tape.kind == .array else { return nil }
        var left = place
        for element in elements {
            if left == 0 { return element }
            left -= 1
        }
        return nil
    }

    /// Compares without making a String where the text has no escapes.
    package func isText(_ text: String) -> Bool {
        switch tape.kind {
        case .string: document.bytes[content].elementsEqual(text.utf8)
        case .escapedString: string?.utf8.elementsEqual(text.utf8) ?? false
        default: false
        }
    }

    /// The node as a value of its own; costs a tree.
    package var value: JSONValue {
        switch kind {
        case .null: .null
        case .boolean: .boolean(tape.kind == .yes)
        case .number: .number(JSONNumber(valid: rawText))
        case .string: .string(string ?? "")
        case .array: .array(elements.map(\.value))
        case .object: .object(JSONObject(members.map { ($0.name, $0.value.value) }))
        }
    }

    /// JSON equality: numbers by value, objects without order.
    package func equals(_ other: JSONValue) -> Bool {
        switch (kind, other) {
        case (.null, .null): true
        case (.boolean, .boolean(let flag)): boolean == flag
        case (.number, .number(let number)): self.number == number
        case (.string, .string(let text)): isText(text)
        case (.array, .array(let values)): count == values.count && zip(elements, values).allSatisfy { $0.equals($1) }
        case (.object, .object): value == other
        default: false
        }
    }

    package func equals(_ other: JSONNode) -> Bool {
        if kind != other.kind { return false }
        return switch kind {
        case .null: true
        case .boolean: boolean == other.boolean
        case .number: number == other.number
        case .string: isText(other.string ?? "")
        case .array: count == other.count && zip(elements, other.elements).allSatisfy { $0.equals($1) }
        case .object: value == other.value
        }
    }
}

/// A member of an object: its name as a node (for places) and its value.
package struct JSONMember: Sendable {
    package let nameNode: JSONNode
    package let value: JSONNode

    package var name: String { nameNode.string ?? "" }
}

/// The elements of an array; empty for anything else.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var at: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        let isArray = node.tape.kind == .array
        at = node.index + 1
        end = isArray ? node.tape.extent : node.index + 1
    }

    package mutating func next() -> JSONNode? {
        guard at < end else { return nil }
        defer { at = document.next(after: at) }
        return JSONNode(document: document, index: at)
    }
}

/// The members of an object in order, repeated names kept; empty for anything else.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    private let document: JSONDocument
    private var at: Int
    private let end: Int

    init(of node: JSONNode) {
        document = node.document
        let isObject = node.tape.kind == .object
        at = node.index + 1
        end = isObject ? node.tape.extent : node.index + 1
    }

    package mutating func next() -> JSONMember? {
        guard at < end else { return nil }
        let name = JSONNode(document: document, index: at)
        let value = JSONNode(document: document, index: at + 1)
        at = document.next(after: at + 1)
        return JSONMember(nameNode: name, value: value)
    }
}
