/// One side of a comparison.
enum PathValue: Sendable {
    case null
    case boolean(Bool)
    case number(JSONNumber)
    case text(String)
    case container(JSONNode)

    init(_ node: JSONNode) {
        switch node.kind {
        case .null: self = .null
        case .boolean: self = .boolean(node.boolean == true)
        case .number: self = .number(JSONNumber(valid: node.rawText))
        case .string: self = .text(node.string ?? "")
        case .array, .object: self = .container(node)
        }
    }

    /// Numbers by value, texts scalar by scalar, objects without order (RFC 9535 §2.3.5.2.2).
    func equals(_ other: PathValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.boolean(let a), .boolean(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
        case (.container(let a), .container(let b)): Self.sameContainers(a, b)
        default: false
        }
    }

    /// Only numbers and texts have an order. That of UTF-8 bytes is that of the scalars.
    func precedes(_ other: PathValue) -> Bool {
        switch (self, other) {
        case (.number(let a), .number(let b)): a < b
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        default: false
        }
    }

    /// Keeps the pairs still to compare in a list: data may be nested deep.
    private static func sameContainers(_ a: JSONNode, _ b: JSONNode) -> Bool {
        var pairs = [(a, b)]
        while let (a, b) = pairs.popLast() {
            guard a.kind == b.kind else { return false }
            switch a.kind {
            case .array:
                let (left, right) = (Array(a.elements), Array(b.elements))
                guard left.count == right.count else { return false }
                pairs += zip(left, right)
            case .object:
                let (left, right) = (membersByName(a), membersByName(b))
                guard left.count == right.count else { return false }
                for (name, value) in left {
                    guard let other = right[name] else { return false }
                    pairs.append((value, other))
                }
            default:
                guard PathValue(a).equals(PathValue(b)) else { return false }
            }
        }
        return true
    }

    private static func membersByName(_ object: JSONNode) -> [[UInt8]: JSONNode] {
        Dictionary(object.members.map { (Array($0.name.utf8), $0.value) }) { _, last in last }
    }
}
