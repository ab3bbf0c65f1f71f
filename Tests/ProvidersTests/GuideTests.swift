import Diagnostics
import FoundationEssentials
import Providers
import TestSupport
import Testing

@Suite("docs/providers.md")
struct GuideTests {
    static let root = "\(#filePath)".replacing("/Tests/ProvidersTests/GuideTests.swift", with: "")
    static let page =
        (try? TemporaryFolder.read("\(root)/docs/providers.md")).map { String(decoding: $0, as: UTF8.self) } ?? ""

    /// The blocks marked as JSON.
    static let examples: [String] = page.split(separator: "```json\n").dropFirst().compactMap { part in
        part.firstRange(of: "```").map { String(part[..<$0.lowerBound]) }
    }

    @Test("Every example is read without a diagnostic", arguments: examples)
    func example(_ text: String) {
        var bag = DiagnosticBag()
        let catalog = ProviderCatalog(files: [SourceFile(path: "docs/providers.md", text: text)], bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        #expect(catalog.projectNames.count == 1)
    }

    @Test("There are examples, and a row for every need")
    func complete() {
        #expect(Self.examples.count >= 9)
        #expect(Self.tests.count >= 40)
    }

    /// The last column of the table of needs.
    static let tests: [String] =
        page.split(separator: "| need | member | test |").last.map { table in
            table.split(separator: "\n").dropFirst().compactMap { line in
                let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                guard cells.count == 5 else { return nil }
                let cell = cells[3].filter { $0 != "`" }
                return String(cell.dropFirst().dropLast())
            }
        } ?? []

    private static let sources: [String] = ["TokensTests", "TemplatesTests", "CommandTests"].flatMap { module in
        let folder = "\(root)/Tests/\(module)/."
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".swift") }.compactMap { name in
            (try? TemporaryFolder.read("\(folder)/\(name)")).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test("Every test that the table names exists", arguments: Set(tests).subtracting(["–"]).sorted())
    func named(_ test: String) {
        let isThere = Self.sources.contains { $0.contains("\"\(test)\"") }
        #expect(isThere, "no test is called '\(test)'")
    }
}
