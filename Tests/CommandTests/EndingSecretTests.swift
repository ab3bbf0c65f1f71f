import TestSupport
import Testing

@Suite("Secrets that end, in the program itself")
struct EndingSecretTests {
    private static let provider = """
        { "id": "lease", "vars": { "url": { "required": true } }, "baseURL": "{{url}}",
          "secrets": { "key": { "at": "/key" } },
          "from": { "expiry": { "at": "/lease_duration", "unit": "s" } }, "auth": { "type": "static" },
          "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }] }
        """
    private static let collection = """
        { "name": "Leases", "provider": "lease", "requests": [
            { "name": "first", "request": "GET /first" }, { "name": "slow", "request": "GET /slow" },
            { "name": "last", "request": "GET /last", "expect": { "text": "nothing" } } ] }
        """

    @Test("The helper is run again in the middle of a run, and neither its old key nor its new one is in any output")
    func again() async throws {
        let server = try RawServer { request in
            let key = request.values("X-Key").first ?? "none"
            // Longer than the lease.
            if request.requestLine.contains("/slow") {
                let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)
                return .drip(answer, every: .milliseconds(2300 / answer.count + 1))
            }
            return .answer(200, [], "the key was \(key)")
        }
        defer { server.stop() }
        let project = try UsherProject(["providers/lease.json": Self.provider, "collections/c.json": Self.collection])
        defer { project.folder.remove() }
        let helper = try project.folder.write(
            "helper.sh",
            """
            cd "$(dirname "$0")"
            echo x >> runs
            printf '{"key":"leased-key-%s-%s","lease_duration":2}' "$(wc -l < runs | tr -d ' ')" 5f1c2a77
            """)
        try project.folder.write(
            "environments/test.json",
            """
            { "name": "test", "identities": { "lease": { "provider": "lease", "vars": { "url": "\(server.url)" },
                "from": { "command": ["/bin/sh", "\(helper)"] } } } }
            """)
        let result = try await project.run(["run", "--allow-commands", "--junit", "out.xml", "-v"])
        #expect(result.status == 1, "\(result.outputText)\(result.errorText)")
        let runs = try project.text("runs").split(separator: "\n").count
        let keys = server.requests.map { $0.values("X-Key") }
        #expect(keys.count == 3)
        #expect(keys.first != keys.last)
        #expect(keys.last == ["leased-key-\(runs)-5f1c2a77"])
        for text in [result.outputText, result.errorText, try project.text("out.xml")] {
            #expect(!text.contains("5f1c2a77"))
        }
        #expect(try project.text("out.xml").contains("«secret:lease.key»"))
    }
}
