import Foundation
import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("The sandbox on real sockets", .serialized)
struct SandboxServerTests {
    private static let hasCurl = FileManager.default.isExecutableFile(atPath: "/usr/bin/curl")

    /// A vendor's documented command and what to put in for its placeholders.
    struct Example: Sendable, CustomTestStringConvertible {
        let file: String
        let fill: [(String, String)]
        let member: String
        var testDescription: String { file }
    }

    private static let examples = [
        Example(
            file: "zara4-token.sh",
            fill: [
                ("API_CLIENT_ID", "demo-zara4-client-acme"), ("API_CLIENT_SECRET", "demo-zara4-secret-acme-not-real"),
            ], member: "access_token"),
        Example(
            file: "zarv-token.sh",
            fill: [("your.email@zarv.com", "admin@acme.test"), ("your_password", "demo-zarv-password-acme-admin")],
            member: "accessToken"),
        Example(file: "zarv-refresh.sh", fill: [("yourRefreshToken", "{refresh}")], member: "refreshToken"),
        Example(file: "zarv-resource.sh", fill: [("YOUR_ACCESS_TOKEN", "{zarv}")], member: "items"),
        Example(file: "scalar-assets.sh", fill: [("<YOUR_ACCESS_TOKEN>", "{scalar}")], member: "items"),
        Example(
            file: "clazar-token.sh",
            fill: [
                ("<your_client_id>", "demo-clazar-client-acme"),
                ("<your_client_secret>", "demo-clazar-secret-acme-not-real"),
            ], member: "access_token"),
        Example(
            file: "clarify-token.sh",
            fill: [
                ("<<tokenURL>>", "https://login.clarify.test/oauth/token"),
                ("YOUR_CLIENT_ID", "demo-clarify-client-acme"),
                ("YOUR_CLIENT_SECRET", "demo-clarify-secret-acme-not-real"),
                ("audience=", "audience=https://api.clarify.test/"),
            ], member: "access_token"),
    ]

    @Test("the vendors' own curl lines work, unchanged but for credentials", .enabled(if: hasCurl), arguments: examples)
    func vendorCurl(example: Example) async throws {
        try await withServer { server, endpoints in
            let tokens = try await Self.tokens(server)
            var command = try Project.curl(example.file)
            for (placeholder, value) in example.fill {
                #expect(command.contains(placeholder))
                command = command.replacing(placeholder, with: tokens[value] ?? value)
            }
            let answer = try await Self.curl(command, endpoints)
            let object = try JSONDocument.parse(answer).root.value.object
            #expect(object?[example.member] != nil, "\(answer)")
        }
    }

    @Test("the certificate names every host, and nobody else", .enabled(if: hasCurl))
    func names() async throws {
        try await withServer { _, endpoints in
            for host in SandboxOptions().hostNames + ["localhost", "127.0.0.1"] {
                let answer = try await Self.curl("curl https://\(host)/_sandbox/stats", endpoints)
                #expect(answer.contains("providers"), "\(host)")
            }
            let other = try await Self.curl("curl https://api.elsewhere.test/_sandbox/stats", endpoints)
            #expect(other.isEmpty)
        }
    }

    @Test(
        "the plain port serves the same under a prefix; HEAD, 204 and 413 keep the connection in step",
        .enabled(if: hasCurl))
    func plain() async throws {
        try await withServer { server, endpoints in
            let base = "http://127.0.0.1:\(endpoints.httpPort)"
            let answer = try await Self.curl(
                "head -c 5000000 /dev/zero | curl -I \(base)/zarv/v1/resource --next -q -sS -D - \(base)/zarv/v1/resource"
                    + " --next -q -sS -I \(base)/zarv/api/v1/authentication"
                    + " --next -q -sS -H 'Content-Type: application/json' -H 'Expect:' --data-binary @- -o /dev/null"
                    + " \(base)/zarv/api/v1/authentication"
                    + " --next -q -sS -o /dev/null -w '%{http_code} %{num_connects}' \(base)/_sandbox/stats",
                endpoints)
            #expect(answer.contains("HTTP/1.1 401"))
            #expect(answer.lowercased().contains("www-authenticate: bearer realm=\"zarv\""))
            #expect(answer.hasSuffix("200 0"))
            #expect(server.log.connections.total == 1)
        }
    }

