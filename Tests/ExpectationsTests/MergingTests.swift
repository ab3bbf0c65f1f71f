import Expectations
import Testing

@Suite("Merging expectations")
struct MergingTests {
    private func merged(_ own: String, over defaults: String, _ answer: Answer) throws -> [String] {
        var answer = answer
        return try expectation(own).merging(expectation(defaults)).resolved(in: scope()).mismatches(&answer, judging)
            .map(\.subject)
    }

    @Test("headers and json merge by name, header names without case")
    func byName() throws {
        let defaults =
            #"{"headers": {"X-A": "default", "X-B": "default"}, "json": {"$.a": "default", "$.b": "default"}}"#
        let own = #"{"headers": {"x-a": {"exists": false}}, "json": {"$.a": {"exists": false}, "$.c": "own"}}"#
        #expect(try merged(own, over: defaults, try answer()) == ["header X-B", "$.b", "$.c"])
    }

    @Test(
        "every other member is replaced whole",
        arguments: [
            (#"{"status": 201}"#, #"{"status": 200}"#, ["status"]), ("{}", #"{"status": 201}"#, ["status"]),
            (#"{"body": {"size": 2}}"#, #"{"body": {"sha256": "x"}}"#, []),
            ("{}", #"{"body": {"sha256": "x"}}"#, ["body sha256"]),
            (#"{"text": "{}"}"#, #"{"text": "x"}"#, []),
            (#"{"duration": {"below": "1s"}}"#, #"{"duration": {"below": "1ms"}}"#, []),
            ("{}", #"{"duration": {"below": "1ms"}, "text": "x"}"#, ["duration", "text"]),
            (#"{"challenge": {"Basic": {}}}"#, #"{"challenge": {"Bearer": {}}}"#, ["challenge"]),
        ])
    func whole(own: String, defaults: String, subjects: [String]) throws {
        #expect(try merged(own, over: defaults, try answer()) == subjects)
    }

    @Test("the status is 2xx only where neither names one")
    func defaultStatus() throws {
        #expect(try merged("{}", over: #"{"status": 404}"#, try answer(status: 404)) == [])
        #expect(try merged(#"{"json": {}}"#, over: "{}", try answer(status: 404)) == ["status"])
    }

    @Test("what of the body is needed follows what won")
    func need() throws {
        #expect(
            try expectation(#"{"body": {"size": 2}}"#).merging(expectation(#"{"body": {"sha256": "x"}}"#)).bodyNeed
                == .count)
        #expect(try expectation("{}").merging(expectation(#"{"body": {"sha256": "x"}}"#)).bodyNeed == .bytes)
    }
}
