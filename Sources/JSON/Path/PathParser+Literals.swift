extension PathParser {
    /// A quoted text, with the place in the path that each byte of it came from.
    struct Quoted {
        var utf8: [UInt8] = []
        var sources: [Int] = []

        var text: String { String(decoding: utf8, as: UTF8.self) }

        mutating func append(_ bytes: some Sequence<UInt8>, from source: Int) {
            for byte in bytes {
                utf8.append(byte)
                sources.append(source)
            }
        }
    }

    mutating func quoted() throws(QueryError) -> Quoted {
        let start = at
        let quote = bytes[start]
        at += 1
        var result = Quoted()
        while let byte = next {
            switch byte {
            case quote:
                result.sources.append(at)
                at += 1
                return result
            case UInt8(ascii: "\\"):
                let place = at
                result.append(try escape(quote), from: place)
            case 0..<0x20: throw controlCharacter(byte)
            default:
                result.append([byte], from: at)
                at += 1
            }
        }
        let mark = text(start..<start + 1)
        throw QueryError("this text in quotes is not closed", start..<start + 1, help: "add \(mark)")
    }

    private func controlCharacter(_ byte: UInt8) -> QueryError {
        let digits = (byte < 16 ? "000" : "00") + String(byte, radix: 16)
        return QueryError("a control character stands in a text", at..<at + 1, help: "write it as \\u\(digits)")
    }

    private mutating func escape(_ quote: UInt8) throws(QueryError) -> [UInt8] {
        let start = at
        at += 1
        guard let byte = next else { throw QueryError("a backslash ends the path", start..<at) }
        let decoded: UInt8
        switch byte {
        case quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded = byte
        case UInt8(ascii: "b"): decoded = 0x08
        case UInt8(ascii: "f"): decoded = 0x0C
        case UInt8(ascii: "n"): decoded = 0x0A
        case UInt8(ascii: "r"): decoded = 0x0D
        case UInt8(ascii: "t"): decoded = 0x09
        case UInt8(ascii: "u"): return try unicodeEscape(start)
        default:
            throw QueryError(
                "unknown escape in a text", start..<character(at: at).upperBound,
                help: #"a backslash itself is written \\; known are \b \f \n \r \t \/ \\ \u0000 and the quote"#)
        }
        at += 1
        return [decoded]
    }

    private mutating func unicodeEscape(_ start: Int) throws(QueryError) -> [UInt8] {
        let high = try codeUnit(start)
        guard high & 0xF800 == 0xD800 else { return Self.utf8(UInt32(high)) }
        let lowStart = at
        guard high & 0xFC00 == 0xD800, take(#"\"#), next == UInt8(ascii: "u") else {
            throw loneSurrogate(start, lowStart)
        }
        let low = try codeUnit(lowStart)
        guard low & 0xFC00 == 0xDC00 else { throw loneSurrogate(start, lowStart) }
        return Self.utf8(0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(low) & 0x3FF)
    }

    /// Four hexadecimal digits behind the `u` at the place.
    private mutating func codeUnit(_ start: Int) throws(QueryError) -> UInt16 {
        at += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = hexDigit(byte) else {
                throw QueryError("'\\u' needs four hexadecimal digits", start..<at)
            }
            unit = unit << 4 | UInt16(digit)
            at += 1
        }
        return unit
    }

    private func loneSurrogate(_ start: Int, _ end: Int) -> QueryError {
        QueryError("half of a surrogate pair stands alone", start..<end)
    }

    private static func utf8(_ value: UInt32) -> [UInt8] {
        Unicode.Scalar(value).map { Array(String(Character($0)).utf8) } ?? []
    }

    /// A number as JSON writes it; the sign may stand before a zero.
    mutating func number() throws(QueryError) -> JSONNumber {
        let start = at
        _ = take("-")
        let digits = at
        try skipDigits()
        if bytes[digits] == UInt8(ascii: "0"), at - digits > 1 {
            throw QueryError("a number has no leading zero", start..<at)
        }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try skipDigits()
        }
        return JSONNumber(valid: text(start..<at))
    }

    private mutating func skipDigits() throws(QueryError) {
        let start = at
        while let byte = next, isDigit(byte) { at += 1 }
        if at == start { throw unexpected("expected a digit") }
    }
}
