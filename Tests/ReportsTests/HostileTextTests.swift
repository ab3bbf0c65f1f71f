import Reports
import Results
import Secrets
import Testing

@Suite("Hostile texts in reports")
struct HostileTextTests {
    static let texts = [
        "\u{0}\u{1}\u{8}\u{B}\u{C}\u{1B}[2J\u{1F}\u{7F}\u{85}", "\u{FFFE}\u{FFFF}\u{1FFFE}", "]]>", "<![CDATA[x]]>",
        "\"quoted\" & 'quoted' <b>", "-->", "<?xml?>", "a\r\nb\tc\rd", "&amp;&#0;&bogus;", "", "   ",
        "\u{202E}abc\u{2066}",
        "e\u{301}\u{1F469}\u{200D}\u{1F4BB}", "\u{FEFF}bom",
    ]

    @Test("Whatever a server sends, the file is XML that every schema takes", arguments: texts)
    func junitIsValid(text: String) async throws {
        let events = SampleRun.failing(actual: text, name: "a\(text)", excerpt: text)
        try await xmllint(try junit(events))
        for schema in schemas { try await xmllint(try junit(events, .strict), schema: schema) }
    }

    /// The text in every place of a contract case that others write.
    static func contract(_ text: String) -> [RunEvent] {
        let finding = ContractFinding(.hole, "Hole: \(text)", expected: text, actual: text, sent: text, source: text)
        let verdicts: [ContractVerdict] = [
            .failed(finding), .warned(finding), .noVerdict("No verdict: \(text)"), .skipped(text), .passed,
        ]
        let exchange = ExchangeSummary(method: "GET", url: text, status: 200, curl: "curl \(text)", bodyExcerpt: text)
        return [.collectionStarted(SampleRun.collection)]
            + verdicts.map {
                .contractFinished(
                    ContractOutcome(
                        .access(caller: text, owner: text), of: text, groups: [text], at: SampleRun.span("200"),
                        verdict: $0, rule: RuleNote("X-1", title: text, source: text), exchange: exchange,
                        remarks: [text]))
            }
    }

    @Test("Nothing of it tears a contract case apart", arguments: texts)
    func contractIsSafe(text: String) async throws {
        let events = Self.contract(text)
        try await xmllint(try junit(events))
        for schema in schemas { try await xmllint(try junit(events, .strict), schema: schema) }
        for options in [ConsoleOptions(verbosity: .verbose), ConsoleOptions(width: 40)] {
            #expect(!console(events, options).unicodeScalars.contains(where: Self.isControl))
        }
    }

    static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    @Test("All but the impossible characters come through")
    func kept() throws {
        let xml = try junit(SampleRun.failing(actual: "a<\u{1}b>\u{FFFE}&\u{FFFF}\"c\"\r\u{FFFD}\u{EFFE}"))
        #expect(xml.contains("got a&lt;b&gt;&amp;&quot;c&quot;&#13;\u{FFFD}\u{EFFE}"))
    }

    @Test("Line ends in attributes survive as references")
    func attributes() throws {
        let outcome = RequestOutcome(name: "a", span: SampleRun.span("200"), verdict: .skipped("one\ntwo\tthree"))
        let xml = try junit([.collectionStarted(SampleRun.collection), .requestFinished(outcome)])
        #expect(xml.contains(#"<skipped message="one&#10;two&#9;three"/>"#))
    }

    @Test("A message of a megabyte is cut in the attribute and in the text")
    func long() async throws {
        let xml = try junit(SampleRun.failing(actual: String(repeating: "x", count: 1 << 20)))
        #expect(xml.utf8.count < 8000)
        #expect(xml.contains("…"))
        try await xmllint(xml)
    }

    @Test("A hundred thousand mismatches make one short case")
    func manyMismatches() throws {
        let mismatch = SampleRun.failing(actual: "x")
        guard case .requestFinished(var outcome) = mismatch[1], case .failed(let one) = outcome.verdict else {
            Issue.record("the sample has changed")
            return
        }
        outcome.verdict = .failed(Array(repeating: one[0], count: 100_000))
        let events: [RunEvent] = [.collectionStarted(SampleRun.collection), .requestFinished(outcome)]
        #expect(try junit(events).utf8.count < 10_000)
        #expect(try junit(events).contains("(+99999 more)"))
        #expect(console(events).contains("and 99980 more expectations that did not hold"))
    }

    @Test("Nothing a server sends reaches the terminal as a control", arguments: texts)
    func terminal(text: String) {
        let printed = console(SampleRun.failing(actual: text, name: text, excerpt: text))
        #expect(!printed.unicodeScalars.contains(where: Self.isControl))
    }
}
