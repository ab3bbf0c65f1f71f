import JSON
import Synchronization
import TestSupport
import Testing

@testable import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite("Secrets that are typed, piped or issued by a CI")
struct InputSourceTests {
    private static func world(_ variables: [String: String] = [:]) -> SecretWorld {
        SecretWorld(variables: variables) { _ in .failure(OutputError("no files here")) }
    }

    private static func message(_ text: String, _ world: SecretWorld) async throws -> String? {
        let source = try #require(SecretSourceTests.read(text).binding).source
        let error = await #expect(throws: SecretError.self) { try await source.read(in: world) }
        return error?.description
    }

    // MARK: Prompt

    /// Types on a terminal as soon as the question stands there.
    private static func typed(
        _ keys: [UInt8]
    ) async throws -> (answer: Result<String, SecretError>, shown: String, echo: [Bool]) {
        let terminal = try PseudoTerminal()
        defer { terminal.close() }
        let answer = Task { () -> Result<String, SecretError> in
            do throws(SecretError) {
                return .success(try await TerminalPrompt(path: terminal.path).ask("Pass\u{1B}word"))
            } catch {
                return .failure(error)
            }
        }
        var shown = await terminal.shown()
        let during = terminal.isEchoing
        terminal.type(keys)
        let result = await answer.value
        shown += await terminal.shown()
        return (result, shown, [during, terminal.isEchoing])
    }

    @Test("What is typed is not shown, and the terminal is as before afterwards")
    func prompt() async throws {
        let (answer, shown, echo) = try await Self.typed(Array("wrong\u{15}hunteR\u{7F}r\u{E9}2\n".utf8))
        #expect(answer == .success("hunter\u{E9}2"))
        #expect(shown == "Password: \r\n")
        #expect(echo == [false, true])
    }

    @Test("End of input breaks it off, and the terminal is as before")
    func endOfInput() async throws {
        let (answer, _, echo) = try await Self.typed([0x04])
        #expect(answer == .failure(SecretError("interrupted")))
        #expect(echo == [false, true])
    }

    @Test("A cancelled task leaves the terminal as it was")
    func cancelled() async throws {
        let terminal = try PseudoTerminal()
        defer { terminal.close() }
        let task = Task { try await TerminalPrompt(path: terminal.path).ask("Password") }
        let shown = await terminal.shown()
        #expect(shown == "Password: ")
        task.cancel()
        await #expect(throws: SecretError("interrupted")) { try await task.value }
        #expect(terminal.isEchoing)
    }

    @Test("Nobody is asked in CI, or without a terminal; a question is asked once")
    func nobodyThere() async throws {
        #expect(
            try await Self.message(#"{"prompt":"Password"}"#, Self.world(["CI": "true"]))
                == "the answer to 'Password' is not to be had: nobody is asked where CI is set")
        var world = Self.world()
        world.ask = TerminalPrompt(path: "/dev/null").ask
        #expect(
            try await Self.message(#"{"prompt":"Password"}"#, world)
                == "the answer to 'Password' is not to be had: there is no terminal to ask on")
        let count = Mutex(0)
        world = Self.world()
        world.ask = { (question) throws(SecretError) in "\(question) \(count.withLock { $0 += 1; return $0 })" }
        let source = try #require(SecretSourceTests.read(#"{"prompt":"Password"}"#).binding).source
        #expect(try await source.read(in: world) == "Password 1")
        #expect(try await source.read(in: world) == "Password 1")
    }

    // MARK: Descriptor

