/// A moment written as RFC 3339 has it (§5.6), exact to the last digit of its fraction.
struct Instant: Sendable, Hashable, Comparable {
    /// Since 1970; a leap second counts as the second after it.
    let seconds: Int
    /// The digits behind the point without zeros at the end.
    private let fraction: String

    /// nil where the text is no date-time: `2026-11-25T08:30:00.5+01:00`, `T` and `Z` in either case.
    init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4, 0...9999), reader.take("-"), let month = reader.number(2, 1...12),
            reader.take("-"), let day = reader.number(2, 1...Self.days(month, year)), reader.take("Tt "),
            let hour = reader.number(2, 0...23), reader.take(":"), let minute = reader.number(2, 0...59),
            reader.take(":"), let second = reader.number(2, 0...60), let fraction = reader.fraction(),
            let offset = reader.offset(), reader.isAtEnd
        else { return nil }
        let days = Self.daysSince1970(year, month, day)
        seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.fraction = fraction
    }

    static func < (a: Instant, b: Instant) -> Bool {
        a.seconds == b.seconds ? a.fraction.utf8.lexicographicallyPrecedes(b.fraction.utf8) : a.seconds < b.seconds
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// Days in the proleptic Gregorian calendar, years counted from March (400 years = 146,097 days).
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ choices: String) -> Bool {
        guard let byte = rest.first, choices.utf8.contains(byte) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(_ digits: Int, _ allowed: ClosedRange<Int>) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = rest.first, TextForm.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
            rest = rest.dropFirst()
        }
        return allowed.contains(value) ? value : nil
    }

    /// nil: a point without digits.
    mutating func fraction() -> String? {
        guard take(".") else { return "" }
        var digits = rest.prefix(while: TextForm.isDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        while digits.last == UInt8(ascii: "0") { digits = digits.dropLast() }
        return String(Substring(digits))
    }

    /// Seconds east of Greenwich.
    mutating func offset() -> Int? {
        if take("Zz") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard take("+-"), let hour = number(2, 0...23), take(":"), let minute = number(2, 0...59) else { return nil }
        return (isWest ? -1 : 1) * (hour * 3600 + minute * 60)
    }
}
