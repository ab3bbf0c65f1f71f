import FoundationEssentials
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Where reports go")
struct ReportPlaceTests {
    private static let collection = """
        { "name": "One", "requests": [ { "name": "one", "request": "GET {{base}}/one" } ] }
        """

    private static func project() throws -> UsherProject {
        try UsherProject(["collections/one.json": collection, "other.json": "{}"])
    }

    @Test(
        "a place that cannot be meant is a usage error, before anything is sent",
        arguments: [
            ("environments", "it is a folder"), ("new/", "it names a folder"), ("", "needs the name of a file"),
            ("collections/../collections/one.json", "which this run reads"),
        ])
    func misuse(path: String, reason: String) async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try Self.project()
        defer { project.folder.remove() }
        let result = try await project.run(["run", "--var", "base=\(server.url)", "--junit", path])
        #expect(result.status == 2)
        #expect(result.errorText.contains(reason))
        #expect(server.connections == 0)
        #expect(try project.text("collections/one.json") == Self.collection)
    }

    /// Everything that a run reads beside its collections: also what an environment extends, and where secrets are.
    private static let read = [
        "environments/test.json", "environments/base.json", "environments/root.json", "key", "all.json", ".env",
        "other.json", "client.pem", "client.key", "providers/p.json", "usher.json",
    ]

    @Test("no report takes the place of a file that the command reads", arguments: read)
    func inputs(path: String) async throws {
        let project = try UsherProject([
            "providers/p.json": #"""
            { "id": "p", "baseURL": "https://api.test", "secrets": { "a": {}, "b": { "at": "/b" }, "c": {}, "d": {} },
              "auth": { "type": "static" }, "apply": [{ "in": "header", "name": "X", "value": "{{secret.a}}" }] }
            """#,
            "environments/test.json": #"{ "name": "test", "extends": "./base.json" }"#,
            "environments/base.json": #"""
            { "name": "base", "extends": "root.json", "identities": { "me": { "provider": "p",
                "from": { "file": "../all.json" }, "tls": { "certificate": "../client.pem", "key": "../client.key" },
                "secrets": { "a": { "file": "../key" }, "c": { "dotenv": "../.env", "name": "C" },
                  "d": { "any": [{ "env": "NONE" }, { "file": "../other.json", "pointer": "/d" }] } } } } }
            """#,
            "environments/root.json": #"{ "name": "root" }"#, "key": "a-long-key", "all.json": #"{"b":"b-long-key"}"#,
            ".env": "C=c-long-key\n", "other.json": #"{"d":"d-long-key"}"#, "client.pem": "", "client.key": "",
            "collections/a.json": #"{ "name": "A", "as": "me", "requests": [ { "name": "a", "request": "GET /a" } ] }"#,
            "usher.json": #"{ "env": "test" }"#,
        ])
        defer { project.folder.remove() }
        let before = try project.text(path)
        for arguments in [
            ["run", "--junit", path], ["run", "--json", path], ["check", "--junit", path], ["check", "--json", path],
        ] {
            let result = try await project.run(arguments)
            #expect(result.status == 2, "\(arguments): \(result.outputText)")
            #expect(result.errorText.contains("would replace"), "\(result.errorText)")
            #expect(try project.text(path) == before)
        }
        let twice = try await project.run(["check", "--json", "out", "--junit", "out"])
        #expect(twice.status == 2)
        #expect(twice.errorText == "error: two reports would be written to 'out'\n")
    }

    @Test("a report for a shell's pipe or for standard output reaches it, and no file is made")
    func streams() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try Self.project()
        defer { project.folder.remove() }
        let usher = "'\(try BuiltProducts.path("usher"))' run --var base=\(server.url)"
        let piped = try await ChildProcess.run(
            "bash", ["-c", "cd '\(project.folder.path)' && \(usher) --junit >(cat > piped) | cat; wait"])
        #expect(piped.outputText.contains("1 passed"), "\(piped.errorText)")
        try await eventually("the reader of the pipe to be done") {
            (try? project.text("piped").hasSuffix("</testsuites>\n")) ?? false
        }
        let printed = try await project.run(["run", "--var", "base=\(server.url)", "--junit", "/dev/stdout"])
        #expect(printed.status == 0)
        #expect(printed.outputText.contains("<testcase classname=\"collections.one\""))
        let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.path)
        #expect(Set(names) == ["collections", "environments", "providers", "other.json", "piped"])
    }

    @Test("files in a report are named relative to the project's root, wherever usher was started")
    func relative() async throws {
        let server = try RawServer { _ in .answer() }
        defer { server.stop() }
        let project = try UsherProject([
            "usher.json": "{ \"junit\": \"out/junit.xml\" }"
        ])
        defer { project.folder.remove() }
        try project.folder.makeFolder("deep")
        try project.folder.makeFolder("deep/collections")
        try project.folder.write("deep/collections/one.json", Self.collection)
        let result = try await ChildProcess.run(
            try BuiltProducts.path("usher"), ["run", "collections", "--var", "base=\(server.url)"],
            environment: ["PATH": "/usr/bin:/bin"], directory: project.folder.file("deep"))
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        let report = try project.text("out/junit.xml")
        #expect(report.contains("classname=\"deep.collections.one\""))
        #expect(report.contains("file=\"deep/collections/one.json\""))
    }

    @Test(
        "what was asked for and cannot be printed is an error, unless its reader has gone",
        arguments: [">&-", "> /dev/full", "| true"])
    func standardOutput(redirection: String) async throws {
        let statuses: [Int32] = redirection == "| true" ? [0, 128 + 13] : [3]
        let project = try UsherProject([
            "a.json": "[1]",
            "environments/test.json": """
            { "name": "test", "identities": { "me": { "provider": "bearer", "vars": { "apiURL": "https://api.test" },
              "secrets": { "token": { "env": "T" } } } } }
            """,
        ])
        defer { project.folder.remove() }
        let usher = "'\(try BuiltProducts.path("usher"))'"
        for command in ["query --json '$[0]' a.json", "token me"] {
            let result = try await ChildProcess.run(
                "bash",
                [
                    "-c",
                    "set -o pipefail; cd '\(project.folder.path)' && T=a-long-token \(usher) \(command) \(redirection)",
                ])
            let status = try #require(result.status)
            #expect(statuses.contains(status), "\(command) \(redirection): \(result.errorText)")
            #expect(result.errorText.contains("cannot write standard output") == (status == 3))
        }
    }

    @Test("a second Ctrl-C leaves no half report behind")
    func secondSignal() async throws {
        // A pipe that nobody empties holds the run up, so that the first signal does not end it.
        let lines = (0..<2000).map {
            "{ \"name\": \"request number \($0)\", \"request\": \"GET https://a.test/\", \"skip\": \"\(Self.reason)\" }"
        }
        let project = try UsherProject([
            "collections/many.json": "{ \"name\": \"Many\", \"requests\": [ \(lines.joined(separator: ",")) ] }"
        ])
        defer { project.folder.remove() }
        let pipe = project.folder.file("pipe")
        #expect(mkfifo(pipe, 0o600) == 0)
        let reader = open(pipe, O_RDWR)
        defer { close(reader) }
        let usher = try BuiltProducts.path("usher")
        let child = try ChildProcess(
            "bash", ["-c", "exec '\(usher)' run --junit out/a.xml > pipe"], directory: project.folder.path)
        try await eventually("the pipe to be full") {
            var count: Int32 = 0
            return ioctl(reader, UInt(FIONREAD), &count) == 0 && count > 60_000
        }
        let folder = project.folder.file("out")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
        try await eventually("the run to give in") {
            child.signal(2)
            return !child.isRunning
        }
        #expect(await child.result().status == 130)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    private static let reason = String(repeating: "because ", count: 20)
}