    @Test("A descriptor is read to its end once")
    func descriptor() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let source = try #require(SecretSourceTests.read("{\"fd\":\(ends[0])}").binding).source
        write(ends[1], "hunter2\n", 8)
        close(ends[1])
        let world = Self.world()
        #expect(try await source.read(in: world) == "hunter2")
        #expect(try await source.read(in: world) == "hunter2")
    }

    @Test("A descriptor that is closed, or a terminal")
    func wrongDescriptors() async throws {
        // One that the tests beside this one do not have open; from above, where they come last.
        let closed = try #require((3...1023).reversed().first { fcntl(Int32($0), F_GETFD) < 0 })
        #expect(
            try await Self.message("{\"fd\":\(closed)}", Self.world())
                == "the descriptor \(closed) cannot be read: it is not open")
        let terminal = try PseudoTerminal()
        defer { terminal.close() }
        let descriptor = open(terminal.path, O_RDWR | O_NOCTTY)
        defer { close(descriptor) }
        #expect(
            try await Self.message("{\"fd\":\(descriptor)}", Self.world())
                == "the descriptor \(descriptor) cannot be read: it is a terminal, which would show the secret; use { \"prompt\": … }"
        )
    }

    // MARK: CI

    private static let github = [
        "GITHUB_ACTIONS": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://ci.test/token?api-version=2",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "job-token",
    ]

    @Test("GitHub Actions issues a token on request")
    func requested() async throws {
        let asked = Mutex<[String]>([])
        var world = Self.world(Self.github)
        world.fetch = { (url, bearer) throws(SecretError) in
            asked.withLock { $0 += [url, bearer.reveal()] }
            return Array(#"{"count":1,"value":"eyJ.a.b"}"#.utf8)
        }
        let source = try #require(SecretSourceTests.read(#"{"ciOidc":{"audience":"api://a b&c"}}"#).binding).source
        #expect(try await source.read(in: world) == "eyJ.a.b")
        #expect(
            asked.withLock { $0 } == [
                "https://ci.test/token?api-version=2&audience=api%3A%2F%2Fa%20b%26c", "job-token",
            ])
    }

    @Test("GitLab puts it into the variable that the binding names")
    func variable() async throws {
        let source = try #require(
            SecretSourceTests.read(#"{"ciOidc":{"audience":"a","variable":"ID_TOKEN"}}"#).binding
        ).source
        #expect(try await source.read(in: Self.world(["GITLAB_CI": "true", "ID_TOKEN": "eyJ.a.b"])) == "eyJ.a.b")
        #expect(try await source.read(in: Self.world(["ID_TOKEN": "eyJ.a.b"])) == "eyJ.a.b")
    }

    @Test(
        "What is missing",
        arguments: [
            (
                [:],
                "this is neither a job of GitHub Actions (ACTIONS_ID_TOKEN_REQUEST_URL is not set) nor one of GitLab (GITLAB_CI is not set)"
            ),
            (["GITHUB_ACTIONS": "true"], "the job may not ask for one; give it 'permissions: id-token: write'"),
            (["ACTIONS_ID_TOKEN_REQUEST_URL": "https://ci.test"], "ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set"),
            (
                ["GITLAB_CI": "true"],
                "on GitLab the binding names the variable that the job declares under 'id_tokens': { \"ciOidc\": { \"audience\": …, \"variable\": … } }"
            ),
            (github, "the identity service cannot be asked here"),
        ])
    func missing(variables: [String: String], message: String) async throws {
        #expect(
            try await Self.message(#"{"ciOidc":{"audience":"a"}}"#, Self.world(variables))
                == "the CI's identity token for 'a' is not to be had: " + message)
    }

    // MARK: Any

    @Test("The first source that yields is taken; if none does, every reason is given")
    func any() async throws {
        let text = #"{"any":[{"env":"A"},{"pointer":"/p"},{"env":"B"}]}"#
        let source = try #require(SecretSourceTests.read(text).binding).source
        #expect(try await source.read(in: Self.world(["A": "a", "B": "b"])) == "a")
        #expect(try await source.read(in: Self.world(["B": "b"])) == "b")
        var world = Self.world()
        world.document = try JSONDocument.parse(#"{"p":"from"}"#).root
        #expect(try await source.read(in: world) == "from")
        #expect(
            try await Self.message(text, Self.world())
                == "none of 3 sources yields: (1) the environment variable A is not set; (2) the place /p in 'from' needs "
                + "a member 'from' beside 'secrets'; (3) the environment variable B is not set")
    }
}
