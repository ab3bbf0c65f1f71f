extension RegexParser {
    /// `[…]`. In RFC 9485 a hyphen stands for itself only at either end; in a search wherever it makes no range.
    mutating func characterClass() throws(QueryError) -> CharacterClass {
        let start = at
        at += 1
        let isNegated = take("^")
        let first = at
        var result = CharacterClass()
        while let scalar = next {
            if scalar == "]", at == first { throw emptyClass(start) }
            if take("]") { return isNegated ? result.negated : result }
            if scalar == "-", dialect == .iRegexp, at != first, peek(1) != "]" { throw strayHyphen() }
            try classItem(into: &result)
        }
        throw error(
            "this character class is not closed", from: start, to: start + 1,
            help: #"add ']', or write \[ for the character itself"#)
    }

    private mutating func classItem(into result: inout CharacterClass) throws(QueryError) {
        let start = at
        let lower: UInt32
        switch try classMember() {
        case .oneOf(let set): return result.formUnion(set)
        case .scalar(let scalar): lower = scalar
        case .assertion: throw noAssertion(start)
        }
        guard next == "-", let after = peek(1), after != "]",
            dialect == .search || start + 1 != at || lower != 0x2D
        else {
            return insert(lower...lower, into: &result)
        }
        let hyphen = at
        at += 1
        if after == "-", dialect == .iRegexp { throw strayHyphen() }
        switch try classMember() {
        case .scalar(let upper) where upper < lower:
            throw error(
                "this range runs backwards", from: start, to: at,
                help: "write \(text(hyphen + 1, at))-\(text(start, hyphen))")
        case .scalar(let upper): insert(lower...upper, into: &result)
        case .oneOf(let set) where dialect == .search:
            insert(lower...lower, into: &result)
            insert(0x2D...0x2D, into: &result)
            result.formUnion(set)
        case .oneOf: throw error("a range ends with a character, not with a class", from: start, to: at)
        case .assertion: throw noAssertion(hyphen + 1)
        }
    }

    /// Characters come unfolded: a range is folded as a whole.
    private mutating func classMember() throws(QueryError) -> Escape {
        guard let scalar = next else { return .scalar(0) }
        switch scalar {
        case "\\": return try unfoldedEscape()
        case "[":
            throw error(
                "an opening bracket inside a character class", from: at, to: at + 1,
                help: startsWith("[:")
                    ? #"write \d, \w, \s or \p{L}"# : #"write \[ for the character itself"#)
        default:
            at += 1
            return .scalar(scalar.value)
        }
    }

    private mutating func unfoldedEscape() throws(QueryError) -> Escape {
        var plain = unfolded
        let escape = try plain.escape()
        if case .oneOf = escape { return try self.escape() }
        at = plain.at
        return escape
    }

    private func insert(_ range: ClosedRange<UInt32>, into result: inout CharacterClass) {
        if flags.ignoresCase {
            result.insert(contentsOf: CaseFolding.fold(range))
        } else {
            result.insert(range)
        }
    }

    private func emptyClass(_ start: Int) -> QueryError {
        error(
            "this character class is empty", from: start, to: at + 1,
            help: #"write \] for a bracket inside it"#)
    }

    private func strayHyphen() -> QueryError {
        error(
            "a hyphen inside a character class", from: at, to: at + 1,
            help: #"write \- for the character itself"#)
    }

    private func noAssertion(_ start: Int) -> QueryError {
        error("a word boundary cannot stand inside a character class", from: start, to: at)
    }
}
