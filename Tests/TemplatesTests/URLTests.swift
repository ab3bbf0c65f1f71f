import Diagnostics
import JSON
import Templates
import Testing

@Suite("Placeholders in URLs")
struct URLTests {
    private static let bench = TemplateBench([
        "base": "https://api.test/v1", "next": "https://api.test/list?cb=/&page=2", "id": "a/b c", "n": 7, "pct": "50%",
        "dots": "..", "dot": ".", "empty": "", "slash": "/", "q": "?x=1#f", "uml": "ü", "enc": "%2e%2e",
        "path": "x/../y", "list": [1], "nothing": nil, "back": "a\\b", "at": "@evil.test", "plus": "a+b&c=d",
    ])

    @Test(
        "Each placeholder is encoded for its place",
        arguments: [
            // The very start is inserted unchanged; so is raw(x).
            ("{{base}}/orders", "https://api.test/v1/orders"), ("{{next}}", "https://api.test/list?cb=/&page=2"),
            ("/files/{{raw(path)}}", "/files/x/../y"), ("/a{{raw(q)}}", "/a?x=1#f"),
            // One segment of the path.
            ("/o/{{id}}", "/o/a%2Fb%20c"), ("/o/{{id}}/x", "/o/a%2Fb%20c/x"), ("/o/{{n}}", "/o/7"),
            ("/o/{{slash}}", "/o/%2F"),
            ("/o/{{pct}}", "/o/50%25"), ("/o/{{enc}}", "/o/%252e%252e"), ("/o/{{q}}", "/o/%3Fx%3D1%23f"),
            ("/o/{{uml}}", "/o/%C3%BC"),
            ("/o/{{back}}", "/o/a%5Cb"), ("/o/{{at}}", "/o/%40evil.test"), ("/o/x{{dots}}", "/o/x.."),
            ("/o/{{dots}}x", "/o/..x"),
            ("/o/{{empty}}x", "/o/x"), ("/o/{{empty}}{{n}}", "/o/7"), ("/o/{{dot}}{{dots}}", "/o/..."),
            ("{{base}}/o/{{id}}", "https://api.test/v1/o/a%2Fb%20c"),
            // A value in the query, which may be anything.
            ("/o?q={{id}}", "/o?q=a%2Fb%20c"), ("/o?q={{plus}}", "/o?q=a%2Bb%26c%3Dd"),
            ("/o?q={{dots}}&r={{empty}}", "/o?q=..&r="),
            ("/o?{{empty}}", "/o?"), ("/o?q={{raw(plus)}}", "/o?q=a+b&c=d"), ("/o?a=/{{empty}}", "/o?a=/"),
            ("/o#{{empty}}", "/o#"),
            // The query may have come with an inserted value.
            ("{{next}}&x={{empty}}", "https://api.test/list?cb=/&page=2&x="),
            ("{{raw(next)}}{{empty}}", "https://api.test/list?cb=/&page=2"),
            ("/o{{raw(q)}}/{{dots}}", "/o?x=1#f/.."),
            ("/plain", "/plain"), ("/o/{{n}}.json", "/o/7.json"), ("/{{n}}/{{n}}?{{n}}", "/7/7?7"),
        ])
    func renders(text: String, url: String) throws {
        #expect(try Self.bench.url(text).text == url)
    }

    @Test(
        "A segment that is empty or leads elsewhere is refused, under the first of its placeholders",
        arguments: [
            ("/o/{{empty}}", "the path segment is empty", 4), ("/o/{{empty}}/x", "the path segment is empty", 4),
            ("/o/{{empty}}?x", "the path segment is empty", 4), ("/o/{{empty}}#x", "the path segment is empty", 4),
            ("/o/{{empty}}{{empty}}", "the path segment is empty", 4), ("/o/{{dot}}", "the path segment is '.'", 4),
            ("/o/{{dots}}", "the path segment is '..'", 4), ("/o/{{dots}}/x", "the path segment is '..'", 4),
            ("/o/{{dot}}{{dot}}/x", "the path segment is '..'", 4), ("/o/.{{dot}}/x", "the path segment is '..'", 5),
            ("/o/{{empty}}.", "the path segment is '.'", 4), ("/o/{{dot}}.?x", "the path segment is '..'", 4),
            ("/{{n}}/{{dots}}", "the path segment is '..'", 8), ("{{base}}/{{empty}}", "the path segment is empty", 10),
            ("/o/{{raw(slash)}}{{empty}}", "the path segment is empty", 18),
        ])
    func refuses(text: String, title: String, offset: Int) throws {
        let problem = try #require(throws: Diagnostic.self) { try Self.bench.url(text) }
        #expect(problem.code == "bad-path-segment" && problem.title == title)
        #expect(problem.span?.range.lowerBound == offset)
        #expect(problem.help == "a value inserted into a path fills exactly one segment; raw(x) inserts it unchanged")
    }

    @Test("Lists and null do not stand in a URL", arguments: ["/o/{{list}}", "/o?x={{nothing}}", "{{list}}"])
    func notText(text: String) throws {
        let problem = try #require(throws: Diagnostic.self) { try Self.bench.url(text) }
        #expect(problem.code == "not-text")
    }

    @Test(
        "A URL that starts with a slash is relative",
        arguments: [
            ("/o", true), ("/{{n}}", true), ("{{base}}/o", false), ("https://api.test/", false), ("", false),
        ])
    func relative(text: String, isRelative: Bool) throws {
        #expect(URLTemplate(try TemplateBench.parse(text).template).isRelative == isRelative)
    }
}
