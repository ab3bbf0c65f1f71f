import Expectations
import HTTP
import Results
import Secrets
import Testing

@testable import Runner

@Suite("Secrets that answers bring")
struct SecretAnswerTests {
    /// Longer than what a message shows of a value.
    private static let token = "tok-" + String(repeating: "0123456789abcdef", count: 40)

    private static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8))
    }

    /// Everything that reports show of the outcomes.
    private static func shown(_ events: [RunEvent]) -> String {
        events.outcomes.map { outcome -> String in
            let exchange = [outcome.exchange?.url, outcome.exchange?.curl, outcome.exchange?.bodyExcerpt]
            let verdict =
                switch outcome.verdict {
                case .failed(let mismatches): mismatches.map(\.sentence).joined(separator: "\n")
                case .error(let problem): problem.message
                case .passed, .skipped: ""
                }
            return exchange.compactMap(\.self).joined(separator: "\n") + verdict
        }.joined(separator: "\n")
    }

    @Test("a secret capture of an object is masked in all its parts")
    func object() async {
        let bench = RunBench()
        let (events, _) = await bench.run([
            """
            { "name": "A", "requests": [
              { "name": "get", "request": "GET https://a.test/", "expect": { "status": 204 },
                "capture": { "keys": { "json": "$.keys", "secret": true } } } ] }
            """
        ]) { _ in Self.json(#"{"keys": {"a": ["first-key-1", {"b": 12345678}], "c": true}, "id": "plain-text"}"#) }
        #expect(events.verdicts == ["failed"])
        let shown = Self.shown(events)
        #expect(!shown.contains("first-key-1") && !shown.contains("12345678"))
        #expect(shown.contains("plain-text"))
        let whole = #"{"a":["first-key-1",{"b":12345678}],"c":true}"#
        #expect(!bench.redactor.redact(whole).contains("\"c\""))
    }

    @Test("a secret capture that holds too much is no secret anybody can mask: an error, and nothing is shown of it")
    func tooLarge() async {
        let values = (0..<2000).map { "\"value-\($0)\"" }.joined(separator: ",")
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "get", "request": "GET https://a.test/",
                "capture": { "keys": { "json": "$", "secret": true } } } ] }
            """
        ]) { _ in Self.json("[\(values)]") }
        #expect(events.verdicts == ["error"])
        #expect(Self.shown(events).contains("holds more than 1000 values"))
        #expect(events.outcomes.first?.exchange?.bodyExcerpt == nil)
    }

    @Test(
        "a token in the answer of a test that fails is not shown, wherever it stands",
        arguments: [
            #"{"access_token": "TOKEN", "n": 1}"#, #"{"data": {"session": {"refreshToken" : "TOKEN"}}}"#,
            #"[{"id_token":"TOKEN"}]"#, #"{"Access-Token": "TOKEN", "cut": "#,
        ])
    func failedLogin(body: String) async {
        let body = body.replacing("TOKEN", with: Self.token)
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "login", "request": "POST https://a.test/login", "body": { "json": {} },
                "expect": { "text": "something else" } } ] }
            """
        ]) { _ in Self.json(body) }
        #expect(events.verdicts == ["failed"])
        #expect(!Self.shown(events).contains("0123456789abcdef"))
        #expect(Self.shown(events).contains("«secret:"))
    }

    private static let environment = """
        { "name": "test", "identities": { "me": { "provider": "oauth2-client-credentials",
          "vars": { "tokenURL": "https://login.test/token", "apiURL": "https://api.test" },
          "secrets": { "clientId": { "env": "I" }, "clientSecret": { "env": "T" } } } } }
        """

    @Test("a login that is tested passes, and its token is masked in what comes later")
    func passedLogin() async {
        var bench = RunBench()
        bench.environment = Self.environment
        bench.variables = ["I": "client-one", "T": "a-long-secret-value"]
        let (events, _) = await bench.run([
            """
            { "name": "A", "requests": [
              { "name": "login", "request": "POST https://login.test/token", "as": "anonymous",
                "body": { "form": { "client_secret": "{{identities.me.clientSecret}}" } },
                "capture": { "it": { "json": "$.access_token" } } },
              { "name": "use", "request": "GET https://api.test/x?key={{it}}", "as": "anonymous",
                "expect": { "status": 204 } } ] }
            """
        ]) { _ in Self.json(#"{"access_token": "\#(Self.token)", "expires_in": 600}"#) }
        #expect(events.verdicts == ["passed", "failed"])
        #expect(!bench.redactor.redact(Self.shown(events)).contains("0123456789abcdef"))
    }

    @Test("a secret of four letters is masked in the query that holds it, in the URL and in the curl line")
    func shortInQuery() async {
        var bench = RunBench()
        bench.environment = """
            { "name": "test", "identities": { "me": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
              "secrets": { "token": { "env": "T" } } } } }
            """
        bench.variables = ["T": "ab12"]
        let (events, sent) = await bench.run([
            """
            { "name": "A", "requests": [
              { "name": "one", "request": "GET https://api.test/x?page=7", "query": { "key": "{{identities.me.token}}" },
                "expect": { "status": 204 } },
              { "name": "two", "request": "GET https://api.test/x?key={{identities.me.token}}",
                "expect": { "status": 204 } } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(sent.map(\.url.query) == ["page=7&key=ab12", "key=ab12"])
        #expect(
            events.outcomes.map { $0.exchange?.url } == [
                "https://api.test/x?page=7&key=«secret:key»", "https://api.test/x?key=«secret:key»",
            ])
        #expect(!Self.shown(events).contains("ab12"))
    }

    @Test("what failed on the way has taken its time, and a body that is too large is an answer")
    func transportErrors() async {
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "requests": [ { "name": "one", "request": "GET https://a.test/1" },
              { "name": "two", "request": "GET https://a.test/2" } ] }
            """
        ]) { request throws(TransportError) in
            throw TransportError(request.url.path == "/1" ? .timeout : .bodyTooLarge, "no")
        }
        #expect(events.outcomes.allSatisfy { $0.duration > .zero })
        #expect(events.outcomes.map { $0.exchange?.isTooLarge } == [false, true])
    }

    @Test("null sends nothing, not even what would be sent if nobody said anything")
    func absentHeaders() async {
        let (events, sent) = await RunBench().run([
            """
            { "name": "A", "defaults": { "headers": { "X-Default": "1" } }, "requests": [
              { "name": "one", "request": "POST https://a.test/1", "body": { "json": {} },
                "headers": { "Accept": null, "Content-Type": null, "X-Default": null } } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(events.verdicts == ["passed"])
        #expect(sent.first?.headers.isEmpty == true)
        #expect(sent.first?.withoutHeaders.sorted() == ["Accept", "Content-Type", "X-Default"])
    }

    @Test("a chain of twenty thousand variables is evaluated, in either order")
    func chain() async {
        let count = 20_000
        let links = (0..<count).map { #""v\#($0)": "{{v\#($0 + 1)}}""# } + [#""v\#(count)": "end""#]
        for links in [links, links.reversed()] {
            let (events, sent) = await RunBench().run([
                """
                { "name": "A", "variables": { \(links.joined(separator: ",")) },
                  "requests": [ { "name": "one", "request": "GET https://a.test/{{v0}}" } ] }
                """
            ]) { _ in HTTPResponse(status: 200) }
            #expect(events.verdicts == ["passed"])
            #expect(sent.first?.url.path == "/end")
        }
    }

    @Test("a long way back to itself is shown from both ends")
    func cycle() async {
        let links = (0..<100).map { #""v\#($0)": "{{v\#(($0 + 1) % 100)}}""# }
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "variables": { \(links.joined(separator: ",")) },
              "requests": [ { "name": "one", "request": "GET https://a.test/" } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(events.verdicts == ["error"])
        #expect(Self.shown(events).contains("v0 → v1 → v2 → v3 → v4 → v5 → … → v96 → v97 → v98 → v99 → v0"))
    }
}
