import FoundationEssentials
import JSON
import Testing

/// The JSONPath Compliance Test Suite (Fixtures/jsonpath/SOURCES.md).
struct JSONPathComplianceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let selector: String
        let node: JSONNode

        var testDescription: String { name }

        /// The lists under one of two members: a single one, or several of which any will do.
        func lists(_ one: String, _ several: String) -> [JSONNode] {
            node[one].map { [$0] } ?? node[several].map { Array($0.elements) } ?? []
        }
    }

    static let cases: [Case] = {
        let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        let bytes =
            FileManager.default.contents(atPath: "/\(folder)/Fixtures/jsonpath/cts.json").map { Array($0) } ?? []
        guard let tests = try? JSONDocument.parse(bytes).root["tests"] else { return [] }
        return tests.elements.map {
            Case(name: $0["name"]?.string ?? "", selector: $0["selector"]?.string ?? "", node: $0)
        }
    }()

    @Test("the suite is there")
    func suite() {
        #expect(Self.cases.count == 348)
        #expect(Self.cases.allSatisfy { !$0.name.isEmpty })
    }

    @Test(
        "paths that the suite calls invalid are refused", arguments: cases.filter { $0.node["invalid_selector"] != nil }
    )
    func invalid(test: Case) {
        let error = #expect(throws: QueryError.self) { try JSONPath(parsing: test.selector) }
        if let error {
            #expect(!error.reason.isEmpty)
            #expect(error.range.upperBound <= test.selector.utf8.count)
        }
    }

    @Test(
        "paths select what the suite says, at the places it says",
        arguments: cases.filter { $0.node["document"] != nil })
    func valid(test: Case) throws {
        let path = try JSONPath(parsing: test.selector)
        let document = try #require(test.node["document"])
        let selected = path.select(document)
        let results = test.lists("result", "results")
        #expect(!results.isEmpty)
        #expect(results.contains { same(Array($0.elements), selected) })
        let places = selected.map { JSONPath.normalized($0, from: document) }
        #expect(test.lists("result_paths", "results_paths").contains { $0.elements.map(\.string) == places })
        #expect(path.first(document).map { same([$0], Array(selected.prefix(1))) } ?? selected.isEmpty)
        for place in places.compactMap({ $0 }) {
            #expect(try JSONPath(parsing: place).isSingular)
        }
    }

    private func same(_ a: [JSONNode], _ b: [JSONNode]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    }
}
