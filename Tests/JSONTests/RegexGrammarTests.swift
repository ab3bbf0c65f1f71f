import JSON
import Testing

struct RegexGrammarTests {
    @Test(
        "patterns of RFC 9485 are accepted",
        arguments: [
            "", "a", "|", "a|", "(a|b)*c", "a{2}", "a{2,}", "a{2,3}", "[a]", "[^a]", "[-a]", "[a-]", "[--]", "[a-z-]",
            "[^-]",
            #"[\--a]"#, #"\p{L}\P{Lu}"#, #"[\p{Nd}\]]"#, "^$", "a.b", #"\(\)\*\+\-\.\?\[\\\]\^\n\r\t\{\|\}"#, "()",
            "[$^]", "é😀",
        ]
    )
    func accepted(pattern: String) throws {
        _ = try RegularExpression(parsing: pattern, dialect: .iRegexp)
        _ = try RegularExpression(parsing: pattern, dialect: .search)
    }

    @Test(
        "what RFC 9485 leaves out is refused in JSONPath",
        arguments: [
            #"\d"#, #"\w"#, #"\s"#, #"\b"#, "(?:a)", "(?i)a", "a*?", "a++", "a**", "a{1}{2}", "{", "}", "]", "[", "[]",
            "[^]", "[a-z-9]",
            "[a--]", "[--a]", "[b-a]", "[[]", "*a", "a{,3}", "a{2,1}", "a{x}", "(", ")", "(a", #"\"#, #"\$"#, #"\/"#,
            #"\x41"#, #"\p{Xx}"#,
            #"\pL"#, #"\p{L"#, #"[\d]"#, "a{1001}", "+", "?",
        ]
    )
    func refused(pattern: String) {
        #expect(throws: QueryError.self) { try RegularExpression(parsing: pattern, dialect: .iRegexp) }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let pattern: String
        /// Spaces and carets under the pattern.
        let marks: String
        let reason: String
        let help: String?

        init(_ pattern: String, _ marks: String, _ reason: String, _ help: String? = nil) {
            (self.pattern, self.marks, self.reason, self.help) = (pattern, marks, reason, help)
        }

        var testDescription: String { pattern }
        var range: Range<Int> {
            let start = marks.utf8.prefix { $0 == UInt8(ascii: " ") }.count
            return start..<marks.utf8.count
        }
    }

