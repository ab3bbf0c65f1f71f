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
                "--> providers/mine.json:3:24", "^^^^^^^^^^",
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

    private static func discovered(_ discovery: String) -> String {
        #"""
        "auth": { "type": "token", "grant": "client_credentials",
          "discovery": { \#(discovery) } }
        """#
    }

    static let discoveries = [
        Fault(
            testDescription: "metadata of another issuer, which the environment names",
            provider: discovered(#""issuer": "{{a}}""#), vars: #"{ "a": "HOST/other" }"#,
            says: [
                "names the issuer 'https://login.example.com', not 'HOST/other'; both must be written alike",
                "('a' is given at environments/local.json:2:35)", "--> providers/mine.json:3:28", "^^^^^^^",
            ]),
        Fault(
            testDescription: "no metadata",
            provider: discovered(#""url": "HOST/404""#),
            says: ["there is no metadata at HOST/404: status 404", "--> providers/mine.json:3:25", "^^^^^"]),
        Fault(
            testDescription: "metadata that is no JSON",
            provider: discovered(#""url": "HOST/page""#),
            says: ["the metadata at HOST/page is not a JSON object", "--> providers/mine.json:3:25", "^^^^^"]),
        Fault(
            testDescription: "metadata without a token endpoint",
            provider: discovered(#""url": "HOST/empty""#),
            says: ["the server's metadata names no URL for it", "--> providers/mine.json:3:25", "^^^^^"]),
        Fault(
            testDescription: "a host that is not there",
            provider: discovered(#""issuer": "https://nobody.invalid""#),
            says: [
                "no metadata from nobody.invalid for 'me': ", "--> providers/mine.json:3:28",
                "^^^^^^^^^^^^^^^^^^^^^^^^",
            ]),
        Fault(
            testDescription: "an issuer that is no URL, known before anything is sent",
            provider: discovered(#""issuer": "{{a}}""#), vars: #"{ "a": "login.example.com" }"#,
            says: [
                "the issuer of 'me' ", "('a' is given at environments/local.json:2:35)", "--> providers/mine.json:3:28",
            ], saysNot: "not bound"),
    ]

    @Test("is shown by check, run and token: discovery", arguments: discoveries, commands)
    func discovery(_ fault: Fault, _ command: [String]) async throws { try await expect(fault, command) }

    static let applies = [
        Fault(
            testDescription: "a member of a body that the request does not have",
            provider: #""auth": { "type": "static" },"# + "\n"
                + #""apply": [ { "in": "body", "name": "key", "value": "{{secret.key}}" } ]"#,
            says: [
                "the credential of 'me' has no place in the body: it is neither JSON nor a form; "
                    + "the request stands at collections/a.json:2:29",
                "--> providers/mine.json:3:12", "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
            ])
    ]

    @Test("is shown by run: apply", arguments: applies)
    func apply(_ fault: Fault) async throws { try await expect(fault, ["run"]) }

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
            "collections/a.json": #"""
            { "name": "A", "provider": "mine", "requests": [
              { "name": "a", "request": "POST /a", "body": { "text": "hello" } } ] }
            """#,
        ])
    }

    @Test("is shown by check, run and token: sign", arguments: signs, commands)
    func sign(_ fault: Fault, _ command: [String]) async throws { try await expect(fault, command) }

    /// What the server answers, by a part of the path.
    private static let bodies = ["page": "<html>", "other": #"{"issuer":"https://login.example.com"}"#]

    private func expect(_ fault: Fault, _ command: [String]) async throws {
        if fault.isOfCalls, command[0] == "token" { return }
        let server = try RawServer { request in
            let path = request.requestLine.split(separator: " ")[1]
            let body = Self.bodies.first { path.contains($0.key) }?.value ?? "{}"
            return .answer(Int(path.dropFirst()) ?? 200, ["Content-Type: application/json"], body)
        }
        defer { server.stop() }
        let project = try Self.project(fault, server.url)
        defer { project.folder.remove() }
        let result = try await project.run(command, environment: ["KEY": fault.key])
        let text = result.outputText + result.errorText
        for wanted in fault.says { #expect(text.contains(wanted.replacing("HOST", with: server.url)), "\(text)") }
        if let unwanted = fault.saysNot { #expect(!text.contains(unwanted), "\(text)") }
        #expect(result.status == fault.exit, "\(text)")
        #expect(!text.contains(fault.key))
    }
}
