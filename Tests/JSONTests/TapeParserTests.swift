import JSON
import Testing

@Suite("The JSON parser")
struct TapeParserTests {
    @Test("What is not JSON is refused with place and reason", arguments: TapeRefusal.all)
    func refuses(_ refusal: TapeRefusal) throws {
        let error = try #require(throws: JSONError.self) { try JSONDocument.parse(refusal.bytes) }
        #expect(error.reason == refusal.reason)
        #expect(error.range.lowerBound == refusal.offset)
        #expect(error.range.upperBound <= refusal.bytes.count)
    }

    @Test(
        "Where the right way is known, it is said",
        arguments: [
            ("[1,]", "JSON has no trailing commas; remove it"), ("{a:1}", "write \"a\""),
            ("// x", "use a member \"$comment\""), ("True", "write true"), ("None", "write null"),
            ("NaN", "JSON knows no such number"), ("“a”", "texts stand in straight double quotes"),
            ("\"a\u{1}\"", #"write it as \u0001"#), ("\"a\n\"", #"write \n, or close the text with a double quote"#),
            ("[1", "add ']' at the end"), ("{\"a\":1", "add '}' at the end"), ("\"a", "add a double quote"),
            ("\u{FEFF}1", "save it as UTF-8 without a byte order mark"),
        ])
    func helps(text: String, help: String) throws {
        let error = try #require(throws: JSONError.self) { try JSONDocument.parse(text) }
        #expect(error.help == help)
    }

    @Test(
        "What is JSON is taken as it is",
        arguments: [
            ("null", JSONValue.null), (" \t\r\ntrue \n", true), ("false", false), ("0", 0), ("-12", -12),
            (#""""#, ""), (#""\"\\\/\b\f\n\r\t\u0041\u00e9""#, "\"\\/\u{8}\u{C}\n\r\tAé"), (#""\uD83D\uDE00""#, "😀"),
            (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF\uD800\uDC00""#, "\u{10FFFF}\u{10000}"),
            (#""\u0000""#, "\u{0}"), ("\"\u{7F}é€😀\u{10FFFF}\"", "\u{7F}é€😀\u{10FFFF}"),
            ("\"\u{2028}\u{FEFF}\u{FFFF}\"", "\u{2028}\u{FEFF}\u{FFFF}"), ("[]", []), ("[ ]", []), ("{}", [:]),
            ("{\n}", [:]), ("[[],{}]", [[], [:]]), ("[1,[2,[3]],4]", [1, [2, [3]], 4]),
            (#"{"a":{"b":[null]},"":0}"#, ["a": ["b": [nil]], "": 0]), (#"{"a":1,"a":2}"#, ["a": 2]),
        ] as [(String, JSONValue)])
    func accepts(text: String, value: JSONValue) throws {
        let root = try JSONDocument.parse(text).root
        #expect(root.value == value)
        #expect(root.equals(value))
        #expect(root.kind == value.kind)
    }

    @Test(
        "Numbers keep their text",
        arguments: [
            "0", "-0", "0.0", "10000000000000000999", "0.1000", "1E5", "1e+05", "-1.5e-10", "1e400",
            "1.0e-999999999999",
            "123456789012345678901234567890.123456789012345678901234567890",
        ])
    func numberText(text: String) throws {
        let root = try JSONDocument.parse("[\(text)]").root
        #expect(root[0]?.number?.text == text)
        #expect(root.value.text() == "[\(text)]")
        #expect(JSONNumber(text)?.text == text)
    }

    @Test("512 levels are read")
    func deepest() throws {
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try JSONDocument.parse(text).root.value.text() == text)
        let object = String(repeating: "{\"a\":", count: 512) + "1" + String(repeating: "}", count: 512)
        #expect(try JSONDocument.parse(object).root.value.text() == object)
    }

    @Test("Nodes know their bytes, elements and members, repeated names included")
    func nodes() throws {
        let text = #" { "a" : [1, "x", {}] , "b": null, "a": true } "#
        let root = try JSONDocument.parse(text).root
        #expect(root.range == 1..<text.utf8.count - 1)
        #expect(root.count == 3)
        #expect(root.members.map(\.name) == ["a", "b", "a"])
        #expect(root.members.map(\.value.rawText) == [#"[1, "x", {}]"#, "null", "true"])
        #expect(root["a"]?.boolean == true)
        #expect(root["b"]?.isNull == true)
        #expect(root["c"] == nil)
        let list = try #require(root.members.first { _ in true }?.value)
        #expect(list.elements.map(\.rawText) == ["1", "\"x\"", "{}"])
        #expect(list[1]?.string == "x")
        #expect(list[3] == nil && list[-1] == nil)
        #expect(list["a"] == nil && root[0] == nil)
        #expect(list[0]?.count == 0)
    }

    @Test("Names and texts are compared by their characters, escaped or not")
    func escapedNames() throws {
        let root = try JSONDocument.parse(#"{"\u0061b": 1, "e\u0301": 2, "é": 3}"#).root
        #expect(root["ab"]?.number == JSONNumber(1))
        // One looks like the other, but RFC 8259 §8.3 compares code points.
        #expect(root["e\u{301}"]?.number == JSONNumber(2))
        #expect(root["\u{E9}"]?.number == JSONNumber(3))
        #expect(root.value.object?.count == 3)
        #expect(root.members.map { $0.nameNode.isText("ab") } == [true, false, false])
    }
}
