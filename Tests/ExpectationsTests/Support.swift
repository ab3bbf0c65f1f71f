import Diagnostics
import Expectations
import HTTP
import JSON
import Secrets
import Templates
import Testing

/// Ours, not the one of the testing library.
typealias Expectation = Expectations.Expectation

let judging = JudgingContext(digests: Digests { bytes in "digest-of-\(bytes.count)" }, redactor: nil)

/// An answer of 200 with a JSON body, unless told otherwise.
func answer(
    _ body: String = "{}", status: Int = 200, headers: HeaderFields = [], duration: Duration = .milliseconds(120)
) throws -> Answer {
    let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    return Answer(response, url: try HTTPURL(parsing: "https://api.zarv.test/v1/items?page=2"), duration: duration)
}

func scope(_ variables: [String: JSONValue] = [:]) -> Scope {
    Scope([variables.mapValues { TemplateValue($0) }], functions: .standard())
}

/// What a reader makes of a text, and its diagnostics as users see them.
func reading<Made>(
    _ text: String, _ read: (JSONNode, inout ReadingContext) -> Made?
) throws -> (made: Made?, problems: [Diagnostic]) {
    let file = SourceFile(path: "test.json", text: text)
    var context = ReadingContext(file: file)
    let made = read(try JSONDocument.parse(file.bytes).root, &context)
    return (made, context.bag.sorted)
}

func expectation(_ text: String) throws -> Expectation {
    let (made, problems) = try reading(text) { Expectation($0, &$1) }
    #expect(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
    return try #require(made)
}

/// The sentences of what does not hold.
func mismatches(
    _ text: String, _ answer: Answer, _ scope: Scope = scope(), _ context: JudgingContext = judging
) throws -> [String] {
    var answer = answer
    return try expectation(text).resolved(in: scope).mismatches(&answer, context).map(\.sentence)
}

/// The rendered problems of an expectation.
func problems(_ text: String) throws -> String {
    try reading(text) { Expectation($0, &$1) }.problems.map(\.description).joined(separator: "\n")
}

/// How a predicate judges a value; told from whether it and its `not` hold.
enum Verdict: String {
    case holds, fails, neither
}

/// - Parameter value: JSON, or nil for no value.
func verdict(_ predicate: String, of value: String?, _ variables: [String: JSONValue] = [:]) throws -> Verdict {
    let body = value.map { #"{"v": \#($0)}"# } ?? "{}"
    let isMet = try mismatches(#"{"json": {"$.v": \#(predicate)}}"#, try answer(body), scope(variables)).isEmpty
    let isNotMet = try mismatches(#"{"json": {"$.v": {"not": \#(predicate)}}}"#, try answer(body), scope(variables))
        .isEmpty
    try #require(!(isMet && isNotMet), "both the predicate and its not hold")
    return isMet ? .holds : isNotMet ? .fails : .neither
}
