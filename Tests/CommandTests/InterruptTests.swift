import FoundationEssentials
import TestSupport
import Testing

@Suite("Interrupts", .serialized, .timeLimit(.minutes(1)))
struct InterruptTests {
    private static let collection = """
        { "name": "Slow", "requests": [
            { "name": "first", "request": "GET {{base}}/first" },
            { "name": "never answered", "request": "GET {{base}}/never" },
            { "name": "not begun", "request": "GET {{base}}/third" } ] }
        """

    @Test(
        "a signal ends a run whose server never answers: the report is whole, the rest is skipped",
        arguments: [(Int32(2), Int32(130)), (15, 143)])
    func signal(_ signal: Int32, _ status: Int32) async throws {
        let server = try RawServer { $0.requestLine.contains("/never") ? .hang() : .answer() }
        defer { server.stop() }
        let project = try UsherProject(["collections/slow.json": Self.collection])
        defer { project.folder.remove() }
        let child = try project.start(["run", "--var", "base=\(server.url)", "--junit", "out.xml"])
        try await server.waitForRequests(2)
        child.signal(signal)
        let result = await child.result()
        #expect(result.status == status, "\(result.outputText)\(result.errorText)")
        let report = try project.text("out.xml")
        #expect(report.hasSuffix("</testsuites>\n"))
        #expect(report.contains("tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"2\""))
        #expect(report.contains("<skipped message=\"interrupted\"/>"))
    }

    @Test(
        "a signal at any time from the start on ends a run in the sandbox, and its report is whole",
        arguments: 0..<12)
    func sandboxStart(_ moment: Int) async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let child = try project.start(["run", "collections", "--sandbox", "--junit", "out.xml"])
        // The unfinished report is made right before the sandbox starts, under a signal handler.
        try await eventually("the report to be begun") {
            let names = try? FileManager.default.contentsOfDirectory(atPath: project.folder.path)
            return names?.contains { $0.hasPrefix("out.xml") } ?? false
        }
        for _ in 0..<moment * 20 { await Task.yield() }
        child.signal(2)
        let result = await child.result()
        #expect(result.status == 130 || moment > 0 && result.status == 0, "\(result.outputText)\(result.errorText)")
        let report = try project.text("out.xml")
        #expect(report.hasSuffix("</testsuites>\n"))
        #expect(report.occurrences(of: "<testcase ") >= 25)
        // On a busy machine the signal may come after the last request.
        let isWhole = report.contains(#"failures="0" errors="0" skipped="0" time"#)
        if result.status == 130 { #expect(isWhole || report.contains("<skipped message=\"interrupted\"/>")) }
    }

    @Test("a signal while a token is awaited ends the run too")
    func token() async throws {
        let server = try RawServer { _ in .hang() }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let child = try project.start(
            ["run", "--junit", "out.xml"], environment: ["NAME": "somebody", "PASSWORD": "a-long-password"])
        try await server.waitForRequests(1)
        child.signal(2)
        let result = await child.result()
        #expect(result.status == 130, "\(result.outputText)\(result.errorText)")
        #expect(try project.text("out.xml").hasSuffix("</testsuites>\n"))
    }
}

/// A project with a provider of its own, whose login and API are one server.
enum LoginProject {
    static func files(_ url: String) -> [String: String] {
        [
            "providers/mine.json": """
            { "id": "mine", "baseURL": "\(url)",
              "secrets": { "name": {}, "password": {} },
              "auth": { "type": "token", "grant": "login",
                "request": { "url": "\(url)/login", "format": "json",
                  "body": { "name": "{{secret.name}}", "password": "{{secret.password}}" } },
                "response": { "token": "/token", "refreshToken": "/refresh" } } }
            """,
            "environments/test.json": """
            { "name": "test", "identities": {
                "mine": { "provider": "mine",
                  "secrets": { "name": { "env": "NAME" }, "password": { "env": "PASSWORD" } } } } }
            """,
            "collections/mine.json": """
            { "name": "Mine", "provider": "mine", "requests": [
                { "name": "one", "request": "GET /one" },
                { "name": "two", "request": "GET /two", "expect": { "status": 204, "text": { "startsWith": "nothing" } } },
                { "name": "three", "request": "POST /three", "expect": { "json": { "$.n": 1 } },
                  "body": { "json": { "copy": "{{identities.mine.password}}", "hash": "{{sha256(identities.mine.password)}}" } } } ] }
            """,
        ]
    }
}
