import TestSupport
import Testing

/// What is said where a provider's file is at fault, or what an environment gives it: its place, its line and a caret, by
/// every command that meets it.
@Suite("The place of what is at fault", .timeLimit(.minutes(2)))
struct BlamedPlaceTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Members of the provider's file, from its second line on; HOST is the server's address.
        let provider: String
        var vars = "{}"
        var key = "s3cr3t-key-1"
        let says: [String]
        /// Not by `token`, which sends no request of the API.
        var isOfCalls = false
    }

    static let commands: [[String]] = [["check"], ["run"], ["token", "me"]]

    static let signs = [
        Fault(
            testDescription: "a key that cannot be read",
            provider: """
                "auth": { "type": "sign",
                  "sign": { "scheme": "hmac", "keyEncoding": "hex", "string": "x", "headers": { "X-S": "{{signature}}" } } }
                """,
            says: [
                "the key is not hexadecimal; it stands in the secret 'key', which is read as \"hex\"",
                "--> environments/local.json:3:25", #"|     "secrets": { "key": { "env": "KEY" } }"#,
                "^^^^^^^^^^^^^^^^",
            ])
    ]

    /// The project of a fault; its collection has one request.
    static func project(_ fault: Fault, _ url: String) throws -> UsherProject {
        try UsherProject([
            "providers/mine.json": """
            { "id": "mine", "baseURL": "HOST", "vars": { "a": { "default": "x" } }, "secrets": { "key": {} },
            \(fault.provider) }
            """.replacing("HOST", with: url),
            "environments/local.json": """
            { "name": "local", "identities": { "me":
              { "provider": "mine", "vars": \(fault.vars),
                "secrets": { "key": { "env": "KEY" } } } } }
            """.replacing("HOST", with: url),
            "collections/a.json":
                #"{ "name": "A", "provider": "mine", "requests": [ { "name": "a", "request": "GET /a" } ] }"#,
        ])
    }

    @Test("is shown by check, run and token: sign", arguments: signs, commands)
    func sign(_ fault: Fault, _ command: [String]) async throws { try await expect(fault, command) }

    private func expect(_ fault: Fault, _ command: [String]) async throws {
        if fault.isOfCalls, command[0] == "token" { return }
        let server = try RawServer { _ in .answer(200, ["Content-Type: application/json"], "{}") }
        defer { server.stop() }
        let project = try Self.project(fault, server.url)
        defer { project.folder.remove() }
        let result = try await project.run(command, environment: ["KEY": fault.key])
        let text = result.outputText + result.errorText
        for wanted in fault.says { #expect(text.contains(wanted), "\(text)") }
        #expect(result.status == 3, "\(text)")
        #expect(!text.contains(fault.key))
    }
}
