/// A moment in the proleptic Gregorian calendar, UTC; Foundation's formatters cost milliseconds at each start.
package struct CalendarTime: Sendable, Hashable {
    package let year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, millisecond: Int
    /// 0 is Sunday.
    package let weekday: Int

    /// From milliseconds since 1970. Days to date after the era arithmetic of the civil calendar (400 years = 146,097 days).
    package init(_ milliseconds: Int64) {
        let seconds = Int(milliseconds.flooredDivision(1000))
        let remainder = Int(milliseconds % 1000)
        millisecond = remainder < 0 ? remainder + 1000 : remainder
        let days = Int(Int64(seconds).flooredDivision(86_400))
        let rest = seconds - days * 86_400
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = ((days + 4) % 7 + 7) % 7
        let shifted = days + 719_468
        let era = Int(Int64(shifted).flooredDivision(146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `2026-11-25T08:30:00Z` (RFC 3339), milliseconds only where there are any.
    package var rfc3339: String {
        let fraction = millisecond == 0 ? "" : "." + padded(millisecond, 3)
        return timestamp + fraction + "Z"
    }

    /// `2026-11-25T08:30:00`: JUnit's form, without a zone.
    package var timestamp: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }

    /// `Wed, 25 Nov 2026 08:30:00 GMT` (RFC 9110 §5.6.7).
    package var httpDate: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
        return "\(days[weekday]), \(padded(day, 2)) \(months[month - 1]) \(padded(year, 4)) \(clock) GMT"
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value.magnitude)
        return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func flooredDivision(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
