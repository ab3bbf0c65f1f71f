import JSON
import TestSupport
import Testing

/// The examples of docs/formats.md, "A token from a program", with programs that print what the real ones do.
@Suite("Tokens from programs", .timeLimit(.minutes(1)))
struct ProgramTokenTests {
    private static let programs: [String: String] = [
        "gcloud": "[ \"$*\" = 'auth print-access-token' ] && echo google-token-for-tests",
        "az": """
        [ "$*" = 'account get-access-token' ] && cat <<'END'
        { "accessToken": "azure-token-for-tests", "expiresOn": "2100-01-01 00:00:00.000000", "expires_on": 4102444800,
          "tokenType": "Bearer" }
        END
        """,
        "kubelogin": """
        [ "$*" = get-token ] && cat <<'END'
        { "kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1", "spec": { "interactive": false },
          "status": { "expirationTimestamp": "2100-01-01T00:00:00Z", "token": "cluster-token-for-tests" } }
        END
        """,
        "aws": """
        [ "$*" = 'configure export-credentials' ] && cat <<'END'
        { "Version": 1, "AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": "secret-key-for-tests",
          "SessionToken": "session-token-for-tests", "Expiration": "2100-01-01T00:00:00+00:00" }
        END
        """,
    ]

    /// The blocks of JSON of a page below a heading.
    private static func examples(_ page: String, below heading: String) throws -> [String] {
        let text = String(decoding: try TemporaryFolder.read("\(UsherProject.repository)/docs/\(page)"), as: UTF8.self)
        let start = try #require(text.firstRange(of: "\n\(heading)\n")).upperBound
        return text[start...].split(separator: "```json\n").dropFirst().compactMap { part in
            part.firstRange(of: "```").map { String(part[..<$0.lowerBound]) }
        }
    }

    private static func project(_ files: [String: String] = [:]) throws -> UsherProject {
        let environment = try examples("formats.md", below: "### A token from a program")[0]
        let bucket = try examples("providers.md", below: "## Signed calls").first { $0.contains(#""id": "bucket""#) }
        let project = try UsherProject(
            ["environments/programs.json": environment, "providers/bucket.json": try #require(bucket)]
                .merging(files) { $1 })
        try project.folder.makeFolder("bin")
        for (name, script) in programs { try project.folder.write("bin/\(name)", "#!/bin/sh\n\(script)\n") }
        return project
    }

    private static func run(_ project: UsherProject, _ arguments: [String]) async throws -> ChildProcess.Result {
        let names = programs.keys.map { project.folder.file("bin/\($0)") }
        _ = try await ChildProcess.run("chmod", ["+x"] + names)
        return try await project.run(arguments, environment: ["PATH": "\(project.folder.file("bin")):/usr/bin:/bin"])
    }

    @Test("plain text, JSON and ExecCredential give the token", arguments: ["google", "azure", "cluster"])
    func token(_ identity: String) async throws {
        let project = try Self.project()
        defer { project.folder.remove() }
        let result = try await Self.run(project, ["token", identity, "--header", "--allow-commands"])
        #expect(result.outputText == "Authorization: Bearer \(identity)-token-for-tests\n", "\(result.errorText)")
        let refused = try await Self.run(project, ["token", identity])
        #expect(refused.status == 3 && refused.output.isEmpty)
        #expect(refused.errorText.contains("is not run unless you allow it: add --allow-commands"))
    }

    @Test("credential_process gives the keys of a signature, and no key is in any output")
    func keys() async throws {
        let server = try RawServer()
        defer { server.stop() }
        let project = try Self.project([
            "collections/bucket.json": """
            { "name": "Bucket", "provider": "bucket", "requests": [ { "name": "list", "request": "GET /" } ] }
            """
        ])
        defer { project.folder.remove() }
        let provider = try project.text("providers/bucket.json")
            .replacing("https://s3.eu-central-1.amazonaws.com", with: server.url)
        try project.folder.write("providers/bucket.json", provider)
        let result = try await Self.run(project, ["run", "-v", "--junit", "out.xml", "--allow-commands"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        let request = try #require(server.requests.first)
        #expect(
            request.values("Authorization").first?.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/") == true)
        #expect(request.values("X-Amz-Security-Token") == ["session-token-for-tests"])
        for text in [result.outputText, result.errorText, try project.text("out.xml")] {
            #expect(!text.contains("for-tests"))
        }
    }

    @Test("An answer without the token, an end that is none, a program that fails: why, without what it printed")
    func wrong() async throws {
        let project = try Self.project()
        defer { project.folder.remove() }
        for (script, reason) in [
            (#"echo '{ "status": {} }'"#, "what the command 'kubelogin' prints holds nothing at /status/"),
            (
                #"echo '{ "status": { "token": "cluster-token-for-tests", "expirationTimestamp": "soon" } }'"#,
                "the command 'kubelogin' printed no time at /status/expirationTimestamp"
            ),
            (
                "echo 'the session has ended' >&2; exit 3",
                "the command 'kubelogin' failed with status 3: the session has ended"
            ),
        ] {
            try project.folder.write("bin/kubelogin", "#!/bin/sh\n\(script)\n")
            let result = try await Self.run(project, ["token", "cluster", "--allow-commands"])
            #expect(result.status == 3 && result.output.isEmpty)
            #expect(result.errorText.contains(reason), "\(result.errorText)")
            #expect(!result.errorText.contains("for-tests"))
        }
    }

    static let foreignFiles: [(path: String, text: String, complaint: String)] = [
        (
            "providers/mine.json",
            #"{ "id": "mine", "baseURL": "https://a.test", "secrets": { "key": { "command": ["id"] } }, "#
                + #""auth": { "type": "static" } }"#,
            "command"
        ),
        (
            "collections/mine.json",
            #"{ "name": "Mine", "secrets": { "key": { "command": ["id"] } }, "requests": [] }"#, "secrets"
        ),
    ]

    @Test("A provider or a collection can name no program", arguments: foreignFiles)
    func foreign(_ path: String, _ text: String, _ complaint: String) async throws {
        let project = try UsherProject([path: text])
        defer { project.folder.remove() }
        let result = try await project.run(["validate"])
        #expect(result.status == 2)
        #expect(result.errorText.contains("'\(complaint)'"), "\(result.errorText)")
    }
}
