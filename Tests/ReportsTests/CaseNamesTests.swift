import Results
import Testing

@testable import Reports

@Suite("Names of cases")
struct CaseNamesTests {
    @Test(
        "The class name is the path without its extension, then the groups, with dots for steps only",
        arguments: [
            ("collections/zarv.json", [], "collections.zarv"),
            ("./collections/zarv.json", [], "collections.zarv"),
            (
                "collections/v1.2/zarv.smoke.json", ["orders", "v1.2 only"],
                "collections.v1_2.zarv_smoke.orders.v1_2 only"
            ),
            ("zarv", [], "zarv"),
            (".hidden", [], "_hidden"),
            ("../shared/zarv.json", [], "__.shared.zarv"),
            ("/abs/zarv.json", ["a/b"], "abs.zarv.a/b"),
            ("collections/zarv.json", ["a  b\n c"], "collections.zarv.a b c"),
        ] as [(String, [String], String)])
    func classNames(path: String, groups: [String], expected: String) {
        #expect(CaseNames.className(CaseNames.className(path: path), groups: groups) == expected)
    }

    @Test(
        "A row's label follows the name",
        arguments: [
            ("read one", nil, "read one"), ("read one", "NO", "read one [NO]"), ("read one", "#3", "read one [#3]"),
            ("a  b", nil, "a b"), ("é ü", nil, "é ü"), ("\u{A0}x\u{2028}y", nil, "x y"),
            (" read\tone ", "a\nb", "read one [a b]"),
        ] as [(String, String?, String)])
    func rows(name: String, label: String?, expected: String) {
        let outcome = RequestOutcome(name: name, rowLabel: label, span: SampleRun.span("200"), verdict: .passed)
        #expect(CaseNames.caseName(outcome) == expected)
    }

    @Test(
        "A contract case is named by its request and what was tried, or by the rule and what it is about",
        arguments: [
            (.probe("no-credential"), nil, "read one › no-credential"),
            (.probe("no-credential"), "NO", "read one [NO] › no-credential"),
            (.access(caller: "globex", owner: nil), nil, "read one › as globex"),
            (.access(caller: "globex", owner: "acme"), "#3", "read one [#3] › as globex on acme's"),
            (.access(caller: "a  b\nc", owner: nil), nil, "read one › as a b c"),
            (.rule("RES-03"), nil, "RES-03 read one"), (.promise("ZV-01"), "NO", "ZV-01 read one [NO]"),
        ] as [(ContractOutcome.Kind, String?, String)])
    func contract(kind: ContractOutcome.Kind, label: String?, expected: String) {
        var outcome = ContractOutcome(
            kind, of: "read  one", groups: ["orders"], at: SampleRun.span("200"), verdict: .passed)
        outcome.rowLabel = label
        #expect(CaseNames.caseName(outcome) == expected)
        #expect(CaseNames.title(outcome) == "orders › \(expected)")
    }

    @Test("Names depend on the file alone: not on verdict, status, URL, identity or environment")
    func stability() throws {
        func names(
            _ verdict: Verdict, _ exchange: ExchangeSummary?, _ environment: String, _ identity: String?
        ) throws -> [Substring] {
            let outcome = RequestOutcome(
                groups: ["orders"], name: "read one", rowLabel: "NO", identity: identity,
                span: SampleRun.span("\"read one\""),
                verdict: verdict, exchange: exchange)
            let info = RunInfo(startedAt: 0, environment: environment, isSandbox: false, requestCount: 1)
            return try junit([.runStarted(info), .collectionStarted(SampleRun.collection), .requestFinished(outcome)])
                .split(separator: "\n").filter { $0.contains("<testcase") }
                .map { $0[..<($0.firstRange(of: " time=")?.lowerBound ?? $0.endIndex)] }
        }
        let expected: [Substring] = [#"    <testcase classname="collections.zarv.orders" name="read one [NO]""#]
        #expect(try names(.passed, SampleRun.exchange(200), "prod", "acme") == expected)
        #expect(try names(.failed([]), SampleRun.exchange(404), "test", nil) == expected)
        #expect(try names(.error(RunProblem(.network, "no route")), nil, "prod", "globex") == expected)
        #expect(try names(.skipped("interrupted"), nil, "test", "acme") == expected)
    }
}
