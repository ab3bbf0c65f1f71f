import JSON
import Results
import Secrets
import TestSupport
import Testing

@testable import Reports

@Suite("Streaming")
struct StreamingTests {
    @Test("100,000 cases leave nothing in memory but a buffer of 64 KiB")
    func bounded() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("junit.xml")
        let report = try JUnitReport(path: path, form: .strict, seam: OutputSeam(redactor: Redactor()))
        let cases: [RunEvent] = [.requestFinished(SampleRun.passed(row: "#1")), .requestFinished(SampleRun.failed)]
        var largest = 0
        try report.receive(.collectionStarted(SampleRun.collection))
        for number in 0..<100_000 {
            try report.receive(cases[number % 10 == 0 ? 1 : 0])
            largest = max(largest, report.buffered)
        }
        try report.receive(.collectionFinished(SampleRun.collection))
        try report.close()
        #expect(largest < 1 << 16)
        let xml = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        #expect(xml.contains(#"tests="100000" failures="10000""#))
        #expect(xml.utf8.count > 10 << 20)
        try await xmllint(xml, schema: schemas[0])
    }

    @Test("100,000 cases leave nothing in memory of a JSON report either")
    func jsonBounded() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let report = try JSONReport(
            path: folder.file("run.json"), usherVersion: "1", seam: OutputSeam(redactor: Redactor()))
        var largest = 0
        try report.receive(.collectionStarted(SampleRun.collection))
        for number in 0..<100_000 {
            try report.receive(.requestFinished(number % 10 == 0 ? SampleRun.failed : SampleRun.passed()))
            largest = max(largest, report.buffered)
        }
        try report.close()
        #expect(largest < 1 << 16)
        let root = try JSONDocument.parse(try TemporaryFolder.read(folder.file("run.json"))).root
        #expect(root["collections"]?[0]?["cases"]?.count == 100_000)
    }

    @Test("The console keeps a hundred blocks and names the rest by lines, even for the quiet")
    func consoleBounded() {
        let events: [RunEvent] =
            [.collectionStarted(SampleRun.collection)]
            + Array(repeating: .requestFinished(SampleRun.failed), count: 250)
        let quiet = console(events, ConsoleOptions(verbosity: .quiet)).split(separator: "\n")
        #expect(quiet.count { $0.hasPrefix("✗ Zarv resources › orders v1.2 › read one [NO]") } == 100)
        #expect(quiet.count { $0.hasPrefix("  ✗ 404") } == 150)
        #expect(quiet.contains("and 150 more, which are only in the lines above"))
    }

    @Test("A spool hands out what was appended, whole lines at a time", arguments: [10, 70_000, 200_000])
    func spool(lines: Int) throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let spool = OutputSeam(redactor: Redactor()).spool(beside: folder.file("x"))
        var expected: [UInt8] = []
        for number in 0..<lines {
            let line = Array("line \(number)\n".utf8)
            expected += line
            try spool.appendRedacted(line)
        }
        var read: [UInt8] = []
        try spool.read(0..<spool.size) { piece in
            #expect(piece.last == UInt8(ascii: "\n"))
            read += piece
        }
        #expect(read == expected)
        try spool.read(5..<7) { #expect($0 == Array("0\n".utf8)) }
        try spool.read(0..<0) { _ in Issue.record("there is nothing to hand out") }
    }
}
