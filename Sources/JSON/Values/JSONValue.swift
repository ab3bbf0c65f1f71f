/// A JSON value of its own, apart from any document.
///
/// Equal as JSON means it: numbers by value, objects without order, texts scalar by scalar (Swift's String calls "é" and
/// "e" with a combining accent equal; RFC 8259 §8.3 does not).
package enum JSONValue: Sendable, Hashable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    package var kind: JSONKind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var number: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    package var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    package var boolean: Bool? {
        if case .boolean(let flag) = self { flag } else { nil }
    }

    /// An object without the members that have no value.
    package static func object(present members: [(String, JSONValue?)]) -> JSONValue {
        .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
    }

    /// Compact JSON.
    package func text(_ layout: JSONWriter.Layout = .compact) -> String {
        JSONWriter(layout).text(self)
    }
}

extension JSONValue {
    package static func == (a: JSONValue, b: JSONValue) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)): a == b
        default: false
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}

/// Members in order; equal without regard to it.
package struct JSONObject: Sendable, RandomAccessCollection {
    private var members: [(name: String, value: JSONValue)]

    /// A name that stands twice keeps the last value in the first place.
    package init(_ members: [(String, JSONValue)] = []) {
        self.members = []
        self.members.reserveCapacity(members.count)
        var places: [[UInt8]: Int] = [:]
        for (name, value) in members {
            if let place = places.updateValue(self.members.count, forKey: Array(name.utf8)) {
                self.members[place].value = value
                places[Array(name.utf8)] = place
            } else {
                self.members.append((name, value))
            }
        }
    }

    package var startIndex: Int { members.startIndex }
    package var endIndex: Int { members.endIndex }
    package subscript(position: Int) -> (name: String, value: JSONValue) { members[position] }

    package var names: [String] { members.map(\.name) }

    package subscript(name: String) -> JSONValue? {
        get { members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value }
        set {
            let place = members.firstIndex { $0.name.utf8.elementsEqual(name.utf8) }
            switch (place, newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): members.remove(at: place)
            case (nil, let value?): members.append((name, value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: Hashable {
    package static func == (a: JSONObject, b: JSONObject) -> Bool {
        guard a.count == b.count else { return false }
        if a.count <= 8 { return a.allSatisfy { b[$0.name] == $0.value } }
        let others = Dictionary(b.members.map { (Array($0.name.utf8), $0.value) }) { first, _ in first }
        return a.allSatisfy { others[Array($0.name.utf8)] == $0.value }
    }

    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for (name, value) in members {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            sum ^= member.finalize()
        }
        hasher.combine(sum)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}
