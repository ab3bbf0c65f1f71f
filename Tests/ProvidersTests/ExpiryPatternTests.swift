import Diagnostics
import Testing

@Suite("Patterns of an expiry")
struct ExpiryPatternTests {
    static let wrong: [(pattern: String, title: String, marks: String)] = [
        ("YYYY-MM-dd", "'YYYY' stands for no digits in a pattern", "YYYY"),
        ("yyyy-MM-DD HH:mm", "'DD' stands for no digits in a pattern", "DD"),
        ("yyyy-MM-dd hh:mm:ss", "'hh' stands for no digits in a pattern", "hh"),
        ("yyyy-M-dd", "'M' cannot be read in a pattern; 'MM' can", "M"),
        ("dd.MM.yy", "'yy' cannot be read in a pattern; 'yyyy' can", "yy"),
        ("yyyy-MM-dd HH:MM", "'MM' stands in the pattern twice", "MM"),
        ("dd'T'MM HH:mm", "the pattern has no year", #""dd'T'MM HH:mm""#),
        ("yyyy-MM-ddTHH:mm:ss.SSSSSS", "'SSSSSS' cannot be read in a pattern; 'SSS' can", "SSSSSS"),
    ]

    private static func file(_ expiry: String, _ from: String = "{}") -> String {
        #"""
        { "id": "acme", "baseURL": "https://api.acme.test", "from": \#(from),
          "auth": { "type": "token", "request": { "url": "https://api.acme.test/t" }, "response": { "expiry": \#(expiry) } } }
        """#
    }

    @Test("a letter that stands for no digits is shown", arguments: wrong)
    func shown(_ pattern: String, _ title: String, _ marks: String) throws {
        for file in [
            Self.file(#"{ "at": "/e", "pattern": "\#(pattern)" }"#),
            Self.file(#""/e""#, #"{ "expiry": { "at": "/e", "pattern": "\#(pattern)" } }"#),
        ] {
            let (provider, problems) = reading(file)
            #expect(provider == nil)
            #expect(problems.map(\.title) == [title])
            let span = try #require(problems.first?.span)
            #expect(String(decoding: span.file.bytes[span.range], as: UTF8.self) == marks)
        }
    }

    @Test(
        "what can be read is left alone",
        arguments: ["yyyyMMddHHmmss", "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "yyyy-MM-ddTHH:mm:ssZ", "dd.MM.yyyy 'at' HH:mm"])
    func right(_ pattern: String) {
        #expect(reading(Self.file(#"{ "at": "/e", "pattern": "\#(pattern)" }"#)).1.isEmpty)
    }
}
