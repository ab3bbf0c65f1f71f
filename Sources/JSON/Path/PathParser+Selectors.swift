extension PathParser {
    mutating func selector(_ start: Int) throws(QueryError) -> PathSelector {
        switch next {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .name(Array(try quoted().text.utf8))
        case UInt8(ascii: "*"):
            at += 1
            return .wildcard
        case UInt8(ascii: "?"):
            at += 1
            skipBlanks()
            return .filter(try condition())
        case UInt8(ascii: "-"), UInt8(ascii: ":"): return try indexOrSlice()
        case let byte? where isDigit(byte): return try indexOrSlice()
        default: throw noSelector(start)
        }
    }

    private mutating func indexOrSlice() throws(QueryError) -> PathSelector {
        let start = try integer()
        let end = at
        skipBlanks()
        guard take(":") else {
            at = end
            return .index(start ?? 0)
        }
        skipBlanks()
        let stop = try integer()
        skipBlanks()
        var step: Int?
        if take(":") {
            skipBlanks()
            step = try integer()
        }
        return .slice(PathSlice(start: start, end: stop, step: step ?? 1))
    }

    /// A whole number within ±(2^53 − 1) (§2.1), nil where none stands here.
    private mutating func integer() throws(QueryError) -> Int? {
        let start = at
        let isNegative = take("-")
        let digits = at
        var value = 0
        while let byte = next, isDigit(byte) {
            value = min(1 << 53, value * 10 + Int(byte - 0x30))
            at += 1
        }
        if at == digits {
            if isNegative { throw unexpected("a digit must follow '-'") }
            return nil
        }
        if bytes[digits] == UInt8(ascii: "0"), at - digits > 1 || isNegative {
            let isZero = value == 0
            throw QueryError(
                isZero ? "zero is written 0 here" : "a number has no leading zero", start..<at,
                help: "write \(isNegative && !isZero ? "-" : "")\(value)")
        }
        guard value < 1 << 53 else {
            throw QueryError("a number must lie within ±9007199254740991", start..<at)
        }
        return isNegative ? -value : value
    }
}
