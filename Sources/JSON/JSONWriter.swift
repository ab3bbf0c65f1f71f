/// Writes values as JSON.
package struct JSONWriter: Sendable {
    package enum Layout: Sendable {
        case compact
        /// Two spaces a level.
        case pretty
    }

    private let layout: Layout

    package init(_ layout: Layout = .compact) { self.layout = layout }

    package func text(_ value: JSONValue) -> String {
        var result: [UInt8] = []
        write(value, indent: 0, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    package func write(_ value: JSONValue, indent: Int = 0, to out: inout [UInt8]) {
        switch value {
        case .null: out += "null".utf8
        case .boolean(let flag): out += (flag ? "true" : "false").utf8
        case .number(let number): out += number.text.utf8
        case .string(let text): Self.quote(text, to: &out)
        case .array(let values):
            list(values, "[", "]", indent: indent, to: &out) { write($0, indent: indent + 1, to: &$1) }
        case .object(let object):
            list(object, "{", "}", indent: indent, to: &out) { member, out in
                Self.quote(member.name, to: &out)
                out += (layout == .pretty ? ": " : ":").utf8
                write(member.value, indent: indent + 1, to: &out)
            }
        }
    }

    private func list<Items: Collection>(
        _ items: Items, _ open: String, _ close: String, indent: Int, to out: inout [UInt8],
        _ body: (Items.Element, inout [UInt8]) -> Void
    ) {
        out += open.utf8
        var isFirst = true
        for item in items {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            newLine(indent + 1, &out)
            body(item, &out)
        }
        if !isFirst { newLine(indent, &out) }
        out += close.utf8
    }

    private func newLine(_ indent: Int, _ out: inout [UInt8]) {
        guard layout == .pretty else { return }
        out.append(UInt8(ascii: "\n"))
        out += repeatElement(UInt8(ascii: " "), count: indent * 2)
    }

    /// A text in double quotes with the escapes RFC 8259 §7 demands, and no others.
    package static func quote(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): out += #"\""#.utf8
            case UInt8(ascii: "\\"): out += #"\\"#.utf8
            case 0x08: out += #"\b"#.utf8
            case 0x0C: out += #"\f"#.utf8
            case 0x0A: out += #"\n"#.utf8
            case 0x0D: out += #"\r"#.utf8
            case 0x09: out += #"\t"#.utf8
            case 0..<0x20: out += ((byte < 16 ? #"\u000"# : #"\u00"#) + String(byte, radix: 16)).utf8
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    package static func quoted(_ text: String) -> String {
        var out: [UInt8] = []
        quote(text, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
