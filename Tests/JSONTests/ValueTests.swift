import JSON
import TestSupport
import Testing

@Suite("JSON values")
struct ValueTests {
    @Test(
        "JSON equality",
        arguments: [
            ("null", "null", true), ("null", "0", false), ("null", "false", false), ("true", "true", true),
            ("true", "1", false), ("1", "1.0", true), ("1", "\"1\"", false), ("\"a\"", "\"\\u0061\"", true),
            ("\"a\"", "\"A\"", false), ("\"\u{E9}\"", "\"e\u{301}\"", false), ("[1,2]", "[1.0,2.0]", true),
            ("[1,2]", "[2,1]", false), ("[1]", "[1,1]", false), ("[]", "{}", false),
            (#"{"a":1,"b":2}"#, #"{"b":2.0,"a":1}"#, true), (#"{"a":1}"#, #"{"a":1,"b":null}"#, false),
            (#"{"a":null}"#, #"{"b":null}"#, false), (#"{"a":1,"a":2}"#, #"{"a":2}"#, true),
            (#"{"é":1}"#, "{\"e\u{301}\":1}", false),
            (#"{"a":{"b":[1,{"c":1e1}]}}"#, #"{"a":{"b":[1,{"c":10}]}}"#, true),
        ])
    func equality(a: String, b: String, isEqual: Bool) throws {
        let left = try JSONDocument.parse(a).root, right = try JSONDocument.parse(b).root
        #expect((left.value == right.value) == isEqual)
        #expect((right.value == left.value) == isEqual)
        #expect(left.equals(right.value) == isEqual)
        #expect(left.equals(right) == isEqual)
        if isEqual { #expect(Set([left.value, right.value]).count == 1) }
    }

    @Test("Objects of many members are equal in any order")
    func manyMembers() {
        let members = (0..<200).map { ("m\($0)", JSONValue.number(JSONNumber($0))) }
        let a = JSONValue.object(JSONObject(members)), b = JSONValue.object(JSONObject(members.reversed()))
        #expect(a == b)
        #expect(Set([a, b]).count == 1)
        var other = JSONObject(members)
        other["m7"] = nil
        other["m200"] = 7
        #expect(JSONValue.object(other) != a)
    }

    @Test("An object keeps the order of its members; a repeated name keeps the last value in the first place")
    func objects() {
        var object = JSONObject([("b", 1), ("a", 2), ("b", 3)])
        #expect(object.names == ["b", "a"])
        #expect(object["b"] == 3)
        object["c"] = 4
        object["a"] = nil
        object["missing"] = nil
        object["b"] = 5
        #expect(JSONValue.object(object).text() == #"{"b":5,"c":4}"#)
        // Two names, although Unicode holds them for one.
        #expect(JSONObject([("\u{E9}", 1), ("e\u{301}", 2)]).count == 2)
    }

    @Test("Accessors give their own kind only")
    func accessors() {
        let values: [JSONValue] = [nil, true, 1, "x", [1], ["a": 1]]
        #expect(values.map(\.kind) == [.null, .boolean, .number, .string, .array, .object])
        #expect(values.map { $0.boolean != nil } == [false, true, false, false, false, false])
        #expect(values.map { $0.number != nil } == [false, false, true, false, false, false])
        #expect(values.map { $0.string != nil } == [false, false, false, true, false, false])
        #expect(values.map { $0.array != nil } == [false, false, false, false, true, false])
        #expect(values.map { $0.object != nil } == [false, false, false, false, false, true])
    }

    @Test("Value, text, value: nothing is lost", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let value = value(&generator, depth: 4)
            for layout in [JSONWriter.Layout.compact, .pretty] {
                let text = value.text(layout)
                let again = try JSONDocument.parse(text).root.value
                if again != value { Issue.record("\(text)") }
                if again.text(layout) != text { Issue.record("\(text) is written otherwise again") }
            }
        }
    }

    private func value(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        switch generator.number(0...(depth == 0 ? 3 : 5)) {
        case 0: return generator.chance(2) ? .null : .boolean(generator.chance(2))
        case 1: return .number(JSONNumber(generator.number(-1000...1000)))
        case 2:
            return .number(JSONNumber("\(generator.number(-99...99))e\(generator.number(-500...500))") ?? JSONNumber(0))
        case 3: return .string(text(&generator))
        case 4: return .array((0..<generator.number(0...4)).map { _ in value(&generator, depth: depth - 1) })
        default:
            let members = (0..<generator.number(0...4)).map { _ in
                (text(&generator), value(&generator, depth: depth - 1))
            }
            return .object(JSONObject(members))
        }
    }

    private func text(_ generator: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<generator.number(0...8) {
            let range: ClosedRange<UInt32> =
                switch generator.number(0...3) {
                case 0: 0...0x7F
                case 1: 0x22...0x5C
                case 2: 0x80...0xD7FF
                default: 0xE000...0x10FFFF
                }
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    @Test(
        "A part of a decoded text has its place in the source",
        arguments: [
            // The document is the text in quotes: offset 0 is the quote.
            (#""abcdef""#, 0..<6, 1..<7), (#""abcdef""#, 2..<4, 3..<5), (#""abcdef""#, 6..<6, 7..<7),
            (#""""#, 0..<0, 1..<1),
            (#""a\nb""#, 0..<1, 1..<2), (#""a\nb""#, 1..<2, 2..<4), (#""a\nb""#, 2..<3, 4..<5),
            (#""a\nb""#, 0..<3, 1..<5),
            (#""\u0041b""#, 0..<1, 1..<7), (#""\u0041b""#, 1..<2, 7..<8), (#""\u00e9b""#, 0..<2, 1..<7),
            (#""\u00e9b""#, 2..<3, 7..<8), (#""x\ud83d\ude00y""#, 1..<5, 2..<14),
            (#""x\ud83d\ude00y""#, 5..<6, 14..<15),
            (#""x\ud83d\ude00y""#, 0..<1, 1..<2), (#""é{{x""#, 2..<4, 3..<5), (#""\"{{x}}\"""#, 1..<6, 3..<8),
            (#""\\\\x""#, 2..<3, 5..<6), (#""a\n""#, 2..<2, 4..<4),
        ])
    func places(text: String, decoded: Range<Int>, source: Range<Int>) throws {
        #expect(try JSONDocument.parse(text).root.sourceRange(ofDecoded: decoded) == source)
    }
}
