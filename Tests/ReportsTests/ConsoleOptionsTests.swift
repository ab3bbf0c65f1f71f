import Reports
import Testing

@Suite("Console options")
struct ConsoleOptionsTests {
    static let terminal = ["TERM": "xterm-256color", "LANG": "en_GB.UTF-8"]

    static func with(_ changes: [String: String]) -> [String: String] {
        terminal.merging(changes) { $1 }
    }

    @Test("A capable terminal gets colours, marks and progress")
    func terminal() {
        let options = ConsoleOptions.detect(isTerminal: true, environment: Self.terminal, columns: 120)
        #expect(options == ConsoleOptions(showsProgress: true, hasColor: true, width: 120))
    }

    @Test("Where there is no terminal, output is plain whatever the environment says")
    func pipe() {
        let options = ConsoleOptions.detect(isTerminal: false, environment: ["LANG": "C"], verbosity: .verbose)
        #expect(options == ConsoleOptions(verbosity: .verbose))
    }

    @Test(
        "Colour",
        arguments: [
            ([:], false, true), (["NO_COLOR": "1"], false, false), (["NO_COLOR": ""], false, true), ([:], true, false),
            (["TERM": "dumb"], false, false), (["TERM": ""], false, false), (["CI": "true"], false, true),
        ] as [([String: String], Bool, Bool)])
    func color(changes: [String: String], noColor: Bool, expected: Bool) {
        let options = ConsoleOptions.detect(isTerminal: true, environment: Self.with(changes), noColor: noColor)
        #expect(options.hasColor == expected)
    }

    @Test(
        "Progress",
        arguments: [([:], true), (["CI": "true"], false), (["CI": "false"], true), (["TERM": "dumb"], false)])
    func progress(changes: [String: String], expected: Bool) {
        #expect(ConsoleOptions.detect(isTerminal: true, environment: Self.with(changes)).showsProgress == expected)
    }

    @Test(
        "Marks",
        arguments: [
            (["LANG": "C"], false), (["LANG": "C", "LC_ALL": "de_DE.utf8"], true), (["LC_ALL": "POSIX"], false),
            (["LANG": ""], true),
        ])
    func symbols(changes: [String: String], expected: Bool) {
        #expect(ConsoleOptions.detect(isTerminal: true, environment: Self.with(changes)).hasSymbols == expected)
    }

    @Test(
        "Width",
        arguments: [(nil, nil, 80), (100, "60", 100), (nil, "60", 60), (0, nil, 80), (5, "abc", 80)]
            as [(Int?, String?, Int)])
    func width(columns: Int?, variable: String?, expected: Int) {
        let environment = Self.with(variable.map { ["COLUMNS": $0] } ?? [:])
        #expect(ConsoleOptions.detect(isTerminal: true, environment: environment, columns: columns).width == expected)
    }
}
