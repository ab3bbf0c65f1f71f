import Expectations
import JSON
import Providers
import Reports
import TestSupport
import Testing
import Workspace

@Suite("docs/formats.md")
struct FormatPageTests {
    private static let tables: [MemberTable] =
        [
            CollectionTables.collection, CollectionTables.group, CollectionTables.request, CollectionTables.defaults,
            CollectionTables.body, EnvironmentTables.environment, EnvironmentTables.identity, ProviderTables.root,
            ProviderTables.waiver, ProjectSettings.table, ReportTables.report,
        ] + ExpectationTables.all

    @Test("every member of the tables is described", arguments: tables.map(\.name))
    func members(_ name: String) throws {
        let page = String(
            decoding: try TemporaryFolder.read("\(UsherProject.repository)/docs/formats.md"), as: UTF8.self)
        let table = try #require(Self.tables.first { $0.name == name })
        for member in table.members where member.availability == .ready {
            #expect(page.contains("`\(member.name)`") || page.contains("\"\(member.name)\""), "\(name).\(member.name)")
        }
    }

    @Test("what is refused yet is said to come later", arguments: tables.map(\.name))
    func later(_ name: String) throws {
        let page = String(
            decoding: try TemporaryFolder.read("\(UsherProject.repository)/docs/formats.md"), as: UTF8.self)
        let table = try #require(Self.tables.first { $0.name == name })
        guard table.name != ProjectSettings.table.name, table.name != ProviderTables.root.name else { return }
        for member in table.members where member.availability == .later && member.name != "template" {
            #expect(page.contains("`\(member.name)`"), "\(name).\(member.name)")
        }
    }
}
