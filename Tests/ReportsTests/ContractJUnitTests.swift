import Results
import Secrets
import TestSupport
import Testing

@testable import Reports

@Suite("Contract results in JUnit files")
struct ContractJUnitTests {
    @Test("Contract cases stand in a suite of their own after that of their requests")
    func normal() async throws {
        let xml = try junit(SampleContract.events)
        try expectGolden("junit.xml", xml)
        try await xmllint(xml)
    }

    @Test("The strict form names warnings above the cases, and is valid for every schema")
    func strict() async throws {
        let xml = try junit(SampleContract.events, .strict)
        try expectGolden("junit-strict.xml", xml)
        for schema in schemas { try await xmllint(xml, schema: schema) }
    }

    @Test("Suites: each collection, its contract, and the credentials last")
    func order() throws {
        let names = try junit(SampleContract.events).matches(of: /<testsuite name="([^"]*)" tests="(\d+)"/).map {
            "\($0.1): \($0.2)"
        }
        #expect(
            names == [
                "Zarv resources: 2", "Zarv resources contract: 14", "Orders: 1", "Orders contract: 2", "credentials: 1",
            ])
    }

    @Test("Interleaved cases beyond what memory holds are all there, in their suites", .timeLimit(.minutes(1)))
    func interleaved() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("junit.xml")
        let report = try JUnitReport(path: path, form: .strict, seam: OutputSeam(redactor: Redactor()))
        let request = RunEvent.requestFinished(SampleRun.passed())
        let probes = [
            SampleContract.outcome(.probe("no-credential"), .failed(SampleContract.hole), rule: SampleContract.res01),
            SampleContract.outcome(.rule("RES-12"), .warned(SampleContract.warning)),
        ]
        var largest = 0
        for info in [SampleRun.collection, SampleContract.orders] {
            try report.receive(.collectionStarted(info))
            for _ in 0..<5_000 {
                for event in [request] + probes { try report.receive(event) }
                largest = max(largest, report.buffered)
            }
            try report.receive(.collectionFinished(info))
        }
        try report.close()
        #expect(largest < 2 << 16)
        let xml = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        let suites = xml.split(separator: "<testsuite ").dropFirst()
        #expect(suites.map { $0.split(separator: "<testcase ").count - 1 } == [5_000, 10_000, 5_000, 10_000])
        #expect(suites.map { $0.contains("no-credential") } == [false, true, false, true])
        #expect(suites.map { $0.contains("failures=\"5000\"") } == [false, true, false, true])
        #expect(xml.contains(#"<property name="warning" value="and 4980 more"/>"#))
        try await xmllint(xml, schema: schemas[0])
    }

    @Test("A case that comes after its collection's last request still stands in its contract suite")
    func late() throws {
        let xml = try junit([
            .collectionStarted(SampleRun.collection), .requestFinished(SampleRun.passed()),
            .collectionFinished(SampleRun.collection), SampleContract.outcome(.rule("TOK-09"), of: "acme", .passed),
        ])
        #expect(xml.contains(#"classname="collections.zarv.contract" name="TOK-09 acme""#))
        #expect(xml.contains(#"<testsuite name="Zarv resources contract" tests="1""#))
    }

    @Test("A collection whose requests are all elsewhere has its contract suite alone")
    func alone() throws {
        let xml = try junit([
            .collectionStarted(SampleRun.collection), SampleContract.outcome(.rule("RES-01"), .passed),
        ])
        #expect(!xml.contains(#"<testsuite name="Zarv resources" "#))
        #expect(xml.contains(#"<testsuite name="Zarv resources contract" tests="1""#))
    }
}
