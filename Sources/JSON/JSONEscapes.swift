/// The escapes of a JSON text; the parser has checked them.
enum JSONEscapes {
    /// Decodes the bytes between the quotes.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        walk(bytes) { _, decoded in result += decoded }
        return String(decoding: result, as: UTF8.self)
    }

    /// Calls `body` for every piece: its range in the source and the UTF-8 bytes it stands for.
    static func walk(_ bytes: ArraySlice<UInt8>, _ body: (Range<Int>, ArraySlice<UInt8>) -> Void) {
        var at = bytes.startIndex
        while at < bytes.endIndex {
            if bytes[at] != UInt8(ascii: "\\") {
                let stop = bytes[at...].firstIndex(of: UInt8(ascii: "\\")) ?? bytes.endIndex
                body(at..<stop, bytes[at..<stop])
                at = stop
                continue
            }
            let (length, decoded) = escape(bytes[at...])
            body(at..<at + length, ArraySlice(decoded))
            at += length
        }
    }

    private static func escape(_ bytes: ArraySlice<UInt8>) -> (length: Int, decoded: [UInt8]) {
        let at = bytes.startIndex
        guard at + 1 < bytes.endIndex else { return (1, []) }
        switch bytes[at + 1] {
        case UInt8(ascii: "b"): return (2, [0x08])
        case UInt8(ascii: "f"): return (2, [0x0C])
        case UInt8(ascii: "n"): return (2, [0x0A])
        case UInt8(ascii: "r"): return (2, [0x0D])
        case UInt8(ascii: "t"): return (2, [0x09])
        case UInt8(ascii: "u"):
            let high = unit(bytes, at + 2)
            guard high & 0xFC00 == 0xD800 else { return (6, utf8(UInt32(high))) }
            let low = unit(bytes, at + 8)
            return (12, utf8(0x10000 + (UInt32(high) & 0x3FF) << 10 + UInt32(low) & 0x3FF))
        case let byte: return (2, [byte])
        }
    }

    private static func unit(_ bytes: ArraySlice<UInt8>, _ at: Int) -> UInt16 {
        var unit: UInt16 = 0
        for index in at..<at + 4 where index < bytes.endIndex { unit = unit << 4 | UInt16(hexDigit(bytes[index]) ?? 0) }
        return unit
    }

    private static func utf8(_ value: UInt32) -> [UInt8] {
        Unicode.Scalar(value).map { Array(String(Character($0)).utf8) } ?? []
    }
}

extension JSONNode {
    /// The bytes of the source that a part of a text's decoded UTF-8 came from, for carets inside a string.
    package func sourceRange(ofDecoded range: Range<Int>) -> Range<Int> {
        guard kind == .string else { return self.range }
        var start: Int?
        var end = content.lowerBound
        var decodedAt = 0
        JSONEscapes.walk(document.bytes[content]) { source, decoded in
            let piece = decodedAt..<decodedAt + decoded.count
            let isPlain = source.count == decoded.count
            if start == nil, range.lowerBound < piece.upperBound {
                start = source.lowerBound + (isPlain ? max(0, range.lowerBound - piece.lowerBound) : 0)
            }
            if range.upperBound > piece.lowerBound {
                let last = source.lowerBound + min(decoded.count, range.upperBound - piece.lowerBound)
                end = isPlain ? last : source.upperBound
            }
            decodedAt = piece.upperBound
        }
        let from = start ?? content.upperBound
        return from..<max(from, end)
    }
}
