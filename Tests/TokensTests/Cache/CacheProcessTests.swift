import JSON
import Synchronization
import TestSupport
import Testing

/// A token service with single-use refresh tokens: one that comes twice ends the whole session.
private final class RotatingService: Sendable {
    private struct State {
        var logins = 0
        var refreshes = 0
        var family = 0
        var number = 0
        /// The refresh token that may be used next, per session.
        var current: [Int: String] = [:]
    }

    private let state = Mutex(State())

    var logins: Int { state.withLock { $0.logins } }
    var refreshes: Int { state.withLock { $0.refreshes } }

    func answer(_ request: RawRequest) -> RawReply {
        let body = (try? JSONDocument.parse(request.body))?.root
        return state.withLock { state in
            if request.requestLine.contains("/login") {
                state.logins += 1
                state.family += 1
                return grant(state.family, &state)
            }
            state.refreshes += 1
            let refresh = body?["refresh"]?.string ?? ""
            let family = Int(refresh.split(separator: "-").dropFirst().first ?? "") ?? 0
            guard state.current[family] == refresh else {
                state.current[family] = nil
                return .answer(401, ["Content-Type: application/json"], #"{"error":"invalid_grant"}"#)
            }
            return grant(family, &state)
        }
    }

    private func grant(_ family: Int, _ state: inout State) -> RawReply {
        state.number += 1
        let refresh = "refresh-\(family)-\(state.number)"
        state.current[family] = refresh
        return .answer(
            200, ["Content-Type: application/json"],
            #"{"token":"token-\#(family)-\#(state.number)","refresh":"\#(refresh)","expires_in":3600}"#)
    }

    /// Whether the session of that token goes on.
    func isAlive(_ token: String) -> Bool {
        let family = Int(token.split(separator: "-").dropFirst().first ?? "") ?? 0
        return state.withLock { $0.current[family] != nil }
    }
}

@Suite("The cache across processes", .serialized)
struct CacheProcessTests {
    private struct Bench {
        let service = RotatingService()
        let server: RawServer
        let folder: TemporaryFolder

        init() throws {
            server = try RawServer { [service] in service.answer($0) }
            folder = try TemporaryFolder()
        }

        func start(_ tasks: Int = 1, kill: String = "", hours: Int = 0) throws -> ChildProcess {
            try ChildProcess(
                "/bin/sh",
                ["-c", "umask 000; exec \"$0\" \"$@\"", BuiltProducts.path("cache-probe"), server.url, "\(tasks)"],
                environment: [
                    "PATH": "/usr/bin:/bin", "USHER_CACHE_DIR": folder.file("cache"), "PROBE_KILL": kill,
                    "PROBE_SHIFT": "\(hours * 3_600_000)",
                ])
        }

        func run(_ tasks: Int = 1, kill: String = "", hours: Int = 0) async throws -> ChildProcess.Result {
            await (try start(tasks, kill: kill, hours: hours)).result()
        }

        /// So many processes at once; what each printed.
        func herd(_ count: Int, _ tasks: Int, hours: Int = 0) async throws -> Set<String> {
            let children = try (0..<count).map { _ in try start(tasks, hours: hours) }
            var outputs: Set<String> = []
            for child in children {
                let result = await child.result()
                #expect(result.status == 0, "\(result.errorText)")
                outputs.insert(result.outputText)
            }
            return outputs
        }

        func end() {
            server.stop()
            folder.remove()
        }
    }

    @Test("8 processes with 50 tasks each and a cold cache make one token request, and one at the token's end")
    func singleFlight() async throws {
        let bench = try Bench()
        defer { bench.end() }
        #expect(try await bench.herd(8, 50) == ["token-1-1\n"])
        #expect((bench.service.logins, bench.service.refreshes) == (1, 0))
        #expect(try await bench.herd(8, 50, hours: 2) == ["token-1-2\n"])
        #expect((bench.service.logins, bench.service.refreshes) == (1, 1))
        let folder = bench.folder.file("cache/tokens")
        #expect(FolderNames.mode(folder) == 0o700)
        for name in try FolderNames.list(folder) { #expect(FolderNames.mode(folder + "/" + name) == 0o600, "\(name)") }
    }

    @Test("a process that dies with the lock does not hold it")
    func deadHolder() async throws {
        let bench = try Bench()
        defer { bench.end() }
        #expect(try await bench.run(kill: "after-lock").ending == .killed(signal: 9))
        #expect(try await bench.herd(8, 50) == ["token-1-1\n"])
        #expect(bench.service.logins == 1)
    }

    /// Where the answer was lost, a single-use refresh token is spent: only a new login helps, and it comes by itself.
    static let steps: [(String, logins: Int)] = [
        ("before-lock", 1), ("after-lock", 1), ("before-send", 1), ("after-answer", 2), ("before-save", 2),
        ("after-save", 1),
    ]

    @Test("kill -9 at every step of a rotating renewal loses no session", arguments: steps)
    func killed(_ step: String, _ logins: Int) async throws {
        let bench = try Bench()
        defer { bench.end() }
        #expect(try await bench.run().outputText == "token-1-1\n")
        #expect(try await bench.run(kill: step, hours: 2).ending == .killed(signal: 9))
        let next = try await bench.run(hours: 2)
        #expect(bench.service.isAlive(next.outputText.filter { $0 != "\n" }), "\(next.outputText)")
        #expect(next.errorText == "")
        #expect(bench.service.logins == logins)
        // And the session goes on.
        let later = try await bench.run(hours: 4)
        #expect(bench.service.isAlive(later.outputText.filter { $0 != "\n" }))
        #expect(bench.service.logins == logins)
    }

    @Test("kill -9 at any moment leaves an entry that can be read, or none")
    func killedAnywhere() async throws {
        let bench = try Bench()
        defer { bench.end() }
        for round in 1...12 {
            let child = try bench.start(4, hours: round * 2)
            try await Task.sleep(for: .milliseconds(round * 4))
            child.signal(9)
            _ = await child.result()
            let next = try await bench.run(hours: round * 2)
            #expect(next.errorText == "", "after round \(round)")
            #expect(bench.service.isAlive(next.outputText.filter { $0 != "\n" }))
        }
    }
}
