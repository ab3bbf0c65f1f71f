import Results
import Secrets
import Testing

@testable import Reports

@Suite("Console report")
struct ConsoleReportTests {
    @Test("Plain: a line for each request, then what did not pass, then the counts")
    func plain() {
        #expect(
            console(SampleRun.events(notices: ["providers/zarv.json replaces the built-in zarv"])) == Self.plainText)
    }

    @Test("Quiet: only what did not pass, and the counts")
    func quiet() {
        let start = Self.plainText.firstRange(of: "\nFailures")?.lowerBound ?? Self.plainText.endIndex
        #expect(console(SampleRun.events(), ConsoleOptions(verbosity: .quiet)) == Self.plainText[start...])
        #expect(
            console(SampleRun.passing, ConsoleOptions(verbosity: .quiet))
                == "2 passed in 1 s\n3 contract cases not run (--contract)\n")
    }

    @Test("Notices are for the quiet too")
    func quietNotices() {
        let printed = console([SampleRun.start(notices: ["secrets in clear"])], ConsoleOptions(verbosity: .quiet))
        #expect(printed == "note: secrets in clear\nnothing was run in 1 s\n")
    }

    @Test("Verbose: method, URL, size, identity and where the time went")
    func verbose() {
        #expect(
            console(SampleRun.passing, ConsoleOptions(verbosity: .verbose)) == """

                Zarv resources  collections/zarv.json
                  ✓ 200   84 ms  list resources
                                 GET https://api.zarv.dev/v1/resource, 1.2 kB, as acme
                                 name lookup 1 ms, TLS 12 ms, first byte after 80 ms, transfer <1 ms

                2 passed in 1 s
                3 contract cases not run (--contract)

                """)
    }

    @Test("On a terminal: colours, and a progress line that is erased before every line")
    func ansi() {
        let options = ConsoleOptions(showsProgress: true, hasColor: true, width: 60)
        let printed = console(Array(SampleRun.events().prefix(8)), options)
            .split(separator: "\u{1B}", omittingEmptySubsequences: false).joined(separator: "␛")
            .split(separator: "\r", omittingEmptySubsequences: false).joined(separator: "⏎")
        #expect(printed.hasPrefix(Self.ansiText), "\(printed)")
        #expect(!printed.split(separator: "␛[1mFailures").dropFirst().joined().contains("⏎"))
    }

    @Test("Words stand in for marks where the terminal has none")
    func words() {
        let printed = console(SampleRun.events(), ConsoleOptions(hasSymbols: false))
        let lines = printed.split(separator: "\n")
        #expect(lines.contains("  ok   200   84 ms  list resources"))
        #expect(lines.contains("  FAIL 404   12 ms  orders v1.2 > read one [NO] (3 attempts)"))
        #expect(lines.contains("  ERR         10 s  slow one"))
        #expect(lines.contains("  skip              delete one: skipped: 'read one' did not pass"))
        #expect(printed.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("A collection without cases has no heading, and an interrupted run says so")
    func interrupted() {
        var totals = RunTotals()
        totals.isInterrupted = true
        totals.skipped = 2
        totals.contractCasesNotRun = 1
        totals.duration = .milliseconds(80)
        #expect(
            console([.collectionStarted(SampleRun.empty), .collectionFinished(SampleRun.empty), .runFinished(totals)])
                == "interrupted: 2 skipped in 80 ms\n1 contract case not run (--contract)\n")
    }

    @Test("A source line that holds a secret is not shown: it may be cut in the middle of it")
    func secretLine() {
        let redactor = Redactor()
        redactor.register("list resources", label: "x")
        var outcome = SampleRun.error
        outcome.verdict = .error(RunProblem(.invalid, "no", at: SampleRun.span("GET /v1/resource\",")))
        let printed = console(
            [.collectionStarted(SampleRun.collection), .requestFinished(outcome)], redactor: redactor)
        #expect(printed.contains("    --> collections/zarv.json:3:45\n"))
        #expect(!printed.contains("\"name\""))
    }

    @Test("Reasons are cut to the terminal, names are not")
    func width() {
        var outcome = SampleRun.skipped
        outcome.verdict = .skipped(String(repeating: "reason ", count: 30))
        let line = console(
            [.collectionStarted(SampleRun.collection), .requestFinished(outcome)], ConsoleOptions(width: 60)
        ).split(separator: "\n")[1]
        #expect(line.count == 59)
        #expect(line.hasSuffix("…"))
    }

    static let plainText = """
        note: providers/zarv.json replaces the built-in zarv

        Zarv resources  collections/zarv.json
          ✓ 200   84 ms  list resources
          ✗ 404   12 ms  orders v1.2 › read one [NO] (3 attempts)
          !        10 s  slow one
          –              delete one: skipped: 'read one' did not pass

        Failures

        ✗ Zarv resources › orders v1.2 › read one [NO]
            GET https://api.zarv.dev/v1/resource answered 404 (1.2 kB) in 12 ms, as acme
            status: expected 200, got 404
             --> collections/zarv.json:4:29
              |
            4 |       "expect": { "status": 200, "json": { "$.items": { "count": { "atLeast": 1 } } } } },
              |                             ^^^
            $.items: expected at least 1 element, got nothing
             --> collections/zarv.json:4:66
              |
            4 |       "expect": { "status": 200, "json": { "$.items": { "count": { "atLeast": 1 } } } } },
              |                                                                  ^^^^^^^^^^^^^^^^
            body: {"error": "not found"}
            $ curl https://api.zarv.dev/v1/resource

        Without verdict

        ! Zarv resources › slow one
            GET https://api.zarv.dev/v1/slow got no answer in 10 s
            no answer from api.zarv.dev within 10 s
             --> collections/zarv.json:5:38
              |
            5 |     { "name": "read one", "request": "GET /v1/resource/{{firstID}}" }
              |                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        Credentials that could not be had

        ! globex (zarv)
            the token service answered 401 (invalid_client)
             --> environments/prod.json:2:3
              |
            2 |   "globex": {} } }
              |   ^^^^^^^^

        2 passed, 1 failed, 2 without verdict, 1 skipped in 1.24 s
        3 contract cases not run (--contract)

        """

    static let ansiText = """
        ␛[2m  0 of 4␛[0m⏎␛[K
        ␛[1mZarv resources␛[0m  ␛[2mcollections/zarv.json␛[0m
          ␛[32m✓␛[0m 200 ␛[2m  84 ms␛[0m  list resources
        ␛[2m  1 of 4, 0.5/s, about 6 s left␛[0m⏎␛[K  ␛[31m✗␛[0m 404 ␛[2m  12 ms␛[0m  ␛[1morders v1.2 › read one [NO]␛[0m␛[2m (3 attempts)␛[0m
        ␛[2m  2 of 4, 1 not passed, 0.7/s, about 3 s left␛[0m⏎␛[K  ␛[33m!␛[0m     ␛[2m   10 s␛[0m  ␛[1mslow one␛[0m
        ␛[2m  3 of 4, 2 not passed, 0.8/s, about 2 s left␛[0m⏎␛[K  ␛[2m–␛[0m     ␛[2m       ␛[0m  ␛[2mdelete one: skipped: 'read one' did not p…␛[0m
        ␛[2m  4 of 4, 2 not passed, 0.8/s␛[0m⏎␛[K
        ␛[1mFailures␛[0m

        ␛[31m✗␛[0m ␛[1mZarv resources › orders v1.2 › read one [NO]␛[0m
            ␛[2mGET https://api.zarv.dev/v1/resource answered 404 (1.2 kB) in 12 ms, as acme␛[0m
            ␛[31mstatus: expected 200, got 404␛[0m
             --> collections/zarv.json:4:29
        """
}
