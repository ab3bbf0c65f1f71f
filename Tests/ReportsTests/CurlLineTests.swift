import HTTP
import Reports
import Secrets
import TestSupport
import Testing

@Suite("curl line")
struct CurlLineTests {
    static func line(
        _ method: HTTPMethod = .get, _ url: String = "https://api.zarv.dev/v1/x", _ headers: HeaderFields = [],
        _ body: HTTPBody = .none, identity: String? = nil, redactor: Redactor = Redactor()
    ) throws -> String {
        let request = HTTPRequest(method, try HTTPURL(parsing: url), headers: headers, body: body)
        return CurlLine(redactor: redactor).render(request, identity: identity)
    }

    static func body(_ text: String) -> HTTPBody { .bytes(Array(text.utf8)) }

    @Test("Method, URL and body are written as curl takes them")
    func methods() throws {
        #expect(try Self.line() == "curl https://api.zarv.dev/v1/x")
        #expect(try Self.line(.head) == "curl --head https://api.zarv.dev/v1/x")
        #expect(try Self.line(.delete) == "curl -X DELETE https://api.zarv.dev/v1/x")
        #expect(try Self.line(.post) == "curl -X POST https://api.zarv.dev/v1/x")
        #expect(try Self.line(.get, "https://a.test/x?a=1&b=[2]") == "curl --globoff 'https://a.test/x?a=1&b=[2]'")
        #expect(
            try Self.line(.post, "https://a.test/", [HeaderField("Content-Type", "text/plain")], Self.body("it's"))
                == #"curl https://a.test/ -H 'Content-Type: text/plain' --data-raw 'it'\''s'"#)
        #expect(
            try Self.line(.put, "https://a.test/", [HeaderField("X-Empty", "")], Self.body("@a\n"))
                == #"curl -X PUT https://a.test/ -H 'X-Empty;' -H Content-Type: --data-raw $'@a\n'"#)
    }

    @Test("Values of sensitive headers never stand there")
    func sensitive() throws {
        let token = HeaderField("authorization", "Bearer abc")
        let key = HeaderField("X-Key", "abc", isSensitive: true)
        #expect(
            try Self.line(.get, "https://a.test/", [token])
                == "curl https://a.test/ -H 'authorization: «secret:authorization»'")
        #expect(
            try Self.line(.get, "https://a.test/", [key], identity: "acme-1")
                == #"curl https://a.test/ -H "$(usher token acme-1 --header)""#)
        #expect(
            try Self.line(.get, "https://a.test/", [token, key], identity: "acme")
                == "curl https://a.test/ -H 'authorization: «secret:authorization»' -H 'X-Key: «secret:X-Key»'")
        #expect(try !Self.line(.get, "https://a.test/", [key], identity: "a\"; rm -rf ~").contains("rm -rf"))
        #expect(try !Self.line(.get, "https://a.test/", [key], identity: "--all").contains("--all"))
    }

    @Test("Known secrets are masked in URL, headers and body, before quoting and before the cut")
    func redacted() throws {
        let redactor = Redactor()
        redactor.register("it's a secret", label: "x")
        for count in 980...1005 {
            let line = try Self.line(
                .post, "https://a.test/?q=it%27s%20a%20secret", [HeaderField("X", "it's a secret")],
                Self.body(String(repeating: "a", count: count) + "it's a secret"), redactor: redactor)
            #expect(!line.contains("it'"))
            #expect(!line.contains("it%27"))
        }
    }

    @Test("Long bodies are cut, binary ones are named")
    func bodies() throws {
        let long = try Self.line(.post, "https://a.test/", [], Self.body(String(repeating: "a", count: 12_345)))
        #expect(long.hasSuffix("aaa…'  # body cut, 12 kB in all"))
        #expect(long.count < 1200)
        let binary = try Self.line(.post, "https://a.test/", [], .bytes([0xFF, 0xFE, 0]))
        #expect(binary.hasSuffix("--data-binary @body  # 3 B that are not text"))
    }

    @Test(
        "A shell reads back what was quoted",
        arguments: [
            "", "plain", "it's", "a b", "$HOME `id` $(id) \\ \"x\" !", "line\nline\ttab\r", "'\n'", "\u{1B}1f\u{7}0",
            "ünï", "*?~#;|&<>(){}[]", "-x", "\\n\n",
        ])
    func shell(word: String) async throws {
        let line = try Self.line(.post, "https://a.test/", [], Self.body(word))
        let quoted = line.split(separator: "--data-raw ", maxSplits: 1)[1]
        let result = try await ChildProcess.run("bash", ["-c", "printf %s \(quoted)"])
        #expect(result.outputText == word)
    }
}

extension CurlLineTests {
    private static func line(
        _ url: String, _ route: CurlLine.Route, headers: HeaderFields = [], identity: String? = nil, redirects: Int = 0,
        change: (inout HTTPRequest) -> Void = { _ in }
    ) throws -> String {
        var request = HTTPRequest(.get, try HTTPURL(parsing: url), headers: headers)
        change(&request)
        return CurlLine(redactor: Redactor(), route: route).render(request, identity: identity, redirects: redirects)
    }

    @Test("The line reaches the same servers in the same way as the run")
    func route() throws {
        var route = CurlLine.Route()
        route.environment = "staging"
        route.options = ["--cacert", "my ca.pem"]
        let key = HeaderField("X-Key", "abc", isSensitive: true)
        #expect(
            try Self.line("https://a.test/x/%2E./y", route, headers: [key], identity: "acme", redirects: 3)
                == "curl --cacert 'my ca.pem' -L --max-redirs 3 --path-as-is https://a.test/x/%2E./y -H "
                + "\"$(usher token acme --header -e staging --cacert 'my ca.pem')\"")
    }

    @Test("A run in the sandbox leaves a remark that cannot lead to the real vendor")
    func sandbox() throws {
        var route = CurlLine.Route()
        route.isSandbox = true
        let key = HeaderField("X-Key", "abc", isSensitive: true)
        #expect(
            try Self.line("https://api.zarv.com/v1", route, headers: [key], identity: "acme")
                == "# in the sandbox: usher sandbox, then curl --connect-to ::127.0.0.1:PORT --cacert FILE "
                + "https://api.zarv.com/v1 -H 'X-Key: «secret:X-Key»'")
    }

    @Test("A body or query with a credential is masked whole, however short the secret is")
    func structure() throws {
        let line = try Self.line("https://a.test/x?page=1&key=abc", CurlLine.Route()) { request in
            request.method = .post
            request.body = Self.body("pin=ab12")
            request.bodyIsSensitive = true
            request.sensitiveQuery = ["key"]
        }
        #expect(
            line == "curl 'https://a.test/x?page=1&key=«secret:key»' -H Content-Type: --data-raw '«secret:body»'")
    }

    @Test("Header fields that are not sent are not sent by curl either")
    func absent() throws {
        let line = try Self.line("https://a.test/", CurlLine.Route()) { $0.withoutHeaders = ["Accept", "User-Agent"] }
        #expect(line == "curl https://a.test/ -H Accept: -H User-Agent:")
    }
}
