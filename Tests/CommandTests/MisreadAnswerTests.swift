import TestSupport
import Testing

/// What is said where a provider file does not fit the service: what came, and the place in the file.
@Suite("A provider that does not fit its service", .timeLimit(.minutes(2)))
struct MisreadAnswerTests {
    struct Misfit: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var status = 200
        let body: String
        /// `response` of the provider.
        let response: String
        let says: [String]
        var exit: Int32 = 3
    }

    static let misfits = [
        Misfit(
            testDescription: "the token stands elsewhere", body: #"{"access_token":"t-o-k-e-n-1","kind":"x"}"#,
            response: #""token": "/accessToken""#,
            says: [
                "holds no token at /accessToken; the answer has /access_token, /kind",
                "--> providers/mine.json:3:28", #""token": "/accessToken""#, "an answer without a token",
            ]),
        Misfit(
            testDescription: "a success of another status", status: 202, body: #"{"access_token":"t-o-k-e-n-1"}"#,
            response: #""success": 200"#,
            says: [
                "answered status 202, which the provider does not call success (response.success: 200)",
                "--> providers/mine.json:3:30",
            ]),
        Misfit(
            testDescription: "an answer in another format", body: "token=t-o-k-e-n-1",
            response: #""token": "/token""#, says: ["is not JSON", "--> providers/mine.json:2:"]),
        Misfit(
            testDescription: "a condition that looks where nothing is",
            body: #"{"state":"approved","access_token":"t-o-k-e-n-1"}"#,
            response: #""success": { "when": { "at": "/stat", "equals": "approved" } }"#,
            says: [
                "response.success looks at /stat, where nothing is; the answer has /state, /access_token",
                "--> providers/mine.json:3:48",
            ]),
        Misfit(
            testDescription: "a condition that the service does not meet is its refusal",
            body: #"{"state":"denied"}"#,
            response: #""success": { "when": { "at": "/state", "equals": "approved" } }"#,
            says: ["refused a token", "not accepted: compare what is sent with the vendor's page"], exit: 1),
        Misfit(
            testDescription: "a request of the wrong form is not called a wrong secret", status: 400,
            body: #"{"message":"Content-Type must be application/json"}"#, response: #""format": "json""#,
            says: ["status 400", "not accepted: compare what is sent", "usher explain"], exit: 1),
        Misfit(
            testDescription: "an assertion for somebody else", status: 400,
            body: #"{"error":"invalid_grant","error_description":"audience is invalid"}"#,
            response: #""format": "json""#, says: ["invalid_grant (audience is invalid)", "not accepted:"], exit: 1),
        Misfit(
            testDescription: "an expiry that stands elsewhere",
            body: #"{"access_token":"t-o-k-e-n-1","expires":60}"#, response: #""expiry": "/expires_at""#,
            says: ["warning: the answer has nothing at /expires_at", "warning: nothing says when the token ends"],
            exit: 0),
        Misfit(
            testDescription: "an instant that is read as a lifetime",
            body: #"{"access_token":"t-o-k-e-n-1","expires":1795595400}"#,
            response: #""expiry": { "at": "/expires", "unit": "s" }"#,
            says: ["warning: the token would live for ten years and more: do unit and format of its expiry fit?"],
            exit: 0),
    ]

    @Test("is told what came and where its file does not fit", arguments: misfits)
    func misfit(_ misfit: Misfit) async throws {
        let server = try RawServer { _ in .answer(misfit.status, ["Content-Type: application/json"], misfit.body) }
        defer { server.stop() }
        let project = try UsherProject([
            "providers/mine.json": """
            { "id": "mine", "baseURL": "\(server.url)", "secrets": { "key": {} },
              "auth": { "type": "token",
                "request": { "url": "\(server.url)/token", "body": { "key": "{{secret.key}}" } },
                "response": { \(misfit.response) } } }
            """.replacing("\n    \"request\"", with: " \"request\""),
            "environments/local.json":
                #"{ "name": "local", "identities": { "me": { "provider": "mine", "secrets": { "key": { "env": "KEY" } } } } }"#,
            "collections/a.json":
                #"{ "name": "A", "provider": "mine", "requests": [ { "name": "a", "request": "GET /a" } ] }"#,
        ])
        defer { project.folder.remove() }
        let result = try await project.run(["check"], environment: ["KEY": "s3cr3t-key-1"])
        for text in misfit.says { #expect(result.outputText.contains(text), "\(result.outputText)") }
        #expect(!result.outputText.contains("wrong secret"), "\(result.outputText)")
        #expect(!result.outputText.contains("t-o-k-e-n-1"))
        #expect(result.status == misfit.exit, "\(result.outputText)\(result.errorText)")
    }

    @Test("a run says it with the place in the provider's file, not in the environment's")
    func run() async throws {
        let server = try RawServer { _ in .answer(200, ["Content-Type: application/json"], #"{"jwt":"t-o-k-e-n-1"}"#) }
        defer { server.stop() }
        var files = LoginProject.files(server.url)
        files["collections/a.json"] = #"""
            { "name": "A", "provider": "mine", "requests": [ { "name": "a", "request": "GET /a" } ] }
            """#
        let project = try UsherProject(files)
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run"], environment: ["NAME": "somebody", "PASSWORD": "pass-word-1"])
        #expect(result.status == 3, "\(result.outputText)\(result.errorText)")
        #expect(result.outputText.contains("; the answer has /jwt"), "\(result.outputText)")
        #expect(result.outputText.contains("--> providers/mine.json:"), "\(result.outputText)")
    }
}
