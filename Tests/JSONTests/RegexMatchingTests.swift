import JSON
import Testing

struct RegexMatchingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        let found: String?

        init(_ pattern: String, _ text: String, _ found: String?) {
            (self.pattern, self.text, self.found) = (pattern, text, found)
        }

        var testDescription: String { "\(pattern) in \(text)" }
    }

    @Test(
        "a search finds the leftmost match, the first alternative and the greedier repeat",
        arguments: [
            Case("a|ab", "xab", "a"), Case("ab|a", "xab", "ab"), Case("a*", "baa", ""), Case("a+", "baab", "aa"),
            Case("a+?", "baab", "a"),
            Case("a{2,3}", "aaaa", "aaa"), Case("a{2,3}?", "aaaa", "aa"), Case("a{2,}", "aaaa", "aaaa"),
            Case("a{0}b", "ab", "b"),
            Case("<.+>", "<a><b>", "<a><b>"), Case("<.+?>", "<a><b>", "<a>"), Case("", "abc", ""),
            Case("(|a)+", "aa", ""),
            Case("(a|b)*abb", "babaabb", "babaabb"), Case("x*", "", ""), Case("b", "aaa", nil),
            Case("(?:a|b)?c", "abc", "bc"),
            Case("^b", "ab", nil), Case("^a", "ab", "a"), Case("b$", "ab", "b"), Case("a$", "ab", nil),
            Case("^$", "", ""), Case("$", "a", ""),
            Case("a$", "a\n", nil), Case("(?m)^b$", "a\nb\nc", "b"), Case("(?m)^b$", "a\r\nb\r\nc", "b"),
            Case("(?m)a$", "a\r\nb", "a"),
            Case("(?:^|,)b", "a,b", ",b"), Case("a.b", "a\nb", nil), Case("(?s)a.b", "a\nb", "a\nb"),
            Case("(?is)A.B", "a\nb", "a\nb"),
            Case("(?i)straSSe", "STRAßE strasse", "strasse"), Case("(?i)É", "é", "é"),
            Case("(?i)[a-f]+", "xCAFE", "CAFE"),
            Case("(?i)[^a]", "Ab", "b"), Case("(?i)σ", "ς", "ς"), Case("(?i)[ς]", "Σ", "Σ"),
            Case("(?i)k", "\u{212A}", "\u{212A}"), Case("(?i)\\w", "\u{17F}", "\u{17F}"),
            Case("(?i)ß", "ẞ", "ẞ"), Case("(?i)i", "ı", nil), Case(#"(?i)\p{Lu}"#, "é", "é"),
            Case(#"(?i)\W"#, "K", nil),
            Case(#"\d+"#, "a١42", "42"), Case(#"\D+"#, "42ab", "ab"), Case(#"\w+"#, "é_a1", "_a1"),
            Case(#"\W"#, "aé", "é"),
            Case(#"\s+"#, "a \t\u{A0}b", " \t\u{A0}"), Case(#"\S+"#, " ab", "ab"), Case(#"\bb\b"#, "ab b", "b"),
            Case(#"\Bb"#, "b ab", "b"),
            Case(#"[\w.-]+@[\w-.]+"#, "to a.b-c@d-e.org!", "a.b-c@d-e.org"), Case(#"[^\s\d]+"#, "1 ab", "ab"),
            Case(#"[\D]"#, "1a", "a"),
            Case(#"\x41\u00e9\u{1F600}"#, "Aé😀", "Aé😀"), Case(#"\/\"\_\-"#, #"/"_-"#, #"/"_-"#),
            Case(#"\t\f\v"#, "\t\u{0C}\u{0B}", "\t\u{0C}\u{0B}"),
            Case(#"\p{Lu}\p{Ll}+"#, "x Ärger", "Ärger"), Case(#"\P{L}"#, "aé9", "9"),
            Case(#"\p{Sc}\p{Nd}"#, "€5", "€5"), Case(#"\p{So}"#, "a😀", "😀"),
            Case("}]", "a}]", "}]"), Case("[.^$|]+", "a.^$|", ".^$|"), Case("[-a]+", "b-a", "-a"),
            Case("[+--]+", "+,-", "+,-"),
            Case("é", "e\u{301}é", "é"), Case(".", "\u{2028}", "\u{2028}"), Case("a?b?c?", "abc", "abc"),
            Case("(?:a?){3}a{3}", "aaa", "aaa"),
        ]
    )
    func search(test: Case) throws {
        let expression = try RegularExpression(parsing: test.pattern, dialect: .search)
        #expect(
            expression.firstMatch(in: test.text).map { Array($0.text.unicodeScalars) }
                == test.found.map { Array($0.unicodeScalars) })
        #expect(expression.matchesSomewhere(in: test.text) == (test.found != nil))
    }

    @Test(
        "a whole match takes all of the text and knows no anchors in RFC 9485",
        arguments: [
            ("a.b", "axb", true), ("a.b", "a\nb", false), ("a.b", "a\rb", false), ("a.b", "a\u{2028}b", true),
            ("a", "ab", false),
            ("a|ab", "ab", true), ("^a$", "^a$", true), ("^a$", "a", false), ("[0-9]{2}", "42", true),
            ("a[.b]c", "abc", true),
            ("a[.b]c", "axc", false), (#"\P{Lu}"#, "a", true), ("", "", true), ("", "a", false),
            ("(a|b)*", "abba", true), ("😀.", "😀😀", true),
        ]
    )
    func whole(pattern: String, text: String, holds: Bool) throws {
        #expect(try RegularExpression(parsing: pattern, dialect: .iRegexp).matchesWhole(text) == holds)
    }

    @Test("groups are found by number and by name, the last round of a repeat winning")
    func groups() throws {
        let date = try RegularExpression(parsing: #"(?<year>\d{4})-(?P<month>\d\d)(T(.*))?"#, dialect: .search)
        let match = try #require(date.firstMatch(in: "é on 2025-04."))
        #expect(match.text == "2025-04")
        #expect(match.groups == ["2025", "04", nil, nil])
        #expect(match["month"] == "04")
        #expect(match["day"] == nil)
        #expect(date.groupNames == ["year", "month", nil, nil])
        let repeated = try RegularExpression(parsing: "(?:(a)|(b))+", dialect: .search)
        #expect(repeated.firstMatch(in: "aab")?.groups == ["a", "b"])
        let token = try RegularExpression(parsing: #"name="csrf" value="([^"]+)""#, dialect: .search)
        #expect(token.firstMatch(in: #"<input name="csrf" value="x1">"#)?.groups.first == "x1")
    }

    @Test("all matches follow each other without overlap, empty ones included")
    func all() throws {
        func texts(_ pattern: String, _ text: String) throws -> [String] {
            try RegularExpression(parsing: pattern, dialect: .search).allMatches(in: text).map { String($0.text) }
        }
        #expect(try texts(#"\d+"#, "1, 22;333") == ["1", "22", "333"])
        #expect(try texts("a*", "aab") == ["aa", ""])
        #expect(try texts("a*", "baac") == ["", "aa", ""])
        #expect(try texts("", "é😀") == ["", "", ""])
        #expect(try texts("^a", "aaa") == ["a"])
        #expect(try texts("(?m)^", "a\r\nb") == ["", ""])
        #expect(try texts(#"\ba"#, "aa a") == ["a", "a"])
    }

    @Test("patterns that make backtracking engines explode end")
    func linear() throws {
        let text = String(repeating: "a", count: 10_000) + "b"
        for pattern in ["(a+)+$", "(a|aa)+$", "(a|a?)+c", "(?:.*a){20}$", "(.*)*c"] {
            let expression = try RegularExpression(parsing: pattern, dialect: .search)
            #expect(expression.firstMatch(in: text) == nil, "\(pattern)")
            #expect(!expression.matchesWhole(text), "\(pattern)")
        }
    }

    @Test("two expressions are equal when their pattern and dialect are, scalar by scalar")
    func equality() throws {
        let a = try RegularExpression(parsing: "é", dialect: .search)
        #expect(try a == RegularExpression(parsing: "é", dialect: .search))
        #expect(try a != RegularExpression(parsing: "e\u{301}", dialect: .search))
        #expect(try a != RegularExpression(parsing: "é", dialect: .iRegexp))
    }
}
