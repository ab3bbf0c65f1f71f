/// A JSON Pointer (RFC 6901).
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    private let tokens: [String]

    /// nil where the text is neither empty nor starts with `/`, or holds a `~` that is not `~0` or `~1`.
    package init?(_ text: String) {
        // Bytes, not Characters: a combining mark behind a slash would hide it.
        let bytes = Array(text.utf8)
        guard bytes.isEmpty || bytes[0] == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.text = text
        self.tokens = tokens
    }

    package var description: String { text }

    /// The pointer to a member of the root (§3: `~` and `/` are escaped).
    package static func text(ofMember name: String) -> String {
        "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    /// The value it points to, nil where there is none.
    package func find(in root: JSONNode) -> JSONNode? {
        tokens.reduce(root) { (node: JSONNode?, token) in
            switch node?.kind {
            case .object: node?[token]
            case .array: Self.place(token).flatMap { node?[$0] }
            default: nil
            }
        }
    }

    /// RFC 6901 §4: digits without a leading zero.
    private static func place(_ token: String) -> Int? {
        guard token == "0" || token.utf8.first != UInt8(ascii: "0"), token.utf8.allSatisfy(isDigit) else { return nil }
        return Int(token)
    }

    private static func unescaped(_ part: ArraySlice<UInt8>) -> String? {
        var result: [UInt8] = []
        var rest = part
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): result.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): result.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
