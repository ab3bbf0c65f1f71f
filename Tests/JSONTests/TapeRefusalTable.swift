import Testing

/// A text that is no JSON: the bytes, the offset of the fault and the sentence about it.
struct TapeRefusal: Sendable, CustomTestStringConvertible {
    let bytes: [UInt8]
    let offset: Int
    let reason: String

    init(_ text: String, _ offset: Int, _ reason: String) {
        self.init(Array(text.utf8), offset, reason)
    }

    init(_ bytes: [UInt8], _ offset: Int, _ reason: String) {
        self.bytes = bytes
        self.offset = offset
        self.reason = reason
    }

    var testDescription: String { String(decoding: bytes.prefix(40), as: UTF8.self) + " → " + reason }

    static let all = structure + words + numbers + texts + notUTF8 + depth

    private static let structure: [TapeRefusal] = [
        TapeRefusal("", 0, "the text ends where a value should stand"),
        TapeRefusal("  \n\t ", 5, "the text ends where a value should stand"),
        TapeRefusal("[", 1, "the text ends where a value should stand"),
        TapeRefusal("[1", 0, "this list is not closed"),
        TapeRefusal("[1,", 3, "the text ends where a value should stand"),
        TapeRefusal("[1, [2]", 0, "this list is not closed"),
        TapeRefusal("[[1]", 0, "this list is not closed"),
        TapeRefusal("{", 1, "the text ends where a member name should stand"),
        TapeRefusal("{\"a\"", 4, "expected ':' after the member name, but the text ends"),
        TapeRefusal("{\"a\":", 5, "the text ends where a value should stand"),
        TapeRefusal("{\"a\":1", 0, "this object is not closed"),
        TapeRefusal("{\"a\":1,", 7, "the text ends where a member name should stand"),
        TapeRefusal("[{\"a\":[1]", 1, "this object is not closed"),
        TapeRefusal("[1,]", 2, "a comma stands before ']'"),
        TapeRefusal("[1 , \n ]", 3, "a comma stands before ']'"),
        TapeRefusal("{\"a\":1,}", 6, "a comma stands before '}'"),
        TapeRefusal("{\"a\":1 ,\n}", 7, "a comma stands before '}'"),
        TapeRefusal("[,1]", 1, "expected a value, found ','"),
        TapeRefusal("[1,,2]", 3, "expected a value, found ','"),
        TapeRefusal("[1 2]", 3, "expected ',' or ']' after the value, found '2'"),
        TapeRefusal("[1:2]", 2, "expected ',' or ']' after the value, found ':'"),
        TapeRefusal("[1}", 2, "expected ',' or ']' after the value, found '}'"),
        TapeRefusal("{\"a\":1]", 6, "expected ',' or '}' after the value, found ']'"),
        TapeRefusal("{\"a\":1 \"b\":2}", 7, "a ',' is missing before this member"),
        TapeRefusal("{,}", 1, "expected a member name in double quotes, found ','"),
        TapeRefusal("{\"a\" 1}", 5, "expected ':' after the member name, found '1'"),
        TapeRefusal("{\"a\"=1}", 4, "expected ':' after the member name, found '='"),
        TapeRefusal("{\"a\"}", 4, "expected ':' after the member name, found '}'"),
        TapeRefusal("{\"a\"::1}", 5, "expected a value, found ':'"),
        TapeRefusal("{\"a\":}", 5, "expected a value, found '}'"),
        TapeRefusal("{\"a\",\"b\"}", 4, "expected ':' after the member name, found ','"),
        TapeRefusal("{a:1}", 1, "member names stand in double quotes"),
        TapeRefusal("{$ref:1}", 1, "member names stand in double quotes"),
        TapeRefusal("{1:2}", 1, "member names stand in double quotes"),
        TapeRefusal("{null:2}", 1, "member names stand in double quotes"),
        TapeRefusal("{[1]:2}", 1, "expected a member name in double quotes, found '['"),
        TapeRefusal("{\"a\":1, b:2}", 8, "member names stand in double quotes"),
        TapeRefusal("]", 0, "expected a value, found ']'"),
        TapeRefusal("}", 0, "expected a value, found '}'"),
        TapeRefusal("{}}", 2, "the text should end here, but there is more, found '}'"),
        TapeRefusal("1 2", 2, "the text should end here, but there is more, found '2'"),
        TapeRefusal("{}{}", 2, "the text should end here, but there is more, found '{'"),
        TapeRefusal("null,", 4, "the text should end here, but there is more, found ','"),
        TapeRefusal("[]\u{0}", 2, "the text should end here, but there is more, found U+0000"),
    ]

