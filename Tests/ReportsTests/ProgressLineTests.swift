import Testing

@testable import Reports

@Suite("Progress line")
struct ProgressLineTests {
    @Test(
        "Rate and time left stand there once they mean something",
        arguments: [
            (40, 0, 0, Duration.zero, "0 of 40"),
            (40, 12, 0, .milliseconds(400), "12 of 40"),
            (40, 12, 1, .seconds(1), "12 of 40, 1 not passed, 12/s"),
            (40, 12, 0, .seconds(4), "12 of 40, 3.0/s, about 10 s left"),
            (100_000, 10, 0, .seconds(100), "10 of 100000, 0.1/s, about 277 h 45 min left"),
            (40, 40, 0, .seconds(4), "40 of 40, 10/s"),
            (0, 3, 0, .zero, "3 done"),
            (2, 3, 0, .seconds(3), "3 of 3, 1.0/s"),
        ])
    func text(total: Int, done: Int, failed: Int, elapsed: Duration, expected: String) {
        let line = ProgressLine(total: total, done: done, failed: failed)
        #expect(line.text(elapsed: elapsed, width: 80) == expected)
    }

    @Test("It never wraps")
    func narrow() {
        #expect(ProgressLine(total: 40, done: 12, failed: 3).text(elapsed: .seconds(4), width: 20).count < 19)
    }
}
