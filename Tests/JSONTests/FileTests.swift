import Diagnostics
import JSON
import Testing

@Suite("JSON files of ours")
struct FileTests {
    @Test("What is wrong is told with its line")
    func notJSON() {
        let file = SourceFile(path: "c.json", text: "{\n  \"a\": 1,\n}\n")
        var bag = DiagnosticBag()
        #expect(JSONFile.read(file, into: &bag) == nil)
        #expect(bag.diagnostics.map(\.code) == ["not-json"])
        #expect(
            bag.diagnostics.first?.description == """
                error: a comma stands before '}'
                 --> c.json:2:9
                  |
                2 |   "a": 1,
                  |         ^
                   = help: JSON has no trailing commas; remove it
                """)
    }

    @Test("A good file gives its root and no word")
    func good() throws {
        var bag = DiagnosticBag()
        let root = try #require(JSONFile.read(SourceFile(path: "c.json", text: "[1]"), into: &bag))
        #expect(root.count == 1)
        #expect(bag.isEmpty)
    }

    @Test(
        "Durations are shown in the shortest form",
        arguments: [
            (.zero, "0 ms"), (.milliseconds(1), "1 ms"), (.microseconds(999_400), "999 ms"),
            (.microseconds(999_700), "1 s"),
            (.milliseconds(1240), "1.24 s"), (.milliseconds(1200), "1.2 s"), (.milliseconds(1050), "1.05 s"),
            (.milliseconds(59_990), "59.99 s"), (.milliseconds(59_999), "1 min"), (.seconds(60), "1 min"),
            (.seconds(125), "2 min 5 s"), (.milliseconds(3_599_999), "1 h"), (.seconds(3600), "1 h"),
            (.seconds(5400), "1 h 30 min"), (.seconds(360_000_000), "100000 h"),
        ] as [(Duration, String)])
    func durations(duration: Duration, text: String) {
        #expect(DurationText.display(duration) == text)
    }

    @Test(
        "Durations are read in all units",
        arguments: [
            ("250ms", .milliseconds(250)), ("10s", .seconds(10)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
            ("1.5s", .milliseconds(1500)), ("0.25ms", .microseconds(250)), ("0s", .zero),
            ("100000h", .seconds(360_000_000)),
        ] as [(String, Duration)])
    func readsDurations(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }
}
