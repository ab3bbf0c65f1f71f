import JSON
import Testing

@Suite("JSON Pointer (RFC 6901)")
struct PointerTests {
    private static let document = #"""
        { "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
          "deep": [[{"x": [null, {"y": "found"}]}]], "\u0301x": 9, "~1": 10, "01": 11 }
        """#

    @Test(
        "The examples of §5, and more",
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/foo/1", #""baz""#), ("/", "0"), ("/a~1b", "1"),
            ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
            ("/deep/0/0/x/1/y", #""found""#), ("/deep/0/0/x/0", "null"), ("/\u{301}x", "9"), ("/~01", "10"),
            ("/01", "11"),
        ])
    func finds(text: String, value: String) throws {
        let pointer = try #require(JSONPointer(text))
        let root = try JSONDocument.parse(Self.document).root
        #expect(pointer.find(in: root)?.value.text() == value)
        #expect(pointer.description == text)
    }

    @Test("The empty pointer is the whole document")
    func whole() throws {
        let root = try JSONDocument.parse(Self.document).root
        #expect(try #require(JSONPointer("")).find(in: root)?.range == root.range)
    }

    @Test(
        "Nothing stands where nothing is",
        arguments: [
            "/bar", "/foo/2", "/foo/-", "/foo/-1", "/foo/00", "/foo/01", "/foo/+1", "/foo/1e0", "/foo/", "/foo/bar",
            "/foo/0/x", "/a", "/a/b", "//", "/ /x", "/foo/99999999999999999999999", "/foo/١",
        ])
    func findsNothing(text: String) throws {
        let root = try JSONDocument.parse(Self.document).root
        #expect(try #require(JSONPointer(text)).find(in: root) == nil)
    }

    @Test(
        "What is no pointer is refused",
        arguments: ["foo", " /foo", "#/foo", "/a~", "/a~2b", "/~", "/a/~x/b", "/a~\u{301}0"])
    func refuses(text: String) {
        #expect(JSONPointer(text) == nil)
    }
}
