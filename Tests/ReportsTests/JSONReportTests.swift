import JSON
import Reports
import Results
import Secrets
import TestSupport
import Testing

/// Writes a JSON report from events and returns its text.
func jsonReport(_ events: [RunEvent], redactor: Redactor = Redactor()) throws -> String {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = folder.file("reports/run.json")
    let report = try JSONReport(path: path, usherVersion: "1.2.3", seam: OutputSeam(redactor: redactor))
    for event in events { try report.receive(event) }
    try report.close()
    return String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
}

@Suite("JSON report")
struct JSONReportTests {
    private static let refused: [RunEvent] = {
        var exchange = SampleRun.exchange(401)
        exchange.refusal = RefusalNote(
            answeredAt: SampleRun.startedAt + 250, challenges: [#"Bearer realm="r", error="invalid_token""#],
            token: TokenNote(
                type: "Bearer", origin: "login", obtainedAt: SampleRun.startedAt, expiresAt: SampleRun.startedAt + 1000,
                grantedScope: ["a", "b"],
                claims: [.init("aud", "https://x.test"), .init("sub", "text of 3 characters")]))
        let outcome = RequestOutcome(
            name: "refused", identity: "acme", span: SampleRun.span("\"read one\""), verdict: .failed([]),
            exchange: exchange)
        return [.collectionStarted(SampleRun.collection), .requestFinished(outcome)]
    }()

    @Test(
        "keeps to the published form, whatever happened in the run",
        arguments: [SampleRun.events(notices: ["a notice"]), SampleContract.events, refused, SampleRun.passing, []])
    func form(_ events: [RunEvent]) throws {
        let text = try jsonReport(events)
        let root = try JSONDocument.parse(text).root
        #expect(TableConformance(ReportTables.all).faults(root, ReportTables.report) == [])
        #expect(root["version"]?.number?.int == 1)
        #expect(root["usher"]?.string == "1.2.3")
    }

    @Test("holds every case of the run, in order, one a line, with its verdict")
    func cases() throws {
        let text = try jsonReport(SampleRun.events())
        let root = try JSONDocument.parse(text).root
        let verdicts = try JSONPath(parsing: "$.collections[*].cases[*].verdict").select(root).compactMap(\.string)
        #expect(verdicts == ["passed", "failed", "error", "skipped"])
        #expect(root["collections"]?.elements.map { $0["name"]?.string } == ["Empty", "Zarv resources"])
        #expect(text.split(separator: "\n").count { $0.hasPrefix(#"{"kind":"request""#) } == 4)
        let failure = try JSONPath(parsing: "$..failures[1]").select(root).first
        #expect(failure?["expected"]?.string == "at least 1 element")
        #expect(failure?["place"]?.string == "collections/zarv.json:4:66")
        #expect(root["credentials"]?.elements.map { $0["verdict"]?.string } == ["passed", "error"])
        #expect(root["totals"]?["errors"]?.number?.int == 2)
        #expect(root["duration"]?.number?.int == 1240)
    }

    @Test("says of an unexpected 401 what the answer said and which token it was about")
    func refusal() throws {
        let root = try JSONDocument.parse(try jsonReport(Self.refused)).root
        let note = try #require(try JSONPath(parsing: "$..refusal").select(root).first)
        #expect(note["challenges"]?[0]?.string == #"Bearer realm="r", error="invalid_token""#)
        #expect(
            note["answeredAt"]?.string == CalendarTime(SampleRun.startedAt + 250).rfc3339)
        #expect(note["token"]?["scopeGranted"]?.elements.compactMap(\.string) == ["a", "b"])
        #expect(note["token"]?["claims"]?[0]?["shown"]?.string == "https://x.test")
    }

    @Test("that is closed in the middle of a collection is whole and has what was received")
    func interrupted() throws {
        let text = try jsonReport([
            SampleRun.start(), .collectionStarted(SampleRun.collection), .requestFinished(SampleRun.passed()),
        ])
        let root = try JSONDocument.parse(text).root
        #expect(root["collections"]?[0]?["cases"]?.count == 1)
        #expect(TableConformance(ReportTables.all).faults(root, ReportTables.report) == [])
    }

    @Test(
        "masks secrets in every text, and survives one that is a word of the form",
        arguments: SecretsInReportsTests.secrets)
    func secrets(_ secret: String) throws {
        let redactor = Redactor()
        redactor.register(secret, label: "x")
        // The name of a member: outside texts nothing is masked, or the report could not be read.
        redactor.register("sandbox", label: "silly")
        let text = try jsonReport(SecretsInReportsTests.events(secret), redactor: redactor)
        let root = try JSONDocument.parse(text).root
        #expect(root["sandbox"]?.boolean == false)
        #expect(text.contains("«secret:x»"))
        let values = try JSONPath(parsing: "$..*").select(root).compactMap(\.string)
        #expect(!values.isEmpty)
        #expect(values.allSatisfy { !redactor.finds(in: Array($0.utf8)) })
        #expect(TableConformance(ReportTables.all).faults(root, ReportTables.report) == [])
    }

    @Test("masks what became known as a secret after the case was written")
    func late() throws {
        let redactor = Redactor()
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let path = folder.file("run.json")
        let report = try JSONReport(path: path, usherVersion: "1", seam: OutputSeam(redactor: redactor))
        let secret = #"cap"tured\later"#
        for event in SecretsInReportsTests.events(secret) { try report.receive(event) }
        redactor.register(secret, label: #"la"te"#)
        redactor.register("collections", label: "silly")
        try report.close()
        let text = String(decoding: try TemporaryFolder.read(path), as: UTF8.self)
        #expect(!text.contains("tured"))
        let root = try JSONDocument.parse(text).root
        #expect(TableConformance(ReportTables.all).faults(root, ReportTables.report) == [])
    }
}
