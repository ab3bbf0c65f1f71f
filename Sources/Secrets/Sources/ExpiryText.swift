/// A moment as credential helpers print it: `2026-11-25T08:30:00Z` (RFC 3339 §5.6), or seconds or milliseconds since 1970.
enum ExpiryText {
    /// Milliseconds since 1970; nil where it is neither.
    static func milliseconds(_ text: String) -> Int64? {
        if let number = Double(text), number >= 0, number < 1e14 {
            // Seconds reach this number in the year 5138.
            return Int64(number < 1e11 ? number * 1000 : number)
        }
        let bytes = Array(text.utf8)
        let marks: [(Int, String)] = [(4, "-"), (7, "-"), (10, "Tt "), (13, ":"), (16, ":")]
        guard bytes.count >= 20, marks.allSatisfy({ $1.utf8.contains(bytes[$0]) }),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            1...12 ~= month, 1...31 ~= day, hour < 24, minute < 60, second <= 60, let offset = offset(bytes[19...])
        else { return nil }
        return (days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60) * 1000
    }

    /// Minutes east of Greenwich, a fraction of the second before it left out.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        var rest = bytes
        if rest.first == UInt8(ascii: ".") { rest = rest.dropFirst().drop { $0 &- 0x30 < 10 } }
        if rest.count == 1, let zone = rest.first, zone | 0x20 == UInt8(ascii: "z") { return 0 }
        let text = Array(rest)
        guard text.count == 6, text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
            text[3] == UInt8(ascii: ":"), let hours = number(text[1..<3]), let minutes = number(text[4..<6])
        else { return nil }
        return (text[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Since 1970, by the civil calendar.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
