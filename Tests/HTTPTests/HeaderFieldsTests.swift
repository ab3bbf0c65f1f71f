import HTTP
import Testing

@Suite("Header fields")
struct HeaderFieldsTests {
    private let fields: HeaderFields = [
        HeaderField("Accept", "a"), HeaderField("X-One", ""), HeaderField("accept", "b"),
    ]

    @Test("Lines of one name are found whatever their case, and joined in order")
    func joins() {
        #expect(fields["ACCEPT"] == "a, b")
        #expect(fields.values("Accept") == ["a", "b"])
        #expect(fields["X-One"]?.isEmpty == true)
        #expect(fields["X-Two"] == nil)
        #expect(fields.contains(name: "x-one"))
    }

    @Test("All lines of a name are removed")
    func removes() {
        var fields = fields
        fields.removeAll(named: "ACCEPT")
        #expect(fields.map(\.name) == ["X-One"])
    }

    @Test(
        "A name is a token",
        arguments: [
            ("X-Api-Key", true), ("a!#$%&'*+-.^_`|~9", true), ("", false), ("a b", false), ("a:", false),
            ("a\r\nb", false),
            ("ä", false), ("a\u{0}", false), ("a;b", false), ("a/b", false),
        ])
    func tokens(name: String, isToken: Bool) { #expect(HeaderFields.isToken(name) == isToken) }

    @Test(
        "A value without line breaks and NUL is safe",
        arguments: [
            ("", true), ("a\tb ü", true), ("a\rb", false), ("a\nb", false), ("a\u{0}", false), ("a\r\nb", false),
        ])
    func values(value: String, isSafe: Bool) { #expect(HeaderFields.isSafeValue(value) == isSafe) }

    @Test("A method is a token and keeps its case")
    func methods() {
        #expect(HTTPMethod(rawValue: "PURGE")?.rawValue == "PURGE")
        #expect(HTTPMethod(rawValue: "get") != .get)
        #expect(HTTPMethod(rawValue: "GET / HTTP/1.1\r\nX: y") == nil)
        #expect(HTTPMethod(rawValue: "") == nil)
    }
}
