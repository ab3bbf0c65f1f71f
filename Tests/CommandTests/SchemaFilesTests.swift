import FoundationEssentials
import JSON
import Reports
import TestSupport
import Testing
import Workspace

@Suite("Published schemas")
struct SchemaFilesTests {
    static let root = "\(#filePath)".replacing("/Tests/CommandTests/SchemaFilesTests.swift", with: "")
    /// What users write, and what usher does.
    static let all = PublishedSchemas.all + [("report.schema.json", ReportTables.schema)]

    @Test("schemas/ says what the readers accept", arguments: all.map(\.name))
    func files(_ name: String) throws {
        let schema = try #require(Self.all.first { $0.name == name }?.schema)
        let text = schema.text(.pretty) + "\n"
        let path = "\(Self.root)/schemas/\(name)"
        if ProcessInfo.processInfo.environment["USHER_RECORD"] != nil {
            try Data(text.utf8).write(to: URL(filePath: path))
            Issue.record("recorded \(name); run again without USHER_RECORD")
            return
        }
        let written = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        #expect(written == text, "write schemas/ anew with `make schemas`")
    }

    @Test("every reference in a schema leads somewhere", arguments: all.map(\.name))
    func references(_ name: String) throws {
        let schema = try #require(Self.all.first { $0.name == name }?.schema)
        let document = try JSONDocument.parse(schema.text())
        let paths = try JSONPath(parsing: "$..['$ref']").select(document.root).compactMap(\.string)
        #expect(!paths.isEmpty)
        for path in Set(paths) {
            let pointer = try #require(JSONPointer(String(path.dropFirst())))
            #expect(pointer.find(in: document.root) != nil, "\(path) leads nowhere")
        }
    }
}
