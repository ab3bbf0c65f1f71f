import Results
import Secrets
import Testing

@testable import Reports

@Suite("Contract results on the console")
struct ContractConsoleTests {
    @Test(
        "Lines for what was not simply kept, the findings by kind, who got in where, and the counts",
        arguments: [
            ("plain.txt", ConsoleOptions()),
            ("colour.txt", ConsoleOptions(hasColor: true, width: 120)),
            ("progress.txt", ConsoleOptions(showsProgress: true, hasColor: true, width: 60)),
            ("narrow.txt", ConsoleOptions(width: 80)),
            ("words.txt", ConsoleOptions(hasSymbols: false, width: 80)),
            ("quiet.txt", ConsoleOptions(verbosity: .quiet)),
            ("verbose.txt", ConsoleOptions(verbosity: .verbose)),
        ])
    func golden(name: String, options: ConsoleOptions) throws {
        try expectGolden(name, console(SampleContract.events, options))
    }

    @Test("Where the terminal has no marks, all is ASCII but what others wrote")
    func words() {
        let printed = console(SampleContract.events, ConsoleOptions(hasSymbols: false, width: 80))
        #expect(printed.replacing("§", with: "").utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("No line of ours is wider than the terminal, names and the counts apart", arguments: [80, 120])
    func width(width: Int) {
        let lines = console(SampleContract.events, ConsoleOptions(width: width)).split(separator: "\n")
        let long = lines.filter { $0.count >= width && !$0.hasPrefix("contract: ") }
        #expect(long == [])
    }

    @Test("A run in which all was kept has a table and a count, and no lists")
    func kept() {
        let events: [RunEvent] = [
            .collectionStarted(SampleRun.collection), .requestFinished(SampleRun.passed()),
            SampleContract.outcome(.probe("no-credential"), .passed),
            SampleContract.outcome(.probe("invalid-credential"), .passed),
        ]
        #expect(
            console(events) == """

                Zarv resources  collections/zarv.json
                  ✓ 200   84 ms  list resources

                Access
                Zarv resources    acme  anonymous
                  list resources  ✓     –
                  ✓ let in, rightly   – kept out, rightly

                3 passed in 1 s
                contract: 2 kept
                3 contract cases not run (--contract)

                """)
    }

    @Test("Only kept cases of a collection without lines leave no heading")
    func headings() {
        let events: [RunEvent] = [
            .collectionStarted(SampleRun.collection), SampleContract.outcome(.rule("RES-01"), .passed),
        ]
        #expect(console(events) == "\n1 passed in 1 s\ncontract: 1 kept\n")
    }

    @Test("A case that comes after the last request is under the heading of its collection")
    func late() {
        let events: [RunEvent] = [
            .collectionStarted(SampleRun.collection), .collectionFinished(SampleRun.collection),
            SampleContract.outcome(.rule("TOK-09"), of: "acme", .failed(SampleContract.clientSecret), status: 400),
        ]
        #expect(
            console(events).hasPrefix(
                "\nZarv resources  collections/zarv.json\n  ✗ 400   12 ms  TOK-09 acme: Deviation, expected"))
    }

    @Test("Ten thousand findings leave a hundred blocks and sixty rows; the rest is counted", .timeLimit(.minutes(1)))
    func bounded() {
        var events: [RunEvent] = [.collectionStarted(SampleRun.collection)]
        for number in 0..<10_000 {
            let verdict: ContractVerdict = number < 9000 ? .passed : .failed(SampleContract.hole)
            events.append(
                SampleContract.outcome(.probe("no-credential"), row: "#\(number)", verdict, rule: SampleContract.res01))
        }
        let lines = console(events, ConsoleOptions(verbosity: .quiet)).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("✗ Zarv resources › list resources") } == 100)
        #expect(lines.count { $0.hasPrefix("  ✗ 401") } == 900)
        #expect(lines.contains("and 900 more, which are only in the lines above"))
        let table = console(events).split(separator: "\n")
        #expect(table.count { $0.hasPrefix("  list resources [#") } == 60)
        #expect(table.contains("  and 9940 more, 940 of them with findings"))
        #expect(table.last == "contract: 9000 kept, 1000 holes")
    }
}
