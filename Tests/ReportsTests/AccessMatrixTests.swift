import Results
import Secrets
import Testing

@testable import Reports

@Suite("Access matrix")
struct AccessMatrixTests {
    static func matrix(_ events: [RunEvent]) -> AccessMatrix {
        var matrix = AccessMatrix()
        for event in events {
            switch event {
            case .requestFinished(let outcome): matrix.add(outcome, in: "c")
            case .contractFinished(let outcome): matrix.add(outcome, in: "c")
            default: break
            }
        }
        matrix.close()
        return matrix
    }

    static func table(_ matrix: AccessMatrix, width: Int?, hasSymbols: Bool = true) -> [Substring] {
        let text = TerminalText(redactor: Redactor())
        return AccessMatrixText(
            paint: Paint(hasColor: false, hasSymbols: hasSymbols), text: text, width: width
        ).render(matrix).split(separator: "\n")
    }

    static let passed = SampleContract.access("globex", of: "a", groups: [], row: nil, .passed)

    @Test(
        "A cell says whether a caller was let in, and whether rightly",
        arguments: [
            (ContractVerdict.passed, 200, nil, AccessMatrix.Cell.letIn), (.passed, 404, nil, .keptOut),
            (.passed, 200, false, .keptOut), (.passed, 404, true, .letIn), (.passed, nil, nil, .keptOut),
            (.failed(SampleContract.hole), 200, nil, .hole), (.failed(SampleContract.shut), 403, nil, .deviation),
            (.warned(SampleContract.warning), 401, nil, .deviation), (.noVerdict("No verdict: x"), nil, nil, .unknown),
            (.skipped("no second identity"), nil, nil, nil),
        ] as [(ContractVerdict, Int?, Bool?, AccessMatrix.Cell?)])
    func cells(verdict: ContractVerdict, status: Int?, isAdmitted: Bool?, expected: AccessMatrix.Cell?) {
        guard case .contractFinished(var outcome) = SampleContract.access("globex", verdict, status: status) else {
            return
        }
        outcome.isAdmitted = isAdmitted
        #expect(Self.matrix([.contractFinished(outcome)]).rows.first?.cells["globex"] == expected)
    }

    @Test("A success that answers a probe without credential and was expected keeps the caller out")
    func probe() {
        let event = SampleContract.outcome(.probe("no-credential"), .passed, status: 200)
        #expect(Self.matrix([event]).rows.first?.cells == ["anonymous": .keptOut])
        #expect(Self.matrix([SampleContract.outcome(.probe("bare-credential"), .passed)]).rows.isEmpty)
    }

    @Test("The sender has a tick whether the request came before its cases or after them")
    func sender() {
        let cases = [SampleContract.access("globex", .passed), SampleContract.access("anonymous", .passed)]
        for events in [[SampleContract.readOne] + cases, cases + [SampleContract.readOne]] {
            let matrix = Self.matrix(events)
            #expect(matrix.rows.map(\.cells) == [["acme": .letIn, "globex": .keptOut, "anonymous": .keptOut]])
            #expect(matrix.callers.last == "anonymous")
        }
        #expect(Self.matrix([.requestFinished(SampleRun.passed())] + cases).rows.first?.cells["acme"] == nil)
    }

    @Test("Asked more than once, the worst answer stands")
    func worst() {
        let events = [
            SampleContract.access("globex", .passed), SampleContract.access("globex", .failed(SampleContract.hole)),
            SampleContract.access("globex", .noVerdict("No verdict: x")),
        ]
        #expect(Self.matrix(events).rows.first?.cells == ["globex": .hole])
    }

    @Test("Rows with findings take the place of rows without")
    func room() {
        let clean = (0..<100).map { SampleContract.access("globex", row: "#\($0)", .passed) }
        let bad = (0..<70).map { SampleContract.access("globex", row: "!\($0)", .failed(SampleContract.hole)) }
        var matrix = Self.matrix(clean + bad.prefix(10))
        #expect(matrix.rows.count == 60)
        #expect(matrix.rows.count { $0.hasFinding } == 10)
        #expect((matrix.hidden, matrix.hiddenFindings) == (50, 0))
        matrix = Self.matrix(clean + bad)
        #expect(matrix.rows.allSatisfy { $0.hasFinding })
        #expect((matrix.hidden, matrix.hiddenFindings) == (110, 10))
    }

    @Test("Names of callers that find no room become numbers with a key")
    func numbers() {
        let callers = ["acme-production-reader", "acme-production-writer", "globex-production-reader", "initech"]
        let matrix = Self.matrix(callers.map { SampleContract.access($0, .passed) })
        #expect(
            Self.table(matrix, width: 80) == [
                "Access", "c                              1  2  3  4", "  orders v1.2 › read one [NO]  –  –  –  –",
                "  1\u{A0}acme-production-reader, 2\u{A0}acme-production-writer,",
                "  3\u{A0}globex-production-reader, 4\u{A0}initech", "  – kept out, rightly",
            ])
        #expect(Self.table(matrix, width: nil)[1].hasSuffix("  initech"))
    }

    @Test(
        "It is never wider than the terminal, however many callers there are", arguments: [40, 80, 120], [true, false])
    func narrow(width: Int, hasSymbols: Bool) {
        let callers = (0..<200).map { "identity-\($0)" }
        let events = callers.map {
            SampleContract.access($0, of: String(repeating: "long name ", count: 20), .passed)
        }
        let lines = Self.table(Self.matrix(events), width: width, hasSymbols: hasSymbols)
        #expect(lines.filter { $0.count >= width } == [])
        let words = lines.flatMap { $0.split(separator: " ") }.joined(separator: " ")
        #expect(words.contains("more callers that find no room"))
    }

    @Test("Without a case of access there is no table")
    func nothing() {
        #expect(Self.table(Self.matrix([SampleContract.outcome(.rule("RES-01"), .passed)]), width: 80).isEmpty)
    }
}
