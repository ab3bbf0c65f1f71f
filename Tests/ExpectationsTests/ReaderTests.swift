import Diagnostics
import Expectations
import JSON
import Testing

@Suite("Diagnostics of the readers")
struct ReaderTests {
    /// The file is the source line that a diagnostic shows.
    private func file(of golden: String) throws -> String {
        let line = try #require(golden.split(separator: "\n").first { $0.hasPrefix("1 | ") })
        return String(line.dropFirst(4))
    }

    @Test(
        "an expectation that is wrong is told with its place and what would be right",
        arguments: ReaderGoldens.expectations)
    func expectation(golden: String) throws {
        #expect(try problems(file(of: golden)) == golden)
    }

    @Test("a capture that is wrong is told with its place and what would be right", arguments: ReaderGoldens.captures)
    func capture(golden: String) throws {
        let problems = try reading(file(of: golden)) { Capture(name: "it", $0, &$1) }.problems
        #expect(problems.map(\.description).joined(separator: "\n") == golden)
    }

    @Test("all problems are reported in one go")
    func several() throws {
        let text =
            #"{"status": 1, "headers": {"a b": 1}, "json": {"$[": 1, "$.a": {"abve": 1}}, "text": {"matches": "("}}"#
        let codes = try reading(text) { Expectation($0, &$1) }.problems.map(\.code)
        #expect(codes == ["bad-status", "bad-header-name", "bad-path", "unknown-member", "bad-pattern"])
    }

    @Test(
        "remarks may stand everywhere",
        arguments: [
            #"{"$comment": 1, "description": "x", "$schema": "y", "json": {"$comment": "x", "description": "y"}}"#,
            #"{"headers": {"$comment": "x", "A": {"$comment": {}, "exists": false}}, "body": {"description": "x"}}"#,
            #"{"challenge": {"$comment": {}}, "status": {"not": 404, "$comment": []}}"#,
        ])
    func remarks(text: String) throws {
        #expect(try mismatches(text, try answer()) == [])
    }

    @Test(
        "a status may stand in place of an expectation",
        arguments: [
            ("404", [404], [200]), (#""4xx""#, [404], [500]), ("[401, 403]", [401, 403], [404]),
            (#"{"not": 200}"#, [500], [200]), (#"{"status": 200, "headers": {}}"#, [200], [204]), ("{}", [204], [404]),
        ])
    func orStatus(text: String, members: [Int], others: [Int]) throws {
        let (made, problems) = try reading(text) { Expectation.readOrStatus($0, &$1) }
        #expect(problems.isEmpty)
        let status = try #require(made).resolved(in: scope()).status
        for member in members { #expect(status.contains(member)) }
        for other in others { #expect(!status.contains(other)) }
    }

    @Test("the tables make a JSON Schema whose references lead somewhere")
    func schema() {
        let tables = ExpectationTables.all
        let schema = SchemaWriter(tables: tables).schema(root: ExpectationTables.expectation, id: "x", title: "x")
            .text()
        let names = schema.split(separator: "#/$defs/").dropFirst().map { $0.prefix { $0 != "\"" } }
        for name in names { #expect(tables.contains { $0.name == name }, "\(name)") }
        #expect(Set(tables.map(\.name)).count == tables.count)
        #expect(!schema.contains("\"cookies\"") && schema.contains("\"mediaType\""))
    }
}
