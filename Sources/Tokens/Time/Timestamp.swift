/// Reads instants as servers write them, to milliseconds since 1970.
package enum Timestamp {
    /// RFC 3339: `2026-11-25T08:30:00.250+01:00`.
    package static func parse(rfc3339 text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            bytes[10] | 0x20 == UInt8(ascii: "t") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19])
        else { return nil }
        var at = 19
        let fraction = fraction(bytes, &at)
        guard let seconds = seconds(year, month, day, hour, minute, second), let fraction,
            let offset = offset(bytes[at...])
        else { return nil }
        return (seconds - offset) * 1000 + fraction
    }

    /// IMF-fixdate of RFC 9110 §5.6.7: `Wed, 25 Nov 2026 08:30:00 GMT`.
    package static func parse(httpDate text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT", let day = number(Array(parts[1].utf8)[...]),
            let month = months.firstIndex(of: String(parts[2])), let year = number(Array(parts[3].utf8)[...])
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { number(Array($0.utf8)[...]) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
            let seconds = seconds(year, Int64(month) + 1, day, hour, minute, second)
        else { return nil }
        return seconds * 1000
    }

    /// By a pattern whose letters `yyyy`, `MM`, `dd`, `HH`, `mm`, `ss` and `SSS` stand for digits and whose other
    /// characters for themselves; quotes around literal letters (`'T'`) are taken off. UTC.
    package static func parse(_ text: String, pattern: String) -> Int64? {
        var fields: [Character: Int64] = [:]
        var rest = text.utf8[...]
        var letters = pattern.filter { $0 != "'" }[...]
        while let letter = letters.first {
            let run = letters.prefix { $0 == letter }
            letters = letters.dropFirst(run.count)
            if "yMdHmsS".contains(letter), run.count >= 2 {
                guard let value = number(Array(rest.prefix(run.count))[...]), fields[letter] == nil else { return nil }
                fields[letter] = value
                rest = rest.dropFirst(run.count)
            } else {
                guard rest.starts(with: run.utf8) else { return nil }
                rest = rest.dropFirst(run.utf8.count)
            }
        }
        guard rest.isEmpty, let year = fields["y"], let month = fields["M"], let day = fields["d"] else { return nil }
        return seconds(year, month, day, fields["H"] ?? 0, fields["m"] ?? 0, fields["s"] ?? 0)
            .map { $0 * 1000 + (fields["S"] ?? 0) }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard (1...4).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Milliseconds behind the point; 0 where there is none, nil where no digit follows it.
    private static func fraction(_ bytes: [UInt8], _ at: inout Int) -> Int64? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: ".") else { return 0 }
        at += 1
        let digits = bytes[at...].prefix { (0x30...0x39).contains($0) }
        at += digits.count
        guard !digits.isEmpty else { return nil }
        let kept = Array(digits.prefix(3)) + repeatElement(0x30, count: max(0, 3 - digits.count))
        return number(kept[...])
    }

    /// Seconds east of Greenwich.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let zone = Array(bytes)
        if zone.count == 1, zone[0] | 0x20 == UInt8(ascii: "z") { return 0 }
        guard zone.count == 6, zone[3] == UInt8(ascii: ":"),
            zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"),
            let hours = number(zone[1..<3]), let minutes = number(zone[4..<6]), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return zone[0] == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// Seconds since 1970 (days from the civil calendar, 400 years = 146,097 days).
    private static func seconds(
        _ year: Int64, _ month: Int64, _ day: Int64, _ hour: Int64, _ minute: Int64, _ second: Int64
    ) -> Int64? {
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60 else { return nil }
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }
}
