import Diagnostics
import Testing

@Suite("Did you mean")
struct SuggestionTests {
    private static let members = ["name", "request", "requests", "headers", "expect", "capture", "timeout", "tls"]

    @Test(
        "The nearest word is suggested, none where no word is near",
        arguments: [
            ("nmae", "name"), ("Name", "name"), ("reqest", "request"), ("request", "request"), ("requsets", "requests"),
            ("header", "headers"), ("expects", "expect"), ("captuer", "capture"), ("timeOut", "timeout"),
            ("tsl", "tls"), ("ssl", nil), ("body", nil), ("", nil), ("x", nil), ("na", nil), ("nam", "name"),
        ] as [(String, String?)])
    func nearestWord(word: String, expected: String?) {
        #expect(nearest(to: word, among: Self.members) == expected)
    }

    @Test("Of words equally near, the first one")
    func ties() {
        #expect(nearest(to: "cat", among: ["bat", "hat"]) == "bat")
        #expect(nearest(to: "hat", among: ["bat", "hat"]) == "hat")
        #expect(nearest(to: "hat", among: [String]()) == nil)
    }

    @Test("A name of a megabyte is near to nothing, and is not compared letter by letter")
    func longName() {
        #expect(nearest(to: String(repeating: "x", count: 1 << 20), among: Self.members) == nil)
    }
}
