import TestSupport
import Testing

@Suite("The token cache of the commands")
struct CacheCommandTests {
    private static let variables = ["NAME": "somebody", "PASSWORD": "pass-word-1"]

    /// A login service whose tokens are good until one is revoked, and a project that uses it.
    private struct Bench {
        let server: RawServer
        let project: UsherProject

        init() throws {
            server = try RawServer { request in
                request.requestLine.contains("/login")
                    ? .answer(
                        200, ["Content-Type: application/json"],
                        #"{"token":"token-for-tests-only","refresh":"refresh-for-tests","expires_in":600}"#)
                    : .answer(200)
            }
            project = try UsherProject(LoginProject.files(server.url))
        }

        func run(_ arguments: [String], _ more: [String: String] = [:]) async throws -> ChildProcess.Result {
            try await project.run(
                arguments,
                environment: CacheCommandTests.variables.merging(["USHER_CACHE_DIR": project.folder.file("cache")]) {
                    $1
                }
                .merging(more) { $1 })
        }

        var logins: Int { server.requests.count { $0.requestLine.contains("/login") } }

        func end() {
            server.stop()
            project.folder.remove()
        }
    }

    static let choices: [([String], [String: String], logins: Int)] = [
        ([], [:], 1), ([], ["CI": "true"], 2), (["--cache"], ["CI": "true"], 1), (["--no-cache"], [:], 2),
        (["--fresh-token"], [:], 2),
    ]

    @Test("two commands share a token by default, not where CI is set", arguments: choices)
    func choice(_ options: [String], _ variables: [String: String], _ logins: Int) async throws {
        let bench = try Bench()
        defer { bench.end() }
        for _ in 0..<2 {
            let result = try await bench.run(["token", "mine"] + options, variables)
            #expect(result.outputText == "token-for-tests-only\n", "\(result.errorText)")
            #expect(result.errorText == "")
        }
        #expect(bench.logins == logins)
    }

    @Test("run uses what token left, and the other way round")
    func run() async throws {
        let bench = try Bench()
        defer { bench.end() }
        _ = try await bench.run(["token", "mine"])
        let result = try await bench.run(["run", "--request", "one"])
        #expect(result.status == 0, "\(result.outputText)\(result.errorText)")
        #expect(bench.logins == 1)
    }

    @Test("tokens lists them without values, and forgets one or all")
    func list() async throws {
        let bench = try Bench()
        defer { bench.end() }
        #expect(try await bench.run(["tokens"]).outputText.hasPrefix("no cached tokens in "))
        _ = try await bench.run(["token", "mine"])
        let list = try await bench.run(["tokens"])
        #expect(list.outputText.hasPrefix("mine  mine  good for "), "\(list.outputText)")
        #expect(!list.outputText.contains("for-tests"))
        let other = try await bench.run(["tokens", "--forget", "other"])
        #expect(other.status == 4)
        #expect(try await bench.run(["tokens", "--forget", "mine"]).outputText.hasPrefix("removed 1 token from "))
        _ = try await bench.run(["token", "mine"])
        #expect(bench.logins == 2)
        #expect(try await bench.run(["tokens", "--forget", "--all"]).outputText.hasPrefix("removed 1 token from "))
        #expect(try await bench.run(["tokens", "--all"]).outputText.hasPrefix("removed 0 tokens from "))
    }

    @Test("check gets a new token, and leaves the cache as it is")
    func check() async throws {
        let bench = try Bench()
        defer { bench.end() }
        _ = try await bench.run(["token", "mine"])
        #expect(try await bench.run(["check"]).status == 0)
        #expect(bench.logins == 2)
        #expect(try await bench.run(["tokens"]).outputText.contains("good for"))
    }

    @Test("the sandbox keeps nothing, and says so where it is asked to")
    func sandbox() async throws {
        let project = try UsherProject.examples()
        defer { project.folder.remove() }
        let folder = ["USHER_CACHE_DIR": project.folder.file("cache")]
        #expect(try await project.run(["token", "zarv", "--sandbox"], environment: folder).status == 0)
        #expect(try await project.run(["tokens"], environment: folder).outputText.hasPrefix("no cached tokens"))
        let asked = try await project.run(["token", "zarv", "--sandbox", "--cache"], environment: folder)
        #expect(asked.status == 2)
        #expect(asked.errorText.contains("--sandbox keeps no tokens"))
    }
}
