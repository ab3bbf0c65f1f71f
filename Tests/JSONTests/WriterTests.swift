import JSON
import Testing

@Suite("The JSON writer")
struct WriterTests {
    @Test(
        "Only what must be escaped is escaped",
        arguments: [
            ("", #""""#), ("a/b", #""a/b""#), ("\"", #""\"""#), ("\\", #""\\""#),
            ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
            ("\u{0}\u{1}\u{B}\u{F}\u{10}\u{1F}", #""\u0000\u0001\u000b\u000f\u0010\u001f""#),
            ("\u{7F}é€😀", "\"\u{7F}é€😀\""),
            ("\r\n", #""\r\n""#), ("\"\u{301}", "\"\\\"\u{301}\""), ("<>&'", "\"<>&'\""),
        ])
    func escapes(text: String, expected: String) {
        #expect(JSONWriter.quoted(text) == expected)
        #expect(JSONValue.string(text).text() == expected)
    }

    @Test("Compact has no space, pretty two spaces a level; empty lists and objects stay on their line")
    func layouts() {
        let value: JSONValue = ["a": [1, 2.5.json, ["b": nil]], "e": [], "o": [:], "t": "x y"]
        #expect(value.text() == #"{"a":[1,2.5,{"b":null}],"e":[],"o":{},"t":"x y"}"#)
        #expect(
            value.text(.pretty) == """
                {
                  "a": [
                    1,
                    2.5,
                    {
                      "b": null
                    }
                  ],
                  "e": [],
                  "o": {},
                  "t": "x y"
                }
                """)
        #expect(JSONValue.array([]).text(.pretty) == "[]")
    }
}

extension Double {
    fileprivate var json: JSONValue { JSONNumber(self).map { .number($0) } ?? .null }
}
