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
        var saysNot: String?
        var exit: Int32 = 3
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
            ]),
        Fault(
            testDescription: "a member that the request lacks",
            provider: """
                "auth": { "type": "sign",
                  "sign": { "scheme": "http-signature", "algorithm": "hmac-sha256", "components": ["x-request-id"] } },
                "verify": { "request": "GET /me" }
                """,
            says: [
                "it has no 'x-request-id', which the signature covers", "--> providers/mine.json:3:84",
                "^^^^^^^^^^^^^^",
            ],
            isOfCalls: true),
    ]

    private static let fixed =
        #""auth": { "type": "static" }, "apply": [ { "in": "header", "name": "X-Key", "value": "{{secret.key}}" } ],"#

    static let verifies = [
        Fault(
            testDescription: "a URL whose segment has no value",
            provider: fixed + "\n" + #""verify": { "request": "GET /me/{{a}}" }"#, vars: #"{ "a": ".." }"#,
            says: [
                "the verify call of 'me' cannot be made: the path segment is '..'", "--> providers/mine.json:3:33",
                "^^^^^",
            ]),
        Fault(
            testDescription: "a URL that is none, where a value of the environment stands",
            provider: fixed + "\n" + #""verify": { "request": "GET {{a}}/me" }"#, vars: #"{ "a": "ftp://HOST" }"#,
            says: [
                "the verify call of 'me' cannot be made: its URL ", "('a' is given at environments/local.json:2:35)",
                "--> providers/mine.json:3:24", "^^^^^^^^^^^^^^",
            ]),
        Fault(
            testDescription: "a call that the API does not have",
            provider: fixed + "\n" + #""verify": { "request": "GET /404", "expect": { "status": 200 } }"#,
            says: [
                "GET /404 does not take the credential: ", "does the provider's 'verify' ask for what the API has?",
                "--> providers/mine.json:3:58", "^^^",
            ], exit: 1),
        Fault(
            testDescription: "a refusal is the credential's fault",
            provider: fixed + "\n" + #""verify": { "request": "GET /401" }"#,
            says: ["GET /401 does not take the credential: ", "is it for this API and this environment?"],
            saysNot: "-->", exit: 1),
        Fault(
            testDescription: "a host that is not there",
            provider: fixed + "\n"
                + #""hosts": ["nobody.invalid"], "verify": { "request": "GET https://nobody.invalid/" }"#,
            says: ["no answer to GET /: ", "--> providers/mine.json:3:", "^^^^^^^^^^^^^^^^^^^^^^^"]),
    ]

    @Test("is shown by check: verify", arguments: verifies)
    func verify(_ fault: Fault) async throws { try await expect(fault, ["check"]) }

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
        let server = try RawServer { request in
            let path = request.requestLine.split(separator: " ")[1]
            return .answer(Int(path.dropFirst()) ?? 200, ["Content-Type: application/json"], "{}")
        }
        defer { server.stop() }
        let project = try Self.project(fault, server.url)
        defer { project.folder.remove() }
        let result = try await project.run(command, environment: ["KEY": fault.key])
        let text = result.outputText + result.errorText
        for wanted in fault.says { #expect(text.contains(wanted), "\(text)") }
        if let unwanted = fault.saysNot { #expect(!text.contains(unwanted), "\(text)") }
        #expect(result.status == fault.exit, "\(text)")
        #expect(!text.contains(fault.key))
    }
}
