import Expectations
import Results
import Secrets
import TestSupport
import Testing

@testable import Reports

@Suite("Secrets in reports")
struct SecretsInReportsTests {
    static let secrets = [
        "s3cr3t-plain-value", #"qu"ote<&'s>\/x"#, "two\nlines of secret", "pass word+with=signs&more",
        "schlüssel-ключ-鍵",
    ]

    /// Everything that holds foreign text holds the secret, in the forms in which answers and URLs would.
    static func events(_ secret: String) -> [RunEvent] {
        let exchange = ExchangeSummary(
            method: "GET", url: "https://x.test/?t=\(PercentEncoding.form(Array(secret.utf8)))", status: 401,
            bodySize: 9,
            curl: "curl -H 'X: \(secret)'",
            bodyExcerpt: "{\"t\": \"\(secret)\", \"b\": \"\(Base64.encode(Array(("u:" + secret).utf8)))\"}")
        let problem = RunProblem(.token, "the answer was \(secret)", at: SampleRun.span("200"))
        let mismatch = Mismatch(
            subject: "$.\(secret)", expected: secret, actual: secret + String(repeating: "x", count: 2000),
            span: SampleRun.span("200"))
        func outcome(_ verdict: Verdict) -> RunEvent {
            .requestFinished(
                RequestOutcome(
                    groups: [secret], name: "a \(secret)", rowLabel: secret, identity: secret,
                    span: SampleRun.span("200"),
                    verdict: verdict, exchange: exchange))
        }
        let finding = ContractFinding(
            .hole, "Hole: \(secret)", expected: secret, actual: "200 \(secret)", sent: secret, source: secret)
        func contract(_ kind: ContractOutcome.Kind, _ verdict: ContractVerdict) -> RunEvent {
            .contractFinished(
                ContractOutcome(
                    kind, of: secret, groups: [secret], identity: secret, at: SampleRun.span("200"), verdict: verdict,
                    rule: RuleNote(secret, title: secret, source: secret), exchange: exchange, remarks: [secret]))
        }
        return [
            SampleRun.start(notices: ["note \(secret)"]),
            .collectionStarted(CollectionInfo(name: secret, path: "\(secret).json", startedAt: 0)),
            outcome(.passed), outcome(.failed([mismatch, mismatch])), outcome(.error(problem)),
            outcome(.skipped(secret)),
            contract(.access(caller: secret, owner: secret), .failed(finding)),
            contract(.rule(secret), .warned(finding)), contract(.promise(secret), .noVerdict("No verdict: \(secret)")),
            contract(.probe(secret), .skipped(secret)), contract(.probe("no-credential"), .passed),
            .credentialFinished(
                CredentialOutcome(identity: secret, provider: secret, span: SampleRun.span("200"), problem: problem)),
        ]
    }

    @Test("A registered secret is in no report, in any of its forms", arguments: secrets)
    func absent(secret: String) async throws {
        let redactor = Redactor()
        redactor.register(secret, label: "x")
        for form in [JUnitReport.Form.normal, .strict] {
            let xml = try junit(Self.events(secret), form, redactor: redactor)
            #expect(!redactor.finds(in: Array(xml.utf8)))
            #expect(xml.contains("«secret:x»"))
            try await xmllint(xml)
        }
        for options in [ConsoleOptions(verbosity: .verbose), ConsoleOptions(hasColor: true, width: 40)] {
            let printed = console(Self.events(secret), options, redactor: redactor)
            #expect(!redactor.finds(in: Array(printed.utf8)))
            #expect(printed.contains("«secret:x»"))
        }
    }

    @Test("A secret that becomes known after its case was written is not in the file either")
    func late() async throws {
        let redactor = Redactor()
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let report = try JUnitReport(path: folder.file("a.xml"), seam: OutputSeam(redactor: redactor))
        for event in Self.events("captured-later") { try report.receive(event) }
        redactor.register("captured-later", label: "late")
        // A secret that is a word of our markup must not tear the file apart.
        redactor.register("testcase", label: "silly")
        try report.close()
        let xml = String(decoding: try TemporaryFolder.read(folder.file("a.xml")), as: UTF8.self)
        #expect(!xml.contains("captured-later"))
        #expect(xml.contains("«secret:late»"))
        try await xmllint(xml)
    }

    @Test("A secret that emerges when forbidden characters are dropped is masked")
    func emerging() throws {
        let redactor = Redactor()
        redactor.register("s3cr3t-value", label: "x")
        let xml = try junit(SampleRun.failing(actual: "s3cr3t\u{1}-value"), redactor: redactor)
        #expect(xml.contains("got «secret:x»"))
    }

    @Test("A cut leaves no part of a secret")
    func cut() throws {
        let redactor = Redactor()
        redactor.register("0123456789-secret", label: "x")
        for length in 440...500 {
            let events = SampleRun.failing(actual: String(repeating: "x", count: length) + "0123456789-secret")
            #expect(!(try junit(events, redactor: redactor)).contains("012345"))
            #expect(!console(events, redactor: redactor).contains("012345"))
        }
    }
}
