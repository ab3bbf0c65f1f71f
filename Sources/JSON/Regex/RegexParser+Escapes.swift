extension RegexParser {
    /// What an escape stands for.
    enum Escape {
        case scalar(UInt32)
        case oneOf(CharacterClass)
        case assertion(RegexAssertion)

        var syntax: RegexSyntax {
            switch self {
            case .scalar(let scalar): .scalar(scalar)
            case .oneOf(let set): .oneOf(set)
            case .assertion(let assertion): .assertion(assertion)
            }
        }
    }

    mutating func escape() throws(QueryError) -> Escape {
        let start = at
        at += 1
        guard let scalar = next else {
            throw error(
                "a backslash ends the pattern", from: start, to: at,
                help: #"write \\ for the character itself"#)
        }
        at += 1
        switch scalar {
        case "n": return .scalar(0x0A)
        case "r": return .scalar(0x0D)
        case "t": return .scalar(0x09)
        case "p", "P": return .oneOf(try category(start, isNegated: scalar == "P"))
        case _ where dialect == .iRegexp: return try plainEscape(scalar, start)
        case "f": return .scalar(0x0C)
        case "v": return .scalar(0x0B)
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "x", "u": return .scalar(try codePoint(start, digits: scalar == "x" ? 2 : 4))
        default: break
        }
        if let set = Self.shorthands[scalar] { return .oneOf(set) }
        guard scalar.isASCII, scalar.value > 0x20,
            !CharacterClass.word.contains(scalar.value) || scalar == "_"
        else {
            throw unknownEscape(scalar, start)
        }
        return .scalar(scalar.value)
    }

    private static let shorthands: [Unicode.Scalar: CharacterClass] = [
        "d": .digit, "D": .noDigit, "w": .word, "W": .noWord, "s": .space, "S": .noSpace,
    ]

    /// RFC 9485's SingleCharEsc.
    private func plainEscape(_ scalar: Unicode.Scalar, _ start: Int) throws(QueryError) -> Escape {
        guard #"()*+-.?[\]^{|}"#.unicodeScalars.contains(scalar) else {
            throw unknownEscape(scalar, start)
        }
        return .scalar(scalar.value)
    }

    private mutating func category(_ start: Int, isNegated: Bool) throws(QueryError) -> CharacterClass {
        guard take("{") else {
            throw error("a category stands in braces", from: start, to: at, help: #"write \p{L} for letters"#)
        }
        let nameStart = at
        while let scalar = next, scalar != "}", at - nameStart < 40 { at += 1 }
        let name = text(nameStart, at)
        guard take("}"), var set = CategorySet(name: name) else {
            throw error(
                "there is no category '\(name)'", from: start, to: at,
                help: "known are \(CategorySet.allNames.joined(separator: " "))")
        }
        if isNegated { set = set.complement }
        return CharacterClass(categories: flags.ignoresCase ? set.ignoringCase : set)
    }

    /// `\xHH`, `\uHHHH` or `\u{…}`, already behind the letter.
    private mutating func codePoint(_ start: Int, digits: Int) throws(QueryError) -> UInt32 {
        let isBraced = digits == 4 && take("{")
        let first = at
        var value: UInt32 = 0
        while at - first < (isBraced ? 6 : digits), let scalar = next, scalar.isASCII,
            let digit = hexDigit(UInt8(truncatingIfNeeded: scalar.value))
        {
            value = value << 4 | UInt32(digit)
            at += 1
        }
        guard isBraced ? at > first && take("}") : at - first == digits else {
            throw error(
                digits == 2
                    ? #"'\x' needs two hexadecimal digits"#
                    : #"'\u' needs four hexadecimal digits or braces"#,
                from: start, to: max(at, start + 2), help: digits == 2 ? nil : #"write \u00E9 or \u{1F600}"#
            )
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw error(
                "there is no such character", from: start, to: at,
                help: #"write characters beyond U+FFFF as \u{1F600}, not as a surrogate pair"#)
        }
        return folded(scalar)
    }

    private func unknownEscape(_ scalar: Unicode.Scalar, _ start: Int) -> QueryError {
        let written = "\\\(scalar)"
        if dialect == .iRegexp {
            return error(
                "the regular expressions of JSONPath (RFC 9485) know no '\(written)'", from: start, to: at,
                help: Self.iRegexpHelp[scalar]
                    ?? #"known are \n \r \t \p{…} \P{…} and a backslash before ()*+-.?[\]^{|}"#)
        }
        switch scalar {
        case "1"..."9", "k", "g": return error("back-references are not supported", from: start, to: at)
        case "0": return error("unknown escape '\\0'", from: start, to: at, help: #"write \x00"#)
        case "A":
            return error("unknown escape '\\A'", from: start, to: at, help: "write ^ for the start of the text")
        case "z", "Z":
            return error("unknown escape '\(written)'", from: start, to: at, help: "write $ for the end of the text")
        default:
            return error(
                "unknown escape '\(written)'", from: start, to: at,
                help:
                    #"known are \d \D \w \W \s \S \b \B \t \n \r \f \v \xHH \uHHHH \u{…} \p{…} \P{…} and punctuation"#
            )
        }
    }

    private static let iRegexpHelp: [Unicode.Scalar: String] = [
        "d": "write [0-9]", "D": "write [^0-9]", "w": "write [A-Za-z0-9_]", "W": "write [^A-Za-z0-9_]",
        "s": #"write [ \t\n\r]"#, "S": #"write [^ \t\n\r]"#, "/": "write / without a backslash",
    ]
}
