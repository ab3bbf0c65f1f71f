import JSON
import Testing

@Suite("Calendar time")
struct ValueCalendarTests {
    @Test(
        "Known instants",
        arguments: [
            (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1, "1970-01-01T00:00:00.001Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-1000, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            (-86_400_000, "1969-12-31T00:00:00Z", "Wed, 31 Dec 1969 00:00:00 GMT"),
            (784_111_777_000, "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400_000, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (951_868_800_000, "2000-03-01T00:00:00Z", "Wed, 01 Mar 2000 00:00:00 GMT"),
            (1_709_164_800_000, "2024-02-29T00:00:00Z", "Thu, 29 Feb 2024 00:00:00 GMT"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
            (1_735_689_599_000, "2024-12-31T23:59:59Z", "Tue, 31 Dec 2024 23:59:59 GMT"),
            (1_735_689_600_000, "2025-01-01T00:00:00Z", "Wed, 01 Jan 2025 00:00:00 GMT"),
            (1_795_595_400_250, "2026-11-25T08:30:00.250Z", "Wed, 25 Nov 2026 08:30:00 GMT"),
            (2_147_483_648_000, "2038-01-19T03:14:08Z", "Tue, 19 Jan 2038 03:14:08 GMT"),
            // 2100 is no leap year, 1900 was none, 2000 and 1600 were.
            (4_107_542_399_000, "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400_000, "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 GMT"),
            (-2_203_891_200_000, "1900-03-01T00:00:00Z", "Thu, 01 Mar 1900 00:00:00 GMT"),
            (-2_203_891_200_001, "1900-02-28T23:59:59.999Z", "Wed, 28 Feb 1900 23:59:59 GMT"),
            (-11_670_998_400_000, "1600-02-29T00:00:00Z", "Tue, 29 Feb 1600 00:00:00 GMT"),
            (-62_135_596_800_000, "0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
            (-62_135_596_800_001, "0000-12-31T23:59:59.999Z", "Sun, 31 Dec 0000 23:59:59 GMT"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String, String)])
    func instants(milliseconds: Int64, rfc3339: String, httpDate: String) {
        let time = CalendarTime(milliseconds)
        #expect(time.rfc3339 == rfc3339)
        #expect(time.httpDate == httpDate)
        #expect(time.timestamp == String(rfc3339.prefix(19)))
    }

    @Test("Every day of 800 years follows the one before")
    func days() {
        let first: Int64 = -11_676_096_000_000
        var (year, month, day, weekday) = (1600, 1, 1, 6)
        for number in 0..<Int64(146_097 * 2) {
            let time = CalendarTime(first + number * 86_400_000)
            if (time.year, time.month, time.day) != (year, month, day) || time.weekday != weekday {
                Issue.record("\(time.rfc3339) should be \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            (month, day) = day == length ? (month + 1, 1) : (month, day + 1)
            (year, month) = month == 13 ? (year + 1, 1) : (year, month)
            weekday = (weekday + 1) % 7
        }
    }

    @Test("The ends of the range do not trap", arguments: [Int64.min, .min + 1, .max - 1, .max])
    func ends(milliseconds: Int64) {
        let time = CalendarTime(milliseconds)
        #expect((1...12).contains(time.month) && (1...31).contains(time.day))
        #expect((0...6).contains(time.weekday) && (0...999).contains(time.millisecond))
        #expect(time.rfc3339.hasSuffix("Z"))
    }
}
