import Reports
import Results
import Secrets
import TestSupport
import Testing

@Suite("Report fan-out")
struct ReportFanoutTests {
    /// Counts what it gets and fails when told to.
    final class Probe: Report {
        var events = 0
        var isClosed = false
        var failsAt: Int?
        var error: any Error

        init(failsAt: Int? = nil, _ error: any Error = OutputError("disk full")) {
            (self.failsAt, self.error) = (failsAt, error)
        }

        func receive(_ event: RunEvent) throws {
            events += 1
            if events == failsAt { throw error }
        }

        func close() throws {
            isClosed = true
            if failsAt == 0 { throw error }
        }
    }

    struct Withheld: Error {}

    @Test("A report that fails is dropped and named at the end; the others go on")
    func dropped() {
        let good = Probe(), bad = Probe(failsAt: 2), last = Probe(failsAt: 0, Withheld())
        let fanout = ReportFanout([("good", good), ("JUnit report", bad), ("JSON report", last)])
        for event in SampleRun.passing { fanout.receive(event) }
        let failures = fanout.close()
        #expect(good.events == SampleRun.passing.count)
        #expect(good.isClosed)
        #expect(bad.events == 2)
        #expect(!bad.isClosed)
        #expect(
            failures.map(\.sentence) == [
                "the JUnit report was not written: disk full", "the JSON report was not written: Withheld()",
            ])
        #expect(failures.map(\.exitCode) == [3, 70])
    }

    @Test("A reader that has gone is no failure")
    func brokenPipe() {
        let fanout = ReportFanout([("NDJSON report", Probe(failsAt: 1, OutputError("gone", isBrokenPipe: true)))])
        for event in SampleRun.passing { fanout.receive(event) }
        #expect(fanout.close().isEmpty)
    }

    @Test("What a dropped report wrote is removed")
    func removed() throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.makeFolder("out")
        let seam = OutputSeam(redactor: Redactor())
        let fanout = ReportFanout([("JUnit report", try JUnitReport(path: folder.file("out/junit.xml"), seam: seam))])
        for event in SampleRun.passing { fanout.receive(event) }
        // A folder in its place: the last step, the renaming, fails.
        try folder.makeFolder("out/junit.xml")
        let failures = fanout.close()
        #expect(failures.count == 1)
        #expect(failures.first?.exitCode == 3)
        #expect(Folder.names(in: folder.file("out")) == ["junit.xml"])
    }
}
