/// A strict reader for the XML that services answer with: elements, attributes, text, CDATA, the five entities and
/// character references. Comments and processing instructions are skipped; a DOCTYPE is refused, since entities of its
/// own can blow up a text; prefixes are cut off names.
struct XMLTree: Sendable {
    enum Content: Sendable {
        case text([UInt8])
        case element(Element)
    }

    final class Element: Sendable {
        let name: String
        let attributes: [String: String]
        let content: [Content]

        init(name: String, attributes: [String: String], content: [Content]) {
            self.name = name
            self.attributes = attributes
            self.content = content
        }

        var children: [Element] {
            content.compactMap { if case .element(let element) = $0 { element } else { nil } }
        }

        /// All text inside, that of children included.
        var text: String {
            content.reduce(into: "") { result, part in
                switch part {
                case .text(let bytes): result += String(decoding: bytes, as: UTF8.self)
                case .element(let element): result += element.text
                }
            }
        }
    }

    let root: Element

    /// nil where the text is not well-formed, or nested deeper than 200 levels.
    init?(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var parser = XMLParser(bytes)
        guard let root = parser.document() else { return nil }
        self.root = root
    }
}

/// One pass over the bytes with a stack of its own: depth is bounded, and so is what a hostile answer can cost.
private struct XMLParser {
    private let bytes: [UInt8]
    private var at = 0

    private struct Open {
        let qualified: [UInt8]
        let name: String
        let attributes: [String: String]
        var content: [XMLTree.Content] = []
    }

    init(_ bytes: [UInt8]) {
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        self.bytes = hasMark ? Array(bytes.dropFirst(3)) : bytes
    }

    mutating func document() -> XMLTree.Element? {
        var stack: [Open] = []
        var root: XMLTree.Element?
        while at < bytes.count {
            if bytes[at] != UInt8(ascii: "<") {
                guard let text = text() else { return nil }
                if stack.isEmpty {
                    guard text.allSatisfy(Self.isSpace) else { return nil }
                } else {
                    stack[stack.count - 1].content.append(.text(text))
                }
            } else if skip("<!--") {
                guard skip(past: "-->") else { return nil }
            } else if skip("<![CDATA[") {
                let start = at
                guard !stack.isEmpty, skip(past: "]]>") else { return nil }
                stack[stack.count - 1].content.append(.text(Array(bytes[start..<at - 3])))
            } else if skip("<?") {
                guard skip(past: "?>") else { return nil }
            } else if skip("</") {
                guard let open = stack.popLast(), close(open) else { return nil }
                finish(open, &stack, &root)
            } else {
                guard root == nil, stack.count < 200, let (open, isEmpty) = start() else { return nil }
                if isEmpty { finish(open, &stack, &root) } else { stack.append(open) }
            }
        }
        return stack.isEmpty ? root : nil
    }

    private func finish(_ open: Open, _ stack: inout [Open], _ root: inout XMLTree.Element?) {
        let element = XMLTree.Element(
            name: open.name, attributes: open.attributes, content: open.content)
        guard !stack.isEmpty else {
            root = element
            return
        }
        stack[stack.count - 1].content.append(.element(element))
    }

    // MARK: Tags

    private mutating func start() -> (Open, isEmpty: Bool)? {
        at += 1
        guard let qualified = name() else { return nil }
        var attributes: [String: String] = [:]
        while true {
            let hadSpace = skipSpace()
            guard at < bytes.count else { return nil }
            if skip(">") {
                return (Open(qualified: qualified, name: Self.local(qualified), attributes: attributes), false)
            }
            if skip("/>") {
                return (Open(qualified: qualified, name: Self.local(qualified), attributes: attributes), true)
            }
            guard hadSpace, let (name, value) = attribute(), attributes.updateValue(value, forKey: name) == nil else {
                return nil
            }
        }
    }

    private mutating func attribute() -> (String, String)? {
        guard let name = name() else { return nil }
        _ = skipSpace()
        guard skip("=") else { return nil }
        _ = skipSpace()
        guard at < bytes.count else { return nil }
        let quote = bytes[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        at += 1
        guard let end = bytes[at...].firstIndex(of: quote), let value = Self.decoded(bytes[at..<end]),
            !bytes[at..<end].contains(UInt8(ascii: "<"))
        else { return nil }
        at = end + 1
        let isDeclaration = name.starts(with: "xmlns".utf8)
        return (isDeclaration ? String(decoding: name, as: UTF8.self) : Self.local(name), value)
    }

    private mutating func close(_ open: Open) -> Bool {
        guard let name = name(), name == open.qualified else { return false }
        _ = skipSpace()
        return skip(">")
    }

    private mutating func name() -> [UInt8]? {
        let start = at
        while at < bytes.count, Self.isNameByte(bytes[at]) { at += 1 }
        guard at > start, !(0x30...0x39).contains(bytes[start]), bytes[start] != UInt8(ascii: "-") else { return nil }
        return Array(bytes[start..<at])
    }

    private mutating func text() -> [UInt8]? {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        return Self.decoded(bytes[start..<at]).map { Array($0.utf8) }
    }

    // MARK: Bytes

    private mutating func skip(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard at + count <= bytes.count else { return false }
        let isThere = text.withUTF8Buffer { bytes[at..<at + count].elementsEqual($0) }
        if isThere { at += count }
        return isThere
    }

    private mutating func skip(past text: StaticString) -> Bool {
        while at < bytes.count {
            if skip(text) { return true }
            at += 1
        }
        return false
    }

    private mutating func skipSpace() -> Bool {
        let start = at
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
        return at > start
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func local(_ qualified: [UInt8]) -> String {
        let parts = qualified.split(separator: UInt8(ascii: ":"))
        return String(decoding: parts.last ?? [], as: UTF8.self)
    }

    /// The text with its references resolved; nil where one is not known.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                result.append(byte)
                continue
            }
            guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")), let scalar = scalar(rest[..<end]) else {
                return nil
            }
            result += Array(String(scalar).utf8)
            rest = rest[(end + 1)...]
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func scalar(_ reference: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let text = String(decoding: reference, as: UTF8.self)
        switch text {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "apos": return "'"
        case "quot": return "\""
        default: break
        }
        let number = text.hasPrefix("#x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text.dropFirst())
        guard text.hasPrefix("#"), let number, number == 9 || number == 10 || number == 13 || number >= 0x20 else {
            return nil
        }
        return Unicode.Scalar(number)
    }
}