    @Test(
        "a refused search pattern says what is wrong, where and what would be right",
        arguments: [
            Wrong("ab)c", "  ^", "this ')' closes no group", #"write \) for the character itself"#),
            Wrong("a(b", " ^", "this group is not closed", #"add ')', or write \( for the character itself"#),
            Wrong(
                "é[a", "  ^", "this character class is not closed", #"add ']', or write \[ for the character itself"#),
            Wrong("a[]", " ^^", "this character class is empty", #"write \] for a bracket inside it"#),
            Wrong("[[:alpha:]]", " ^", "an opening bracket inside a character class", #"write \d, \w, \s or \p{L}"#),
            Wrong("x[z-a]", "  ^^^", "this range runs backwards", "write a-z"),
            Wrong("*a", "^", "there is nothing to repeat here", #"write \* for the character itself"#),
            Wrong("a|+", "  ^", "there is nothing to repeat here", #"write \+ for the character itself"#),
            Wrong("^*", "^^", "there is nothing to repeat here"),
            Wrong("a**", "  ^", "a repeat follows a repeat", "put the first one in a group: (?:…)"),
            Wrong("a++", "^^^", "possessive repeats are not supported", "remove the '+'"),
            Wrong("{\"a\"", "^", "there is nothing to repeat here", #"write \{ for the character itself"#),
            Wrong("a{x}", " ^", "a repeat is {n}, {n,} or {n,m}", #"write \{ for the character itself"#),
            Wrong("a{3,2}", " ^^^^^", "the repeat asks for at least 3 and at most 2", "write {2,3}"),
            Wrong("a{1001}", "  ^^^^", "a count may be at most 1000"),
            Wrong("a{99999999999999999999}", "  ^^^^^^^^^^^^^^^^^^^^", "a count may be at most 1000"),
            Wrong(#"(a)\1"#, "   ^^", "back-references are not supported"),
            Wrong(#"\k<a>"#, "^^", "back-references are not supported"),
            Wrong(
                "a(?=b)", " ^^^", "look-ahead and look-behind are not supported",
                "match the neighbouring text too and put the wanted part in a group"),
            Wrong(
                "(?<!a)b", "^^^^", "look-ahead and look-behind are not supported",
                "match the neighbouring text too and put the wanted part in a group"),
            Wrong("(?>a)", "^^^", "atomic groups are not supported", "write (?:…)"),
            Wrong("a(?i)b", " ^^^^", "flags stand at the very start of the pattern"),
            Wrong(
                "(?i:a)", "^^^^", "flags for a part of the pattern are not supported",
                "known are (?i), (?m) and (?s) at the very start, for the whole pattern"),
            Wrong(
                "(?x)a", "^^^^", "unknown flags",
                "known are (?i), (?m) and (?s) at the very start, for the whole pattern"),
            Wrong(
                "(?<1a>b)", "   ^^^", "the name of this group is not valid",
                "write (?<name>…) with letters, digits and '_', not starting with a digit"),
            Wrong("(?<a>b)(?<a>c)", "          ^", "two groups are named 'a'"),
            Wrong("a\\", " ^", "a backslash ends the pattern", #"write \\ for the character itself"#),
            Wrong(#"a\Z"#, " ^^", #"unknown escape '\Z'"#, "write $ for the end of the text"),
            Wrong(#"\x4"#, "^^^", #"'\x' needs two hexadecimal digits"#),
            Wrong(#"\u12"#, "^^^^", #"'\u' needs four hexadecimal digits or braces"#, #"write \u00E9 or \u{1F600}"#),
            Wrong(
                #"\uD83D\uDE00"#, "^^^^^^", "there is no such character",
                #"write characters beyond U+FFFF as \u{1F600}, not as a surrogate pair"#),
            Wrong(#"\pL"#, "^^", "a category stands in braces", #"write \p{L} for letters"#),
            Wrong(#"[\b]"#, " ^^", "a word boundary cannot stand inside a character class"),
            Wrong(
                "x(a{1000}){1000}", " ^^^^^^^^^^^^^^^", "this repeat makes the pattern too big",
                "written out, a pattern may have 10000 steps; use smaller counts"),
        ]
    )
    func places(wrong: Wrong) {
        let error = #expect(throws: QueryError.self) {
            try RegularExpression(parsing: wrong.pattern, dialect: .search)
        }
        #expect(error?.reason == wrong.reason)
        #expect(error?.range == wrong.range)
        #expect(error?.help == wrong.help)
    }

    @Test("nesting, groups and length have limits")
    func limits() throws {
        for (dialect, open) in [(RegularExpression.Dialect.iRegexp, "("), (.search, "(?:")] {
            let deep = String(repeating: open, count: 5000) + String(repeating: ")", count: 5000)
            let error = #expect(throws: QueryError.self) {
                try RegularExpression(parsing: deep, dialect: dialect)
            }
            let place = 50 * open.utf8.count
            #expect(error == QueryError("groups are nested deeper than 50 levels", place..<place + 1))
        }
        let allowed = String(repeating: "(?:", count: 50) + "a" + String(repeating: ")*", count: 50)
        #expect(try RegularExpression(parsing: allowed, dialect: .search).matchesWhole("aaa"))
        let groups = String(repeating: "()", count: 101)
        #expect(throws: QueryError.self) { try RegularExpression(parsing: groups, dialect: .search) }
        let long = String(repeating: "a", count: 20_000)
        #expect(throws: QueryError.self) { try RegularExpression(parsing: long, dialect: .search) }
    }

    @Test("an empty body stays empty, however often it is repeated")
    func emptyRepeats() throws {
        let pattern = (0..<20).reduce("(?:a{0})") { inner, _ in "(?:\(inner){1000})" }
        let expression = try RegularExpression(parsing: pattern, dialect: .search)
        #expect(expression.matchesWhole(""))
        #expect(!expression.matchesWhole("a"))
    }
}