    @Test("a taken port is said in one sentence")
    func taken() async throws {
        try await withServer { _, endpoints in
            var options = SandboxOptions()
            options.httpPort = endpoints.httpPort
            let second = SandboxServer(options: options)
            let error = await #expect(throws: SandboxError.self) { try await second.start() }
            #expect(error?.kind == .portTaken(endpoints.httpPort))
            #expect(error?.message.contains("port \(endpoints.httpPort) is taken") == true)
            await second.stop()
        }
    }

    @Test("it stops twice, without having been started, and starts once")
    func stopping() async throws {
        let server = SandboxServer()
        await server.stop()
        let endpoints = try await server.start()
        #expect(endpoints.httpPort > 0 && endpoints.httpsPort > 0)
        await #expect(throws: SandboxError(.alreadyStarted)) { try await server.start() }
        await server.stop()
        await server.stop()
    }

    @Test("stopping does not wait for idle connections", .timeLimit(.minutes(1)))
    func idle() async throws {
        let server = SandboxServer()
        let endpoints = try await server.start()
        let line = "exec 3<>/dev/tcp/127.0.0.1/\(endpoints.httpPort); read -t 30 answer <&3"
        let client = Task { try await Self.run("bash -c '\(line)'", URL(fileURLWithPath: "/dev/null")) }
        while server.log.connections.open == 0 { try await Task.sleep(for: .milliseconds(2)) }
        await server.stop()
        try await client.value
        #expect(server.log.connections == (open: 0, total: 1))
    }

    // MARK: Helpers

    private func withServer(_ body: (SandboxServer, SandboxEndpoints) async throws -> Void) async throws {
        let server = SandboxServer()
        let endpoints = try await server.start()
        do {
            try await body(server, endpoints)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// Tokens for the placeholders of the fixtures, from the very sandbox that will be asked.
    private static func tokens(_ server: SandboxServer) async throws -> [String: String] {
        let type = "application/json"
        func login(_ host: String, _ path: String, _ body: String) throws -> JSONObject {
            let response = server.sandbox.answer(
                SandboxRequest(
                    "POST", path, authority: host, headers: [.init("Content-Type", type)], body: Array(body.utf8)))
            return try #require(response.json.object)
        }
        let zarv = try login(
            "services.zarv.com", "/api/v1/authentication",
            #"{"username":"admin@acme.test","password":"demo-zarv-password-acme-admin"}"#)
        let scalar = try login(
            "auth.api.eu1.scalar.zf.com", "/v1/integrators/token",
            #"{"clientId":"5ca1ab1e-0000-4000-8000-00000000ac3e","#
                + #""clientSecret":"demo-scalar-secret-acme-not-real","audience":"API"}"#)
        return [
            "{zarv}": try #require(zarv["accessToken"]?.string),
            "{refresh}": try #require(zarv["refreshToken"]?.string),
            "{scalar}": try #require(scalar["accessToken"]?.string),
        ]
    }

    /// Runs a curl command line against the sandbox only, and returns what it printed.
    private static func curl(_ command: String, _ endpoints: SandboxEndpoints) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("usher-sandbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let ca = folder.appendingPathComponent("ca.pem")
        let output = folder.appendingPathComponent("out")
        try endpoints.caPEM.write(to: ca, atomically: true, encoding: .utf8)
        let tls = command.contains("http://") ? "" : "--connect-to '::127.0.0.1:\(endpoints.httpsPort)' "
        let options = "-q -sS --max-time 20 --noproxy '*' \(tls)--cacert '\(ca.path)' "
        let line = command.replacing("curl ", with: "curl " + options, maxReplacements: 1)
        try await run(line, output)
        return try String(contentsOf: output, encoding: .utf8)
    }

    /// Waits without holding a thread of the pool: the sandbox needs it to answer.
    private static func run(_ line: String, _ output: URL) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "{ \(line)\n} > '\(output.path)' 2> /dev/null"]
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch {
                process.terminationHandler = nil
                ended.resume(throwing: error)
            }
        }
    }
}
