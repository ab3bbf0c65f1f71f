import Diagnostics
import Testing

@Suite("Diagnostics as text")
struct RendererTests {
    private static func diagnostic(
        _ text: String, _ range: Range<Int>, _ severity: Diagnostic.Severity = .error, label: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity, code: "c", "it is wrong", at: Span(SourceFile(path: "f.json", text: text), range), label: label)
    }

    private static func excerpt(_ text: String, _ range: Range<Int>) -> [Substring] {
        Array(DiagnosticRenderer().render(diagnostic(text, range)).split(separator: "\n").suffix(2))
    }

    @Test("Title, place, line, carets, notes and help")
    func plain() {
        let file = SourceFile(path: "c/orders.json", text: "{\n  \"nmae\": \"x\"\n}\n")
        let diagnostic = Diagnostic(
            code: "unknown-member", "unknown member 'nmae'", at: Span(file, 4..<10), label: "not known",
            notes: ["one", "two"], help: "did you mean 'name'?")
        #expect(
            DiagnosticRenderer().render(diagnostic) == """
                error: unknown member 'nmae'
                 --> c/orders.json:2:3
                  |
                2 |   "nmae": "x"
                  |   ^^^^^^ not known
                   = note: one
                   = note: two
                   = help: did you mean 'name'?
                """)
        #expect("\(diagnostic)" == DiagnosticRenderer().render(diagnostic))
    }

    @Test("The same with colours")
    func ansi() {
        let red = "\u{1B}[1;31m", yellow = "\u{1B}[1;33m", bold = "\u{1B}[1m", off = "\u{1B}[0m"
        let renderer = DiagnosticRenderer(style: .ansi)
        #expect(
            renderer.render(Self.diagnostic("abc", 1..<3, label: "here")) == """
                \(red)error\(off): \(bold)it is wrong\(off)
                 --> f.json:1:2
                  |
                1 | abc
                  |  \(red)^^\(off) here
                """)
        #expect(
            renderer.render(Self.diagnostic("abc", 0..<1, .warning)) == """
                \(yellow)warning\(off): \(bold)it is wrong\(off)
                 --> f.json:1:1
                  |
                1 | abc
                  | \(yellow)^\(off)
                """)
    }

    @Test("Without a place there is only the title")
    func noPlace() {
        #expect(DiagnosticRenderer().render(Diagnostic(code: "c", "it is wrong")) == "error: it is wrong")
    }

    @Test("The gutter is as wide as the line number")
    func gutter() {
        let text = String(repeating: "\n", count: 99) + "abc"
        #expect(
            DiagnosticRenderer().render(Self.diagnostic(text, 100..<101)) == """
                error: it is wrong
                   --> f.json:100:2
                    |
                100 | abc
                    |  ^
                """)
    }

    @Test(
        "Carets stand under what is marked",
        arguments: [
            // Tabs are four columns wide, wherever they stand.
            ("\tab", 1..<2, "1 |     ab", "  |     ^"), ("\tab", 0..<1, "1 |     ab", "  | ^^^^"),
            ("é😀x", 6..<7, "1 | é😀x", "  |   ^"), ("é😀x", 2..<6, "1 | é😀x", "  |  ^"),
            // An empty mark gets one caret; so does one at the end of the line, of the file, behind it.
            ("abc", 1..<1, "1 | abc", "  |  ^"), ("abc", 3..<3, "1 | abc", "  |    ^"),
            ("abc", 70..<90, "1 | abc", "  |    ^"), ("a\nb", 1..<2, "1 | a", "  |  ^"), ("", 0..<0, "1 | ", "  | ^"),
            // What goes on in the next line is marked to the end of the first; CR LF is not shown.
            ("ab\ncd", 1..<5, "1 | ab", "  |  ^"), ("ab\r\ncd", 0..<6, "1 | ab", "  | ^^"),
            ("ab\r\ncd", 4..<6, "2 | cd", "  | ^^"),
        ])
    func carets(text: String, range: Range<Int>, line: String, carets: String) {
        #expect(Self.excerpt(text, range).map(String.init) == [line, carets])
    }

    @Test(
        "Nothing of an input steers the terminal",
        arguments: ["\u{1B}", "\u{0}", "\u{7}", "\u{8}", "\u{7F}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2028}"])
    func controlCharacters(character: String) {
        let hostile = "a\(character)b"
        var diagnostic = Self.diagnostic(hostile, 0..<1, label: hostile)
        diagnostic.title = hostile
        diagnostic.notes = [hostile]
        diagnostic.help = hostile
        let text = DiagnosticRenderer().render(diagnostic)
        #expect(!text.contains(character))
        #expect(text.split(separator: "a\u{FFFD}b", omittingEmptySubsequences: false).count == 6)
    }

    @Test("A title cannot pretend to be several lines")
    func titleOfSeveralLines() {
        let text = DiagnosticRenderer().render(Diagnostic(code: "c", "a\nerror: b", help: "c\r\nd"))
        #expect(text == "error: a\u{FFFD}error: b\n   = help: c\u{FFFD}d")
    }

    @Test("A long line is cut around the mark")
    func longLine() throws {
        let text = String(repeating: "a", count: 5000) + "XYZ" + String(repeating: "b", count: 5000)
        #expect(
            Self.excerpt(text, 5000..<5003).map(String.init) == [
                "1 | …" + String(repeating: "a", count: 80) + "XYZ" + String(repeating: "b", count: 20) + "…",
                "  | " + String(repeating: " ", count: 81) + "^^^",
            ])
        #expect(
            Self.excerpt(text, 0..<1).map(String.init) == ["1 | " + String(repeating: "a", count: 100) + "…", "  | ^"])
        // A mark longer than the window is cut itself.
        #expect(
            Self.excerpt(text, 0..<6000).map(String.init) == [
                "1 | " + String(repeating: "a", count: 100) + "…", "  | " + String(repeating: "^", count: 100),
            ])
        // Exactly as wide as the window: whole.
        let fitting = String(repeating: "a", count: 100)
        #expect(Self.excerpt(fitting, 99..<100).first.map(String.init) == "1 | " + fitting)
    }

    @Test("Hidden parts are never shown, whichever problem of the line is told")
    func hiddenParts() {
        let text = #"{ "user": "u", "pass": "hunter2", "x": 1 }"#
        let file = SourceFile(path: "env.json", text: text)
        file.hide(24..<31)
        let lines = [24..<31, 23..<32, 0..<1, 26..<28, 34..<37].map { range in
            DiagnosticRenderer().render(Diagnostic(code: "c", "t", at: Span(file, range)))
        }
        for line in lines {
            #expect(!line.contains("unter"))
            #expect(line.contains("•••"))
            #expect(!line.contains("h•") && !line.contains("•2"))
        }
        #expect(
            lines[1].hasSuffix("1 | { \"user\": \"u\", \"pass\": \"•••\", \"x\": 1 }\n  |                        ^^^^^")
        )
        file.hide(500..<900)
        file.hide(0..<900)
        #expect(
            DiagnosticRenderer().render(Diagnostic(code: "c", "t", at: Span(file, 3..<4))).contains("user") == false)
    }
}
