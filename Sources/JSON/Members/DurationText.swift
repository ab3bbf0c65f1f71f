/// Durations as files and options write them: `"250ms"`, `"10s"`, `"5m"`, `"1h"` (formats.md R0).
package enum DurationText {
    private static let units: [(suffix: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
    ]

    /// nil where the text is not a duration or above 100,000 hours.
    package static func parse(_ text: String) -> Duration? {
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
        let number = text.dropLast(unit.suffix.count)
        // As the published schema has it: digits, and where there is a point, digits on both sides of it.
        let parts = number.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }), let value = Double(number)
        else { return nil }
        let milliseconds = value * unit.milliseconds
        guard milliseconds <= 3.6e11 else { return nil }
        return .microseconds(Int64(milliseconds * 1000 + 0.5))
    }

    /// The shortest form for people: `850 ms`, `1.24 s`, `2 min 5 s`.
    package static func display(_ duration: Duration) -> String {
        let milliseconds = Double(duration.components.seconds) * 1000 + Double(duration.components.attoseconds) / 1e15
        // Compared as it will be rounded, or 999.7 ms would read "1000 ms".
        if milliseconds < 999.5 { return "\(Int(milliseconds + 0.5)) ms" }
        if milliseconds < 59_995 { return decimals(milliseconds / 1000) + " s" }
        let seconds = Int(milliseconds / 1000 + 0.5)
        if seconds < 3600 { return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s" }
        let minutes = seconds / 60
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }

    private static func decimals(_ value: Double) -> String {
        let hundredths = Int(value * 100 + 0.5)
        let fraction = hundredths % 100
        if fraction == 0 { return "\(hundredths / 100)" }
        let digits = fraction < 10 ? "0\(fraction)" : fraction % 10 == 0 ? "\(fraction / 10)" : "\(fraction)"
        return "\(hundredths / 100).\(digits)"
    }
}
