import JSON
import Testing

@Suite("Predicates")
struct PredicateTests {
    @Test(
        "hold or fail, their not being the opposite",
        arguments: [
            // equals, and a value in its place
            ("5", "5", Verdict.holds), ("5", "6", .fails), ("1", "1.0", .holds), ("100", "1e2", .holds),
            ("0", "-0.0", .holds),
            ("1", #""1""#, .fails), (#""1""#, "1", .fails), ("10000000000000000999", "10000000000000001000", .fails),
            ("10000000000000000999", "10000000000000000999", .holds), ("0.1", "0.10", .holds), ("true", "true", .holds),
            ("true", "1", .fails), ("null", "null", .holds), ("null", "0", .fails), ("null", "false", .fails),
            (#""""#, "null", .fails), ("[1, 2]", "[1, 2.0]", .holds), ("[1, 2]", "[2, 1]", .fails),
            ("[1]", "[1, 2]", .fails),
            (#"{"equals": {"a": 1, "b": [null]}}"#, #"{"b": [null], "a": 1.0}"#, .holds),
            (#"{"equals": {"a": 1}}"#, #"{"a": 1, "b": 2}"#, .fails), (#"{"equals": {}}"#, "{}", .holds),
            (#"{"equals": null}"#, "null", .holds), (#""é""#, #""\u00e9""#, .holds),
            // combinations
            (#"{"not": 5}"#, "6", .holds), (#"{"not": {"not": 5}}"#, "5", .holds),
            (#"{"allOf": [{"above": 1}, {"below": 3}]}"#, "2", .holds),
            (#"{"allOf": [{"above": 1}, {"below": 3}]}"#, "3", .fails),
            (#"{"above": 1, "below": 3}"#, "2", .holds), (#"{"above": 1, "below": 3}"#, "1", .fails),
            (#"{"anyOf": [1, "x"]}"#, #""x""#, .holds), (#"{"anyOf": [1, "x"]}"#, "2", .fails),
            (#"{"in": [1, "x", null, [1]]}"#, "1.0", .holds), (#"{"in": [1, "x", null]}"#, "null", .holds),
            (#"{"in": [1, "x", [1]]}"#, "[1]", .holds), (#"{"in": [1, "x"]}"#, "2", .fails),
            (#"{"in": []}"#, "2", .fails),
            // exists
            (#"{"exists": true}"#, "0", .holds), (#"{"exists": true}"#, "null", .holds),
            (#"{"exists": false}"#, "null", .fails),
            // ordering
            (#"{"above": 1}"#, "1.5", .holds), (#"{"above": 1}"#, "1", .fails), (#"{"atLeast": 1}"#, "1.0", .holds),
            (#"{"atMost": 1}"#, "1", .holds), (#"{"atMost": 1}"#, "2", .fails), (#"{"below": 1}"#, "-1e3", .holds),
            (#"{"below": 10000000000000001000}"#, "10000000000000000999", .holds),
            (#"{"above": "2s"}"#, #""2500ms""#, .holds),
            (#"{"above": "2s"}"#, #""2000ms""#, .fails),
            (#"{"below": "2026-01-01T00:00:00Z"}"#, #""2025-12-31T23:59:59.999Z""#, .holds),
            (#"{"atLeast": "2026-01-01T00:00:00Z"}"#, #""2026-01-01T01:00:00.000+01:00""#, .holds),
            (#"{"above": "2026-01-01T00:00:00Z"}"#, #""2026-01-01T01:00:00+01:00""#, .fails),
            (#"{"above": "2026-01-01T00:00:00.12Z"}"#, #""2026-01-01T00:00:00.1200000000000000001Z""#, .holds),
            // text
            (#"{"startsWith": "or"}"#, #""order""#, .holds), (#"{"startsWith": "der"}"#, #""order""#, .fails),
            (#"{"startsWith": "e"}"#, #""e\u0301tat""#, .holds), (#"{"startsWith": "1"}"#, "12", .fails),
            (#"{"endsWith": "der"}"#, #""order""#, .holds), (#"{"endsWith": "or"}"#, #""order""#, .fails),
            (#"{"endsWith": "order"}"#, #""der""#, .fails), (#"{"matches": "rd"}"#, #""order""#, .holds),
            (#"{"matches": "^rd"}"#, #""order""#, .fails), (#"{"matches": "^or.*r$"}"#, #""order""#, .holds),
            (#"{"matches": "1"}"#, "1", .fails), (#"{"length": 5}"#, #""order""#, .holds),
            (#"{"length": 1}"#, #""\ud83d\ude00""#, .holds),
            (#"{"length": {"above": 5}}"#, #""order""#, .fails), (#"{"length": 1}"#, "[1]", .fails),
            (#"{"ignoreCase": "OrDeR"}"#, #""order""#, .holds), (#"{"ignoreCase": "ÄRGER"}"#, #""ärger""#, .holds),
            (#"{"ignoreCase": "order"}"#, #""orders""#, .fails), (#"{"ignoreCase": "true"}"#, "true", .fails),
            // contains
            (#"{"contains": "rd"}"#, #""order""#, .holds), (#"{"contains": ""}"#, #""""#, .holds),
            (#"{"contains": "aab"}"#, #""aaab""#, .holds),
            (#"{"contains": "x"}"#, #""order""#, .fails), (#"{"contains": 2}"#, "[1, 2.0]", .holds),
            (#"{"contains": 3}"#, "[1, 2]", .fails),
            (#"{"contains": "a"}"#, #"{"a": null}"#, .holds), (#"{"contains": "b"}"#, #"{"a": "b"}"#, .fails),
            (#"{"contains": {"a": 1}}"#, #"[{"a": 1}]"#, .holds), (#"{"contains": "1"}"#, "1", .fails),
            (#"{"contains": 1}"#, #""1""#, .fails),
            // arrays
            (#"{"count": 2}"#, "[1, [2, 3]]", .holds), (#"{"count": {"atLeast": 1}}"#, "[]", .fails),
            (#"{"count": 0}"#, "[]", .holds),
            (#"{"count": 1}"#, #""x""#, .fails), (#"{"count": 1}"#, #"{"a": 1}"#, .fails),
            (#"{"each": {"type": "integer"}}"#, "[1, 2]", .holds),
            (#"{"each": {"type": "integer"}}"#, "[1, 2.5]", .fails),
            (#"{"each": {"type": "integer"}}"#, "[]", .fails), (#"{"each": 1}"#, "1", .fails),
            (#"{"some": {"above": 1}}"#, "[1, 2]", .holds), (#"{"some": {"above": 2}}"#, "[1, 2]", .fails),
            (#"{"some": 1}"#, "[]", .fails),
            (#"{"sameItems": [1, 2, 2]}"#, "[2, 1.0, 2]", .holds), (#"{"sameItems": [1, 2, 2]}"#, "[1, 1, 2]", .fails),
            (#"{"sameItems": [1, 2]}"#, "[1]", .fails), (#"{"sameItems": []}"#, "[]", .holds),
            (#"{"sameItems": [1]}"#, "1", .fails),
        ])
    func judges(predicate: String, value: String, expected: Verdict) throws {
        #expect(try verdict(predicate, of: value) == expected)
    }

    @Test(
        "with no value, neither a predicate nor its not holds",
        arguments: [
            "5", "null", "[]", #"{"equals": {}}"#, #"{"not": 5}"#, #"{"not": {"not": 5}}"#, #"{"allOf": [5]}"#,
            #"{"anyOf": [5, 6]}"#,
            #"{"in": [null]}"#, #"{"type": "null"}"#, #"{"above": 1}"#, #"{"below": "1s"}"#, #"{"atMost": 1}"#,
            #"{"atLeast": 1}"#,
            #"{"startsWith": ""}"#, #"{"endsWith": ""}"#, #"{"matches": ""}"#, #"{"length": 0}"#,
            #"{"ignoreCase": ""}"#,
            #"{"contains": ""}"#, #"{"count": 0}"#, #"{"each": 1}"#, #"{"some": 1}"#, #"{"sameItems": []}"#,
        ])
    func absent(predicate: String) throws {
        #expect(try verdict(predicate, of: nil) == .neither)
    }

    @Test(
        "exists alone judges where there is no value",
        arguments: [
            (#"{"exists": false}"#, Verdict.holds), (#"{"exists": true}"#, .fails),
            (#"{"exists": true, "type": "string"}"#, .fails),
            (#"{"anyOf": [{"exists": false}, 5]}"#, .holds), (#"{"exists": false, "not": 5}"#, .neither),
            (#"{"not": {"exists": true}}"#, .holds),
        ])
    func exists(predicate: String, expected: Verdict) throws {
        #expect(try verdict(predicate, of: nil) == expected)
    }

    @Test(
        "an ordering predicate says nothing of another kind, and neither does its not",
        arguments: [
            (#"{"above": 1}"#, #""2""#), (#"{"above": 1}"#, "null"), (#"{"below": 1}"#, "true"),
            (#"{"atLeast": 1}"#, "[2]"),
            (#"{"atMost": 1}"#, "{}"), (#"{"above": 1}"#, #""2s""#), (#"{"above": "1s"}"#, "2"),
            (#"{"above": "1s"}"#, #""soon""#),
            (#"{"below": "2026-01-01T00:00:00Z"}"#, "1"), (#"{"below": "2026-01-01T00:00:00Z"}"#, #""2025-01-01""#),
            (#"{"count": {"above": "1s"}}"#, "[1]"), (#"{"each": {"above": 1}}"#, #"[2, "x"]"#),
            (#"{"some": {"above": 1}}"#, #"[1, "x"]"#),
            (#"{"anyOf": [{"above": 1}, 5]}"#, #""x""#), (#"{"above": 1, "type": "string"}"#, #""x""#),
        ])
    func incomparable(predicate: String, value: String) throws {
        #expect(try verdict(predicate, of: value) == .neither)
    }

    @Test("a predicate that decides outweighs one that says nothing")
    func mixed() throws {
        #expect(try verdict(#"{"anyOf": [{"above": 1}, "x"]}"#, of: #""x""#) == .holds)
        #expect(try verdict(#"{"above": 1, "type": "number"}"#, of: #""x""#) == .fails)
        #expect(try verdict(#"{"each": {"above": 1}}"#, of: #"["x", 0]"#) == .fails)
        #expect(try verdict(#"{"some": {"above": 1}}"#, of: #"["x", 2]"#) == .holds)
    }

    @Test(
        "type knows JSON types and forms of text",
        arguments: [
            ("integer", ["1", "1.0", "1e3", "-0"], ["1.5", "1e-3", #""1""#, "true"]),
            ("number", ["1", "1.5"], [#""1""#, "null"]), ("string", [#""""#], ["1", "null", "[]"]),
            ("boolean", ["true", "false"], ["0", #""true""#]), ("null", ["null"], ["0", #""null""#]),
            ("array", ["[]"], ["{}", #""[]""#]), ("object", ["{}"], ["[]", "null"]),
            (
                "uuid", [#""123e4567-e89b-12d3-a456-426614174000""#, #""123E4567-E89B-12D3-A456-426614174000""#],
                [#""123e4567e89b12d3a456426614174000""#, #""123e4567-e89b-12d3-a456-42661417400g""#, "1"]
            ),
            (
                "date-time",
                [#""2026-02-28T23:59:60Z""#, #""2024-02-29T00:00:00.5+05:30""#, #""2026-01-01t00:00:00z""#],
                [
                    #""2026-02-29T00:00:00Z""#, #""2026-01-01""#, #""2026-01-01T24:00:00Z""#, #""2026-01-01T00:00:00""#,
                    #""2026-01-01T00:00:00.Z""#,
                ]
            ),
            (
                "uri", [#""https://a.example/x?y=%20#z""#, #""mailto:a@b.example""#, #""urn:isbn:0""#],
                [#""/x""#, #""a b:c""#, #""https://a/%2""#, #""1a:b""#, #""x:""#, #""https://a/ä""#]
            ),
            (
                "email", [#""a.b+c@example.com""#, #""ä@exämple.de""#],
                [#""a@""#, #""@b""#, #""a..b@c.de""#, #""a@b@c""#, #""a b@c.de""#, #""a@-c.de""#]
            ),
        ])
    func types(name: String, members: [String], others: [String]) throws {
        for value in members { #expect(try verdict(#"{"type": "\#(name)"}"#, of: value) == .holds, "\(value)") }
        for value in others { #expect(try verdict(#"{"type": "\#(name)"}"#, of: value) == .fails, "\(value)") }
    }

    @Test(
        "placeholders take their value's type, and text that spells a number or a boolean is one",
        arguments: [
            (#""{{n}}""#, "5", Verdict.holds), (#""{{n}}""#, #""5""#, .fails), (#""{{text}}""#, #""5""#, .holds),
            (#""{{text}}""#, "5", .fails),
            (#""no {{n}}""#, #""no 5""#, .holds), (#"["{{n}}", "{{text}}"]"#, #"[5, "5"]"#, .holds),
            (#"{"equals": {"a": "{{n}}"}}"#, #"{"a": 5}"#, .holds), (#"{"above": "{{text}}"}"#, "6", .holds),
            (#"{"above": "{{n}}"}"#, "5", .fails),
            (#"{"below": "{{wait}}"}"#, #""1s""#, .holds), (#"{"exists": "{{yes}}"}"#, "1", .holds),
            (#"{"exists": "{{flag}}"}"#, "1", .fails),
            (#"{"in": "{{list}}"}"#, "2", .holds), (#"{"sameItems": "{{list}}"}"#, "[2, 1]", .holds),
            (#"{"matches": "^{{text}}$"}"#, #""5""#, .holds),
            (#"{"count": "{{n}}"}"#, "[1,2,3,4,5]", .holds),
            (#"{"length": {"atMost": "{{text}}"}}"#, #""abc""#, .holds),
        ])
    func placeholders(predicate: String, value: String, expected: Verdict) throws {
        let variables: [String: JSONValue] = [
            "n": 5, "text": "5", "wait": "2s", "yes": "true", "flag": false, "list": [1, 2],
        ]
        #expect(try verdict(predicate, of: value, variables) == expected)
    }
}
