/// Path text to query (RFC 9535 §2), on the bytes of its UTF-8.
struct PathParser {
    static let maxDepth = 50

    let bytes: [UInt8]
    var at = 0
    /// How many filters, parentheses and calls are open.
    private var depth = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    mutating func parse() throws(QueryError) -> PathQuery {
        guard take("$") else { throw noRoot() }
        let query = PathQuery(isAbsolute: true, segments: try segments())
        guard at == bytes.count else { throw afterSegments() }
        return query
    }

    /// A query inside a filter.
    mutating func innerQuery() throws(QueryError) -> PathQuery {
        let isAbsolute = next == UInt8(ascii: "$")
        at += 1
        return PathQuery(isAbsolute: isAbsolute, segments: try segments())
    }

    private mutating func segments() throws(QueryError) -> [PathSegment] {
        var segments: [PathSegment] = []
        while true {
            let start = at
            skipBlanks()
            switch next {
            case UInt8(ascii: "["): segments.append(PathSegment(isDescendant: false, selectors: try brackets()))
            case UInt8(ascii: "."): segments.append(try dotSegment())
            default:
                at = start
                return segments
            }
        }
    }

    private mutating func dotSegment() throws(QueryError) -> PathSegment {
        let start = at
        let isDescendant = take("..")
        if !isDescendant { at += 1 }
        if next == UInt8(ascii: "[") {
            guard isDescendant else {
                throw QueryError("a '.' stands before '['", start..<at, help: "remove the '.'")
            }
            return PathSegment(isDescendant: true, selectors: try brackets())
        }
        if take("*") { return PathSegment(isDescendant: isDescendant, selectors: [.wildcard]) }
        let nameStart = at
        while let byte = next, Self.isName(byte, first: at == nameStart) { at += 1 }
        guard at > nameStart else { throw noName(start) }
        let segment = PathSegment(isDescendant: isDescendant, selectors: [.name(Array(bytes[nameStart..<at]))])
        if next == UInt8(ascii: "(") { throw functionOutsideFilter(start, nameStart) }
        return segment
    }

    /// `[…]`: one selector or several.
    private mutating func brackets() throws(QueryError) -> [PathSelector] {
        let start = at
        at += 1
        var selectors: [PathSelector] = []
        while true {
            skipBlanks()
            selectors.append(try selector(start))
            skipBlanks()
            if take("]") { return selectors }
            guard take(",") else { throw notClosed(start, behind: selectors.last) }
        }
    }

    mutating func nested<Result>(
        from start: Int, _ body: (inout PathParser) throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        guard depth < Self.maxDepth else {
            throw QueryError("the path is nested deeper than \(Self.maxDepth) levels", start..<start + 1)
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }
}

// MARK: - Reading

extension PathParser {
    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    func starts(with text: String, at place: Int) -> Bool { bytes[place...].starts(with: text.utf8) }

    mutating func take(_ text: String) -> Bool {
        guard starts(with: text, at: at) else { return false }
        at += text.utf8.count
        return true
    }

    mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { at += 1 }
    }

    /// A byte of a name that needs no quotes (§2.5.1.1): letters, digits, `_` and everything beyond ASCII.
    static func isName(_ byte: UInt8, first: Bool) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte >= 0x80 || (!first && isDigit(byte))
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// The word at a place, as far as it looks like a name or a number.
    func word(at start: Int) -> Range<Int> {
        var end = start
        while end < bytes.count, Self.isName(bytes[end], first: false) || bytes[end] == UInt8(ascii: "-") { end += 1 }
        return start..<end
    }

    /// The character at a place; empty at the end of the path.
    func character(at start: Int) -> Range<Int> {
        guard start < bytes.count else { return bytes.count..<bytes.count }
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return start..<end
    }

    /// An error at the next character: "…, found 'x'".
    func unexpected(_ reason: String, help: String? = nil) -> QueryError {
        let range = character(at: at)
        guard !range.isEmpty else { return QueryError("\(reason), but the path ends", range, help: help) }
        return QueryError("\(reason), found '\(text(range))'", range, help: help)
    }
}
