/// Strict, iterative RFC 8259 parser: bytes in, tape out.
///
/// Works on an unsafe buffer inside `withUnsafeBufferPointer`, every access bounds-checked by hand against `end`: the
/// checked array costs a third of the speed here.
struct JSONParser {
    static let maxDepth = 512

    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var at = 0
    private(set) var tape: [TapeNode] = []
    private var open: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        end = bytes.count
        tape.reserveCapacity(Self.capacity(for: bytes))
        open.reserveCapacity(16)
    }

    /// Small texts hold a value for every eight bytes or so; large ones are counted, since doubling a tape of megabytes
    /// would hold one and a half of it.
    private static func capacity(for bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard bytes.count > 1 << 18 else { return 16 + bytes.count / 6 }
        return 16
            + bytes.reduce(0) { count, byte in
                switch byte {
                case UInt8(ascii: ","), UInt8(ascii: ":"): count + 1
                case UInt8(ascii: "["), UInt8(ascii: "{"): count + 2
                default: count
                }
            }
    }

    mutating func parse() throws(JSONError) {
        guard end <= TapeNode.maxOffset else { throw JSONError("the text is longer than 4 GiB", 0..<0) }
        if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONError(
                "the text starts with a byte order mark", 0..<3, help: "save it as UTF-8 without a byte order mark")
        }
        skipSpace()
        try value()
        while let container = open.last { try afterValue(in: container) }
        skipSpace()
        if at < end { throw unexpected("the text should end here, but there is more") }
        guard tape.count < TapeNode.maxExtent else { throw JSONError("the text holds too many values", 0..<0) }
    }

    /// What stands behind a value inside a container: the next one, or the container's end.
    @inline(__always)
    private mutating func afterValue(in container: Int) throws(JSONError) {
        skipSpace()
        let isObject = tape[container].kind == .object
        guard at < end else { throw unclosed(container) }
        switch bytes[at] {
        case UInt8(ascii: ","):
            at += 1
            skipSpace()
            if isObject { try name() } else { try refuseTrailingComma(closing: "]") }
            try value()
        case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject:
            close(container)
        default:
            throw afterValueError(isObject)
        }
    }

    /// One value; of a container its beginning, down to and including the first scalar or empty container in it.
    private mutating func value() throws(JSONError) {
        while true {
            guard at < end else { throw JSONError("the text ends where a value should stand", end..<end) }
            switch bytes[at] {
            case UInt8(ascii: "\""): return try string()
            case UInt8(ascii: "{"):
                if try begin(.object, closing: UInt8(ascii: "}")) { return }
                try name()
            case UInt8(ascii: "["):
                if try begin(.array, closing: UInt8(ascii: "]")) { return }
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
            case UInt8(ascii: "t"): return try literal("true", .yes)
            case UInt8(ascii: "f"): return try literal("false", .no)
            case UInt8(ascii: "n"): return try literal("null", .null)
            default: throw unexpected("expected a value")
            }
        }
    }

    /// Opens a container; true where it is empty and closed again.
    private mutating func begin(_ kind: TapeNode.Kind, closing: UInt8) throws(JSONError) -> Bool {
        guard open.count < Self.maxDepth else {
            throw JSONError("nested deeper than \(Self.maxDepth) levels", at..<at + 1)
        }
        open.append(tape.count)
        tape.append(TapeNode(kind, at: at, extent: 0))
        at += 1
        skipSpace()
        guard at < end, bytes[at] == closing else { return false }
        close(tape.count - 1)
        return true
    }

    @inline(__always)
    private mutating func close(_ container: Int) {
        tape[container].close(endIndex: tape.count)
        tape.append(TapeNode(.end, at: at, extent: 1))
        at += 1
        open.removeLast()
    }

    @inline(__always)
    private mutating func name() throws(JSONError) {
        guard at < end, bytes[at] == UInt8(ascii: "\"") else { throw badName() }
        try string()
        skipSpace()
        guard at < end, bytes[at] == UInt8(ascii: ":") else { throw unexpected("expected ':' after the member name") }
        at += 1
        skipSpace()
    }

    private mutating func string() throws(JSONError) {
        let start = at
        at += 1
        var escaped = false
        while at < end {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\"") {
                at += 1
                guard at - start < TapeNode.maxExtent else {
                    throw JSONError("the text is too long", start..<start + 1)
                }
                tape.append(TapeNode(escaped ? .escapedString : .string, at: start, extent: at - start))
                return
            }
            if byte == UInt8(ascii: "\\") {
                escaped = true
                try escape()
            } else if byte < 0x20 {
                throw controlCharacter(byte)
            } else if byte < 0x80 {
                at += 1
            } else {
                at += try scalarLength()
            }
        }
        throw JSONError("the text in double quotes is not closed", start..<start + 1, help: "add a double quote")
    }

    private mutating func escape() throws(JSONError) {
        guard at + 1 < end else { return at = end }
        switch bytes[at + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            at += 2
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(at + 2) else {
                throw JSONError("'\\u' needs four hexadecimal digits", at..<min(at + 6, end))
            }
            if unit & 0xFC00 == 0xDC00 { throw loneSurrogate() }
            guard unit & 0xFC00 == 0xD800 else { return at += 6 }
            guard at + 7 < end, bytes[at + 6] == UInt8(ascii: "\\"), bytes[at + 7] == UInt8(ascii: "u"),
                let low = codeUnit(at + 8), low & 0xFC00 == 0xDC00
            else { throw loneSurrogate() }
            at += 12
        default:
            throw JSONError(
                "unknown escape in a text", at..<at + 2,
                help: "a backslash itself is written \\\\; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000")
        }
    }

    private func loneSurrogate() -> JSONError {
        JSONError("half of a surrogate pair stands alone", at..<min(at + 6, end))
    }

    /// The UTF-16 code unit written as four hexadecimal digits at `offset`.
    private func codeUnit(_ offset: Int) -> UInt16? {
        guard offset + 4 <= end else { return nil }
        var unit: UInt16 = 0
        for index in offset..<offset + 4 {
            guard let digit = hexDigit(bytes[index]) else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    /// Length of the UTF-8 sequence at `at`, which starts with a byte above 0x7F (RFC 3629 §4).
    private func scalarLength() throws(JSONError) -> Int {
        let lead = bytes[at]
        let (length, low, high): (Int, UInt8, UInt8) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (0, 0, 0)
            }
        guard length > 0, at + length <= end, (low...high).contains(bytes[at + 1]),
            (2..<length).allSatisfy({ bytes[at + $0] & 0xC0 == 0x80 })
        else { throw JSONError("the text is not UTF-8 here", at..<at + 1) }
        return length
    }

    private mutating func number() throws(JSONError) {
        let start = at
        if bytes[at] == UInt8(ascii: "-") { at += 1 }
        guard at < end, isDigit(bytes[at]) else { throw JSONError("a digit must follow '-'", start..<min(at + 1, end)) }
        if bytes[at] == UInt8(ascii: "0") {
            at += 1
            if at < end, isDigit(bytes[at]) { throw JSONError("a number has no leading zero", start..<at + 1) }
        } else {
            skipDigits()
        }
        let hasFraction = try fraction(start)
        let hasExponent = try exponent(start)
        guard at - start < TapeNode.maxExtent else { throw JSONError("the number is too long", start..<start + 1) }
        tape.append(TapeNode(hasFraction || hasExponent ? .decimal : .integer, at: start, extent: at - start))
    }

    @inline(__always)
    private mutating func fraction(_ start: Int) throws(JSONError) -> Bool {
        guard at < end, bytes[at] == UInt8(ascii: ".") else { return false }
        at += 1
        guard at < end, isDigit(bytes[at]) else { throw JSONError("a digit must follow '.'", start..<min(at + 1, end)) }
        skipDigits()
        return true
    }

    @inline(__always)
    private mutating func exponent(_ start: Int) throws(JSONError) -> Bool {
        guard at < end, bytes[at] | 0x20 == UInt8(ascii: "e") else { return false }
        at += 1
        if at < end, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
        guard at < end, isDigit(bytes[at]) else {
            throw JSONError("the exponent of the number has no digits", start..<min(at + 1, end))
        }
        skipDigits()
        return true
    }

    private mutating func literal(_ word: StaticString, _ kind: TapeNode.Kind) throws(JSONError) {
        let count = word.utf8CodeUnitCount
        guard at + count <= end, (1..<count).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] }) else {
            throw unexpected("expected a value")
        }
        tape.append(TapeNode(kind, at: at, extent: count))
        at += count
        if at < end, isWord(bytes[at]) {
            at -= count
            throw unexpected("expected a value")
        }
    }

    @inline(__always)
    private mutating func skipSpace() {
        while at < end {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    @inline(__always)
    private mutating func skipDigits() {
        while at < end, isDigit(bytes[at]) { at += 1 }
    }
}

// MARK: - What is wrong, in words

extension JSONParser {
    private func refuseTrailingComma(closing: Character) throws(JSONError) {
        if at < end, bytes[at] == closing.asciiValue { throw trailingComma(before: closing) }
    }

    /// Only space stands between the comma and `at`.
    private func trailingComma(before closing: Character) -> JSONError {
        let comma = bytes[..<at].lastIndex(of: UInt8(ascii: ",")) ?? at
        return JSONError(
            "a comma stands before '\(closing)'", comma..<comma + 1, help: "JSON has no trailing commas; remove it")
    }

    private func controlCharacter(_ byte: UInt8) -> JSONError {
        let isLineEnd = byte == 0x0A || byte == 0x0D
        return JSONError(
            isLineEnd ? "a line ends inside a text" : "a control character stands in a text", at..<at + 1,
            help: isLineEnd ? "write \\n, or close the text with a double quote" : "write it as \\u00\(hex(byte))")
    }

    private func badName() -> JSONError {
        if at < end, bytes[at] == UInt8(ascii: "}") { return trailingComma(before: "}") }
        guard at < end else { return JSONError("the text ends where a member name should stand", end..<end) }
        if isWord(bytes[at]) {
            return JSONError("member names stand in double quotes", wordRange(), help: "write \"\(word())\"")
        }
        return unexpected("expected a member name in double quotes")
    }

    private func afterValueError(_ isObject: Bool) -> JSONError {
        switch bytes[at] {
        case UInt8(ascii: "\""): JSONError("a ',' is missing before this \(isObject ? "member" : "value")", at..<at + 1)
        case UInt8(ascii: "{") where !isObject, UInt8(ascii: "[") where !isObject:
            JSONError("a ',' is missing before this value", at..<at + 1)
        default:
            unexpected(isObject ? "expected ',' or '}' after the value" : "expected ',' or ']' after the value")
        }
    }

    private func unclosed(_ container: Int) -> JSONError {
        let isObject = tape[container].kind == .object
        let start = tape[container].offset
        return JSONError(
            "this \(isObject ? "object" : "list") is not closed", start..<start + 1,
            help: "add '\(isObject ? "}" : "]")' at the end")
    }

    private func unexpected(_ reason: String) -> JSONError {
        guard at < end else { return JSONError("\(reason), but the text ends", end..<end) }
        switch bytes[at] {
        case UInt8(ascii: "'"):
            return JSONError("texts stand in double quotes, not in single ones", at..<at + 1)
        case UInt8(ascii: "/"), UInt8(ascii: "#"):
            return JSONError("JSON has no comments", at..<at + 1, help: "use a member \"$comment\"")
        case let byte where isWord(byte):
            return JSONError(reason, wordRange(), found: word(), help: wordHelp(word()))
        case let byte where byte < 0x80:
            return JSONError("\(reason), found \(shown(Unicode.Scalar(byte)))", at..<at + 1)
        default: return unexpectedScalar(reason)
        }
    }

    private func unexpectedScalar(_ reason: String) -> JSONError {
        guard let length = try? scalarLength() else {
            return JSONError("the text is not UTF-8 here", at..<at + 1, help: "save it as UTF-8")
        }
        let text = String(decoding: (at..<at + length).map { bytes[$0] }, as: UTF8.self)
        let found = text.unicodeScalars.first.map(shown) ?? ""
        let isQuote = "“”„‘’«»".contains(text)
        return JSONError(
            "\(reason), found \(found)", at..<at + length, help: isQuote ? "texts stand in straight double quotes" : nil
        )
    }

    /// As it is, or by its number where nothing would be seen of it.
    private func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
            .nonspacingMark, .enclosingMark:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        default: return "'\(Character(scalar))'"
        }
    }

    private func wordHelp(_ word: String) -> String? {
        switch word.lowercased() {
        case "true", "false", "null": "write \(word.lowercased())"
        case "none", "nil", "undefined": "write null"
        case "nan", "infinity": "JSON knows no such number"
        default: nil
        }
    }

    private func wordRange() -> Range<Int> {
        var stop = at
        while stop < end, stop - at < 40, isWord(bytes[stop]) { stop += 1 }
        return at..<stop
    }

    private func word() -> String {
        String(decoding: wordRange().map { bytes[$0] }, as: UTF8.self)
    }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

private func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
}

@inline(__always)
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}

private func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
}
