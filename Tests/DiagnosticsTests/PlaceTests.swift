import Diagnostics
import Testing

@Suite("Places in a source file")
struct PlaceTests {
    @Test(
        "Lines and columns count from 1, columns in Unicode scalars",
        arguments: [
            ("", 0, 1, 1), ("abc", 0, 1, 1), ("abc", 2, 1, 3), ("abc", 3, 1, 4),
            ("a\nb", 1, 1, 2), ("a\nb", 2, 2, 1), ("a\n", 2, 2, 1), ("\n\n\n", 3, 4, 1),
            // A tab is one column, as editors count scalars.
            ("\tx", 1, 1, 2), ("\t\tx", 2, 1, 3),
            // CRLF: the line feed ends the line, the carriage return is its last column.
            ("a\r\nb", 3, 2, 1), ("a\r\nb", 1, 1, 2), ("a\r\nb", 2, 1, 3), ("a\rb", 2, 1, 3),
            // 2, 3 and 4 bytes are one column each; a combining mark is a scalar of its own.
            ("äx", 2, 1, 2), ("€x", 3, 1, 2), ("😀x", 4, 1, 2), ("e\u{301}x", 3, 1, 3), ("ä\n😀x", 7, 2, 2),
            // Past the end is the end, before the start the start.
            ("abc", 99, 1, 4), ("a\nb", 99, 2, 2), ("abc", -5, 1, 1),
        ])
    func places(text: String, offset: Int, line: Int, column: Int) {
        let place = SourceFile(path: "f", text: text).place(of: offset)
        #expect(place.line == line)
        #expect(place.column == column)
    }

    @Test("Bytes that are no UTF-8 have places too")
    func brokenBytes() {
        let file = SourceFile(path: "f", bytes: [0xFF, 0x0A, 0x80, 0x80, 0x41])
        #expect(file.place(of: 1) == (1, 2))
        #expect(file.place(of: 5).line == 2)
    }

    @Test("A span prints as compilers print places")
    func span() {
        let file = SourceFile(path: "dir/a.json", text: "{\n  \"a\": 1\n}")
        #expect(Span(file, 4..<7).place == "dir/a.json:2:3")
        #expect(Span(file, 4..<7).line == 2)
        #expect(Span(file, 4..<7) == Span(file, 4..<7))
        #expect(Span(file, 4..<7) != Span(SourceFile(path: "dir/a.json", text: "x"), 4..<7))
    }

    @Test("A bag keeps each problem once, and sorts by file and place")
    func bag() {
        let a = SourceFile(path: "a", text: "one two"), b = SourceFile(path: "b", text: "three")
        var bag = DiagnosticBag()
        bag.error("x", "third", at: Span(b, 0..<1))
        bag.error("x", "second", at: Span(a, 4..<7))
        bag.error("x", "second", at: Span(a, 4..<7))
        bag.warning("x", "first", at: Span(a, 0..<1))
        bag.error("x", "nowhere", at: nil)
        #expect(bag.diagnostics.count == 4)
        #expect(bag.sorted.map(\.title) == ["nowhere", "first", "second", "third"])
        #expect(bag.hasErrors)

        var other = DiagnosticBag()
        other.warning("x", "first", at: Span(a, 0..<1))
        #expect(!other.hasErrors && !other.isEmpty)
        bag.add(contentsOf: other)
        #expect(bag.diagnostics.count == 4)
    }

    @Test("A hundred thousand problems are collected without comparing each with all others")
    func manyProblems() {
        let file = SourceFile(path: "a", text: String(repeating: "x", count: 100))
        var bag = DiagnosticBag()
        for number in 0..<100_000 { bag.error("x", "problem \(number)", at: Span(file, 0..<1)) }
        #expect(bag.diagnostics.count == 100_000)
    }
}
