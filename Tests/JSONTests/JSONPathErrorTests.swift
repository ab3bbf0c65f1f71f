import JSON
import Testing

struct JSONPathErrorTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let path: String
        /// Spaces and carets under the path.
        let marks: String
        let reason: String
        let help: String?

        init(_ path: String, _ marks: String, _ reason: String, _ help: String? = nil) {
            (self.path, self.marks, self.reason, self.help) = (path, marks, reason, help)
        }

        var testDescription: String { path }
        var range: Range<Int> { marks.utf8.prefix { $0 == UInt8(ascii: " ") }.count..<marks.utf8.count }
    }

    private func check(_ wrong: Wrong) {
        let error = #expect(throws: QueryError.self) { try JSONPath(parsing: wrong.path) }
        #expect(error?.reason == wrong.reason)
        #expect(error?.range == wrong.range)
        #expect(error?.help == wrong.help)
    }

    @Test(
        "a wrong path says what is wrong, where and what would be right",
        arguments: [
            Wrong("", "", "a JSONPath starts with '$'", "$ is the whole document, $.name a member, $[0] an element"),
            Wrong("items", "^", "a JSONPath starts with '$'", "write $.items"),
            Wrong("@.a", "^", "a JSONPath starts with '$'", "'@' stands only in filters: $[?@.name]"),
            Wrong(" $", "^", "a JSONPath starts with '$'", "remove the space"),
            Wrong(
                "/a/b", "^", "a JSONPath starts with '$'", "$ is the whole document, $.name a member, $[0] an element"),
            Wrong("$.a ", "   ^", "there is a space behind the path", "remove it"),
            Wrong(
                "$.a-b", "   ^", "expected '.', '[' or the end of the path, found '-'",
                "a name with '-' is written ['…'], for example $['a-b']"),
            Wrong("$a", " ^", "expected '.', '[' or the end of the path, found 'a'"),
            Wrong("$.", "  ", "expected a name or '*' behind '.', but the path ends"),
            Wrong("$..", "   ", "expected a name or '*' behind '..', but the path ends"),
            Wrong("$...a", " ^^^", "there are too many dots", "write .. for all levels below"),
            Wrong("$. a", "  ^", "a space stands behind '.'", "remove it"),
            Wrong(
                "$.12", "  ^^", "a name behind '.' does not start with a digit",
                "write [12] for an element, ['12'] for a member"),
            Wrong("$.'a'", "  ^", "a quoted name stands in brackets", "write ['…']"),
            Wrong("$.[0]", " ^", "a '.' stands before '['", "remove the '.'"),
            Wrong(
                "$.a.length()", "    ^^^^^^^", "a function stands only in a filter",
                "for example $[?length(@.name) > 1]"),
            Wrong(
                "$.size()", "  ^^^^^", "a function stands only in a filter", "a member of that name is written ['size']"
            ),
            Wrong("$[]", "  ^", "a selector is missing", "write a quoted name, an index, a slice, * or ?condition"),
            Wrong("$[0,]", "    ^", "a selector is missing", "write a quoted name, an index, a slice, * or ?condition"),
            Wrong("$[", " ^", "this '[' is not closed", "add a selector and ']'"),
            Wrong("$[0", " ^", "this '[' is not closed", "add ']'"),
            Wrong("$[name]", "  ^^^^", "a name in brackets stands in quotes", "write ['name']"),
            Wrong(
                "$[(@.length-1)]", "  ^", "JSONPath (RFC 9535) has no script expressions",
                "write [-1] for the last element, [?…] for a filter"),
            Wrong("$[@.a]", "  ^", "a query in brackets is a filter", "write [?@…]"),
            Wrong("$['a'", " ^", "this '[' is not closed", "add ']'"),
            Wrong("$['a]", "  ^", "this text in quotes is not closed", "add '"),
            Wrong("$[1 2]", "    ^", "expected ',' or ']' behind the selector, found '2'"),
            Wrong("$[1.0]", "   ^", "an index is a whole number, found '.'"),
            Wrong("$[01]", "  ^^", "a number has no leading zero", "write 1"),
            Wrong("$[-0]", "  ^^", "zero is written 0 here", "write 0"),
            Wrong("$[- 1]", "   ^", "a digit must follow '-', found ' '"),
            Wrong("$[+1]", "  ^", "a number has no '+'", "remove it"),
            Wrong("$[9007199254740992]", "  ^^^^^^^^^^^^^^^^", "a number must lie within ±9007199254740991"),
            Wrong(
                #"$['é\q']"#, "     ^^", "unknown escape in a text",
                #"a backslash itself is written \\; known are \b \f \n \r \t \/ \\ \u0000 and the quote"#),
            Wrong(#"$["\ud800x"]"#, "   ^^^^^^", "half of a surrogate pair stands alone"),
            Wrong(#"$["\u12x"]"#, "   ^^^^", #"'\u' needs four hexadecimal digits"#),
            Wrong("$['a\tb']", "    ^", "a control character stands in a text", #"write it as \u0009"#),
        ]
    )
    func segments(wrong: Wrong) { check(wrong) }

    @Test(
        "a wrong filter says what is wrong, where and what would be right",
        arguments: [
            Wrong("$[?@.a = 1]", "       ^", "there is no operator '='", "write =="),
            Wrong("$[?@.a === 1]", "       ^^^", "there is no '==='", "write =="),
            Wrong(
                "$[?@.a =~ 'x']", "       ^^", "there is no operator '=~'",
                "write match(@.name, '…') or search(@.name, '…')"),
            Wrong(
                "$[?@.a and @.b]", "       ^", "expected '&&', '||', ',' or ']' behind the condition, found 'a'",
                "write &&"),
            Wrong(
                "$[?(@.a | @.b)]", "        ^", "expected '&&', '||' or ')' behind the condition, found '|'", "write ||"
            ),
            Wrong("$[?(@.a]", "       ^", "expected '&&', '||' or ')' behind the condition, found ']'"),
            Wrong("$[?(@.a", "   ^", "this '(' is not closed", "add ')'"),
            Wrong("$[?@.a", " ^", "this '[' is not closed", "add ']'"),
            Wrong("$[?]", "   ^", "expected a value, '@', '$' or a function, found ']'"),
            Wrong("$[?@.a == ]", "          ^", "expected a value, '@', '$' or a function, found ']'"),
            Wrong("$[?@.a == True]", "          ^^^^", "'True' is not a value", "write true"),
            Wrong(
                "$[?@.a == red]", "          ^^^", "'red' is not a value", "write @.red for a member, 'red' for a text"),
            Wrong(
                "$[?length (@.a) > 1]", "   ^^^^^^", "'length' is not a value",
                "the '(' of a call follows its name at once: length(…)"),
            Wrong(
                "$[?@.a == /x/]", "          ^", "JSONPath has no /…/ patterns",
                "write match(@.name, '…') or search(@.name, '…')"),
            Wrong("$[?@.a == [1]]", "          ^", "arrays and objects cannot be written in a filter"),
            Wrong(
                "$[?@.a == .5]", "          ^", "expected a value, found '.'",
                "a number has a digit before '.', a member is written @.name"),
            Wrong("$[?@.a == 1.]", "            ^", "expected a digit, found ']'"),
            Wrong("$[?true]", "   ^^^^", "a value alone is no condition", "compare it: @.name == true"),
            Wrong(
                "$[?length(@.a)]", "   ^^^^^^^^^^^", "length() gives a value, which alone is no condition",
                "compare it: length(@.a) > 0"),
            Wrong(
                "$[?@.* == 1]", "   ^^^", "this query can select several values, where one is needed",
                "use names and indexes only, or value(…) or count(…)"),
            Wrong("$[?!@.a == 1]", "   ^", "'!' negates no comparison", "put the comparison in parentheses: !(…)"),
            Wrong(
                "$[?(@.a) == 1]", "   ^^^^^", "parentheses hold a condition and cannot be compared",
                "write the value without parentheses"),
            Wrong(
                "$[?match(@.a, 'x') == true]", "   ^^^^^^^^^^^^^^^",
                "match() is true or false by itself and gives no value", "write it alone, or with '!' before it"),
            Wrong(
                "$[?count(1) > 0]", "         ^", "count() takes a query",
                "write @… or $…, for example count(@.items[*])"),
            Wrong("$[?match(@.a)]", "   ^^^^^^^^^^", "match() takes two arguments, not 1"),
            Wrong("$[?length() > 1]", "   ^^^^^^^^", "length() takes one argument, not 0"),
            Wrong("$[?lenght(@.a) > 1]", "   ^^^^^^", "there is no function 'lenght'", "did you mean 'length'?"),
            Wrong(
                "$[?keys(@.a) > 1]", "   ^^^^", "there is no function 'keys'",
                "known are length, count, match, search, value"),
            Wrong("$[?match(@.a 'x')]", "             ^", "expected ',' or ')' behind the argument, found '''"),
            Wrong("$[?match(@.a", "        ^", "this '(' is not closed", "add ')'"),
            Wrong(
                #"$[?match(@.a, '\\d+')]"#, "               ^^^",
                #"the regular expressions of JSONPath (RFC 9485) know no '\d'"#, "write [0-9]"),
            Wrong(
                "$[?search(@.é, 'a(b')]", "                  ^", "this group is not closed",
                #"add ')', or write \( for the character itself"#),
        ]
    )
    func filters(wrong: Wrong) { check(wrong) }
}