    private static let words: [TapeRefusal] = [
        TapeRefusal("// a\n1", 0, "JSON has no comments"),
        TapeRefusal("[1, /* two */ 2]", 4, "JSON has no comments"),
        TapeRefusal("{\"a\":1 // one\n}", 7, "JSON has no comments"),
        TapeRefusal("{ // one\n}", 2, "JSON has no comments"),
        TapeRefusal("# a\n1", 0, "JSON has no comments"),
        TapeRefusal("'a'", 0, "texts stand in double quotes, not in single ones"),
        TapeRefusal("{'a':1}", 1, "texts stand in double quotes, not in single ones"),
        TapeRefusal("{\"a\":'b'}", 5, "texts stand in double quotes, not in single ones"),
        TapeRefusal("`a`", 0, "expected a value, found '`'"),
        TapeRefusal("“a”", 0, "expected a value, found '“'"),
        TapeRefusal("\u{A0}1", 0, "expected a value, found U+00A0"),
        TapeRefusal("[1,\u{200B}2]", 3, "expected a value, found U+200B"),
        TapeRefusal("\u{B}1", 0, "expected a value, found U+000B"),
        TapeRefusal("\u{1B}[31m", 0, "expected a value, found U+001B"),
        TapeRefusal("True", 0, "expected a value, found 'True'"),
        TapeRefusal("FALSE", 0, "expected a value, found 'FALSE'"),
        TapeRefusal("nul", 0, "expected a value, found 'nul'"),
        TapeRefusal("nulll", 0, "expected a value, found 'nulll'"),
        TapeRefusal("true1", 0, "expected a value, found 'true1'"),
        TapeRefusal("tru", 0, "expected a value, found 'tru'"),
        TapeRefusal("undefined", 0, "expected a value, found 'undefined'"),
        TapeRefusal("[None]", 1, "expected a value, found 'None'"),
        TapeRefusal("abc", 0, "expected a value, found 'abc'"),
        TapeRefusal("<html>", 0, "expected a value, found '<'"),
        TapeRefusal("\u{FEFF}{}", 0, "the text starts with a byte order mark"),
        TapeRefusal("{}\u{FEFF}", 2, "the text should end here, but there is more, found U+FEFF"),
    ]

    private static let numbers: [TapeRefusal] = [
        TapeRefusal("NaN", 0, "expected a value, found 'NaN'"),
        TapeRefusal("[Infinity]", 1, "expected a value, found 'Infinity'"),
        TapeRefusal("-Infinity", 0, "a digit must follow '-'"),
        TapeRefusal("-", 0, "a digit must follow '-'"),
        TapeRefusal("[-]", 1, "a digit must follow '-'"),
        TapeRefusal("--1", 0, "a digit must follow '-'"),
        TapeRefusal("+1", 0, "expected a value, found '+'"),
        TapeRefusal(".5", 0, "expected a value, found '.'"),
        TapeRefusal("-.5", 0, "a digit must follow '-'"),
        TapeRefusal("1.", 0, "a digit must follow '.'"),
        TapeRefusal("[1.]", 1, "a digit must follow '.'"),
        TapeRefusal("1.e5", 0, "a digit must follow '.'"),
        TapeRefusal("1..5", 0, "a digit must follow '.'"),
        TapeRefusal("01", 0, "a number has no leading zero"),
        TapeRefusal("-012", 0, "a number has no leading zero"),
        TapeRefusal("[00]", 1, "a number has no leading zero"),
        TapeRefusal("1e", 0, "the exponent of the number has no digits"),
        TapeRefusal("1E+", 0, "the exponent of the number has no digits"),
        TapeRefusal("[1e-]", 1, "the exponent of the number has no digits"),
        TapeRefusal("1e5.5", 3, "the text should end here, but there is more, found '.'"),
        TapeRefusal("0x10", 1, "the text should end here, but there is more, found 'x10'"),
        TapeRefusal("[1_000]", 2, "expected ',' or ']' after the value, found '_000'"),
        TapeRefusal("1,5", 1, "the text should end here, but there is more, found ','"),
        TapeRefusal("[1a]", 2, "expected ',' or ']' after the value, found 'a'"),
        TapeRefusal("１", 0, "expected a value, found '１'"),
    ]

