import Contract
import HTTP
import Testing

@Suite("The shape of an answer")
struct AnswerShapeTests {
    private static func shape(_ body: String, _ type: String = "application/json", _ status: Int = 200) -> AnswerShape {
        AnswerShape(
            HTTPResponse(status: status, headers: [HeaderField("Content-Type", type)], body: Array(body.utf8)))
    }

    @Test("Paths go to three levels, elements of lists are one")
    func paths() {
        let shape = Self.shape(#"{"a":[{"b":{"c":{"d":1}}},{"e":2}],"f":[[1]]}"#, "Application/JSON; charset=utf-8")
        #expect(shape.mediaType == "application/json")
        #expect(
            shape.paths
                == ["$", "$.a", "$.a[]", "$.a[].b", "$.a[].b.c", "$.a[].e", "$.f", "$.f[]", "$.f[][]"])
    }

    static let pairs: [(String, String, AnswerShape.Comparison)] = [
        (#"{"a":[1],"b":2}"#, #"{"a":[7,8],"b":null}"#, .same), (#"[{"id":1}]"#, #"[{"id":2},{"id":3}]"#, .same),
        // An optional member more.
        (#"{"a":[{"b":1,"c":2}]}"#, #"{"a":[{"b":1,"c":2,"d":3}]}"#, .same),
        (#"{"a":[{"b":1}],"n":1}"#, #"{"a":[],"n":0}"#, .emptied), (#"[{"id":1}]"#, "[]", .emptied),
        (#"{"a":[]}"#, #"{"a":[]}"#, .same), (#"{"a":[1]}"#, #"{"a":[],"error":1}"#, .different),
        (#"{"a":1}"#, #"{"b":1}"#, .different), (#"{"a":1}"#, "not JSON", .different),
        (#"{"a":1,"b":{"c":1,"d":1}}"#, #"{"a":1,"b":{}}"#, .different), ("", "", .same),
        ("plain text", "", .different),
        ("plain text", "plain text too", .same), ("plain text", String(repeating: "x", count: 40), .different),
    ]

    @Test("Same members are the same, empty lists are emptied, others differ", arguments: pairs)
    func comparison(_ control: String, _ other: String, _ expected: AnswerShape.Comparison) {
        #expect(Self.shape(control).compared(with: Self.shape(other)) == expected)
    }

    @Test("Another media type or status class is another answer")
    func classes() {
        let control = Self.shape("{}")
        #expect(control.compared(with: Self.shape("{}", "text/html")) == .different)
        #expect(control.compared(with: Self.shape("{}", "application/json", 404)) == .different)
        #expect(control.compared(with: Self.shape("{}", "application/json", 206)) == .same)
    }

    @Test("A difference names members, and no value")
    func words() {
        let control = Self.shape(#"{"a":1,"b":2,"c":3,"d":4}"#)
        let words = control.difference(from: Self.shape(#"{"e":"a value"}"#))
        #expect(words == "without $.a, $.b, $.c and 1 more, with $.e")
    }

    @Test("A body that was only counted is compared by its size")
    func counted() {
        let control = AnswerShape(HTTPResponse(status: 200, body: Array(#"{"a":1}"#.utf8), bodySize: 5000))
        let other = AnswerShape(HTTPResponse(status: 200, body: Array(#"{"b":1}"#.utf8), bodySize: 4800))
        #expect(control.paths == nil)
        #expect(control.compared(with: other) == .same)
    }
}
