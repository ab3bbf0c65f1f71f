import TestSupport
import Testing

@Suite("Options on the wire")
struct WireOptionTests {
    @Test("--timeout holds for token requests too, whoever sends them", arguments: ["run", "token", "check"])
    func tokenTimeout(command: String) async throws {
        let server = try RawServer { _ in .hang() }
        defer { server.stop() }
        let project = try UsherProject(LoginProject.files(server.url))
        defer { project.folder.remove() }
        let result = try await project.run(
            [command] + (command == "run" ? [] : ["mine"]) + ["--timeout", "50ms"],
            environment: ["NAME": "somebody", "PASSWORD": "a-long-password"])
        #expect(result.status == 3)
        #expect((result.outputText + result.errorText).contains("within 50 ms"))
    }

    @Test("null as a header really sends nothing")
    func absent() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try UsherProject([
            "collections/a.json": """
            { "name": "A", "requests": [ { "name": "one", "request": "GET {{base}}/",
              "headers": { "Accept": null, "User-Agent": null } } ] }
            """
        ])
        defer { project.folder.remove() }
        let result = try await project.run(["run", "--var", "base=\(server.url)"])
        #expect(result.status == 0)
        let request = try #require(server.requests.first)
        #expect(request.values("Accept").isEmpty && request.values("User-Agent").isEmpty)
        #expect(request.values("Host").count == 1)
    }

    @Test("a secret too short to be recognised is named once, and masked where the structure shows it")
    func shortSecret() async throws {
        let server = try RawServer { _ in .answer(500) }
        defer { server.stop() }
        let project = try UsherProject([
            "providers/keyed.json": """
            { "id": "keyed", "baseURL": "\(server.url)", "secrets": { "key": {} }, "auth": { "type": "static" },
              "apply": [ { "in": "query", "name": "api key", "value": "{{secret.key}}" } ] }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "me": { "provider": "keyed", "secrets": { "key": { "env": "KEY" } } } } }
            """,
            "collections/a.json": """
            { "name": "A", "as": "me", "requests": [ { "name": "one", "request": "GET {{base}}/x" },
              { "name": "two", "request": "POST {{base}}/y", "body": { "json": { "k": "{{identities.me.key}}" } } } ] }
            """,
        ])
        defer { project.folder.remove() }
        let result = try await project.run(
            ["run", "-v", "--junit", "out.xml", "--var", "base=\(server.url)"], environment: ["KEY": "zq7x"])
        #expect(result.status == 1)
        #expect(server.requests.map(\.requestLine).first == "GET /x?api%20key=zq7x HTTP/1.1")
        let report = try project.text("out.xml")
        for text in [result.outputText, report] {
            #expect(!text.contains("zq7x"))
        }
        let warning = "the secret 'me.key' has fewer than 6 characters"
        #expect(result.outputText.occurrences(of: warning) == 1)
        #expect(!result.errorText.contains(warning))
        #expect(report.contains(warning.replacing("'", with: "&apos;")) || report.contains(warning))
        #expect(result.outputText.contains("?api%20key=«secret:api%20key»"))
    }

    @Test("a secret too short to be recognised is masked in the path, whoever put it there")
    func shortPath() async throws {
        let server = try RawServer { _ in .answer(500) }
        defer { server.stop() }
        let project = try UsherProject([
            "providers/bot.json": """
            { "id": "bot", "baseURL": "\(server.url)", "secrets": { "key": {} }, "auth": { "type": "static" },
              "verify": { "request": "GET /me" }, "apply": [ { "in": "path", "value": "/bot{{secret.key}}" } ] }
            """,
            "environments/test.json": """
            { "name": "test", "identities": { "me": { "provider": "bot", "secrets": { "key": { "env": "KEY" } } } } }
            """,
            "collections/a.json": """
            { "name": "A", "requests": [ { "name": "one", "as": "me", "request": "GET /x" },
              { "name": "two", "as": "anonymous", "request": "GET {{base}}/y/{{identities.me.key}}/z?a=1" },
              { "name": "three", "as": "anonymous", "request": "GET {{base}}/v-{{identities.me.key}}.json" },
              { "name": "four", "as": "anonymous", "request": "GET {{base}}/{{raw(identities.me.key)}}/end" } ] }
            """,
        ])
        defer { project.folder.remove() }
        for key in ["zq7x", "q/7", "ü7?"] {
            let result = try await project.run(
                ["run", "-v", "--junit", "out.xml", "--var", "base=\(server.url)"], environment: ["KEY": key])
            #expect(result.status == 1, "\(result.outputText)")
            let check = try await project.run(["check", "--json", "check.json"], environment: ["KEY": key])
            #expect(check.status == 1)
            let encoded = key.utf8.reduce(into: "") { text, byte in
                let isPlain = byte < 0x80 && Character(UnicodeScalar(byte)).isLetter || 0x30...0x39 ~= byte
                text += isPlain ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16, uppercase: true)
            }
            for text in [
                result.outputText, try project.text("out.xml"), check.outputText, try project.text("check.json"),
            ] {
                #expect(!text.contains("/\(key)") && !text.contains(encoded) && !text.contains("bot\(key)"), "\(text)")
            }
            #expect(result.outputText.contains("/y/«secret:me.key»/z"), "\(result.outputText)")
        }
        #expect(server.requests.contains { $0.requestLine == "GET /botzq7x/x HTTP/1.1" })
        #expect(server.requests.contains { $0.requestLine == "GET /v-zq7x.json HTTP/1.1" })
    }

    @Test("the sandbox needs a folder for its certificate and says which one is missing")
    func temporaryFolder() async throws {
        let project = try UsherProject()
        defer { project.folder.remove() }
        let missing = project.folder.file("missing")
        let result = try await project.run(["sandbox"], environment: ["TMPDIR": missing])
        #expect(result.status == 3)
        #expect(result.errorText == "error: the folder for temporary files, \(missing) (TMPDIR), does not exist\n")
    }

    @Test("the sandbox says that it needs more open files than the process may have", arguments: [16, 63])
    func openFiles(limit: Int) async throws {
        let project = try UsherProject()
        defer { project.folder.remove() }
        let result = try await ChildProcess.run(
            "/bin/sh", ["-c", "ulimit -n \(limit); exec \"$0\" sandbox", try BuiltProducts.path("usher")],
            directory: project.folder.path)
        #expect(result.status == 3)
        #expect(
            result.errorText
                == "error: the sandbox needs 64 open files, but this process may have \(limit); "
                + "allow more with 'ulimit -n 256'\n")
    }

    @Test("usher help COMMAND is usher COMMAND --help")
    func help() async throws {
        let project = try UsherProject()
        defer { project.folder.remove() }
        let one = try await project.run(["help", "run"])
        let other = try await project.run(["run", "--help"])
        #expect(one.status == 0 && one.outputText == other.outputText && one.outputText.contains("--jobs"))
    }
}
