extension JSONPath {
    /// Where a value stands, as `$['items'][0]` (RFC 9535 §2.7), or nil where it is not below that root.
    package static func normalized(_ node: JSONNode, from root: JSONNode) -> String? {
        guard node.document === root.document, root.contains(node) else { return nil }
        var path = "$"
        var current = root
        while current.index != node.index {
            guard let (step, child) = current.step(towards: node) else { return nil }
            path += step
            current = child
        }
        return path
    }

    /// A name in single quotes, with the escapes of a normalized path.
    static func quoted(_ name: String) -> String {
        var result = "'"
        for scalar in name.unicodeScalars {
            switch scalar {
            case "'", "\\": result += "\\\(scalar)"
            case "\u{08}": result += #"\b"#
            case "\t": result += #"\t"#
            case "\n": result += #"\n"#
            case "\u{0C}": result += #"\f"#
            case "\r": result += #"\r"#
            case "\0"..<" ": result += (scalar.value < 16 ? #"\u000"# : #"\u00"#) + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "'"
    }
}

extension JSONNode {
    fileprivate func contains(_ other: JSONNode) -> Bool {
        index == other.index || (tape.isContainer && index < other.index && other.index < tape.extent)
    }

    fileprivate func step(towards other: JSONNode) -> (String, JSONNode)? {
        if kind == .array {
            for (place, element) in elements.enumerated() where element.contains(other) {
                return ("[\(place)]", element)
            }
        } else {
            for member in members where member.value.contains(other) {
                return ("[\(JSONPath.quoted(member.name))]", member.value)
            }
        }
        return nil
    }
}