    private static let texts: [TapeRefusal] = [
        TapeRefusal("\"", 0, "the text in double quotes is not closed"),
        TapeRefusal("\"abc", 0, "the text in double quotes is not closed"),
        TapeRefusal("[\"abc]", 1, "the text in double quotes is not closed"),
        TapeRefusal("\"abc\\\"", 0, "the text in double quotes is not closed"),
        TapeRefusal("\"abc\\", 0, "the text in double quotes is not closed"),
        TapeRefusal("\"a\nb\"", 2, "a line ends inside a text"),
        TapeRefusal("\"a\r\nb\"", 2, "a line ends inside a text"),
        TapeRefusal("\"a\tb\"", 2, "a control character stands in a text"),
        TapeRefusal("\"\u{0}\"", 1, "a control character stands in a text"),
        TapeRefusal("{\"\u{1F}\":1}", 2, "a control character stands in a text"),
        TapeRefusal(#""\x41""#, 1, "unknown escape in a text"),
        TapeRefusal(#""ab\'""#, 3, "unknown escape in a text"),
        TapeRefusal(#""\U0041""#, 1, "unknown escape in a text"),
        TapeRefusal(#""\0""#, 1, "unknown escape in a text"),
        TapeRefusal(#""\u004""#, 1, "'\\u' needs four hexadecimal digits"),
        TapeRefusal(#""\u00g0""#, 1, "'\\u' needs four hexadecimal digits"),
        TapeRefusal(#""\u"#, 1, "'\\u' needs four hexadecimal digits"),
        TapeRefusal(#""a\u+041""#, 2, "'\\u' needs four hexadecimal digits"),
        TapeRefusal(#""\ud800""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\uDBFFx""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\udc00""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\ud800\ud800""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\udc00\ud800""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\ud83d\n""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\ud83d\u0041""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""\ud83d\u""#, 1, "half of a surrogate pair stands alone"),
        TapeRefusal(#""ok\ud83d"#, 3, "half of a surrogate pair stands alone"),
    ]

    private static let notUTF8: [TapeRefusal] = [
        // Bytes that never occur, continuation bytes alone, sequences cut short.
        [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xC3], [0xC3, 0x28],
        [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xF0, 0x9F, 0x98], [0xF0, 0x28, 0x8C, 0xBC],
        [0xF0, 0x90, 0x28, 0xBC], [0xF0, 0x90, 0x8C, 0x28],
        // Overlong forms of '/', U+07FF and U+FFFF; a surrogate; above U+10FFFF.
        [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
    ].flatMap { (bytes: [UInt8]) -> [TapeRefusal] in
        [
            TapeRefusal([0x22, 0x61] + bytes + [0x22], 2, "the text is not UTF-8 here"),
            TapeRefusal([0x22] + bytes, 1, "the text is not UTF-8 here"),
            TapeRefusal([0x5B] + bytes + [0x5D], 1, "the text is not UTF-8 here"),
        ]
    }

    private static let depth: [TapeRefusal] = [
        TapeRefusal(String(repeating: "[", count: 513), 512, "nested deeper than 512 levels"),
        TapeRefusal(
            String(repeating: "[", count: 513) + String(repeating: "]", count: 513), 512,
            "nested deeper than 512 levels"),
        TapeRefusal(String(repeating: "{\"a\":", count: 513), 2560, "nested deeper than 512 levels"),
        TapeRefusal(String(repeating: "[", count: 1_000_000), 512, "nested deeper than 512 levels"),
        TapeRefusal(String(repeating: "[", count: 512), 512, "the text ends where a value should stand"),
    ]
}
