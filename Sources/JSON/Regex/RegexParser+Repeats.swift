extension RegexParser {
    mutating func quantifier(from start: Int) throws(QueryError) -> RegexRepeat? {
        if take("*") { return RegexRepeat(least: 0, most: nil, range: 0..<0) }
        if take("+") { return RegexRepeat(least: 1, most: nil, range: 0..<0) }
        if take("?") { return RegexRepeat(least: 0, most: 1, range: 0..<0) }
        let open = at
        guard take("{") else { return nil }
        guard let least = try count() else { throw badQuantifier(open) }
        var most: Int? = least
        if take(",") { most = try count() }
        guard take("}") else { throw badQuantifier(open) }
        if let most, most < least {
            throw error(
                "the repeat asks for at least \(least) and at most \(most)", from: open, to: at,
                help: "write {\(most),\(least)}")
        }
        return RegexRepeat(least: least, most: most, range: 0..<0)
    }

    private mutating func count() throws(QueryError) -> Int? {
        let start = at
        var value = 0
        while let scalar = next, scalar.isASCII, isDigit(UInt8(truncatingIfNeeded: scalar.value)) {
            value = min(Self.maxCount + 1, value * 10 + Int(scalar.value - 0x30))
            at += 1
        }
        guard at > start else { return nil }
        guard value <= Self.maxCount else {
            throw error("a count may be at most \(Self.maxCount)", from: start, to: at)
        }
        return value
    }

    private func badQuantifier(_ open: Int) -> QueryError {
        error(
            "a repeat is {n}, {n,} or {n,m}", from: open, to: max(open + 1, at),
            help: #"write \{ for the character itself"#)
    }
}
