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

@Suite("Secrets that programs give")
struct ProgramSourceTests {
    private static func world(_ variables: [String: String] = ["PATH": "/usr/bin:/bin"]) -> SecretWorld {
        var world = SecretWorld(variables: variables) { _ in .failure(OutputError("no files here")) }
        world.allowsCommands = true
        return world
    }

    private static func source(_ text: String) throws -> any SecretSource {
        try #require(SecretSourceTests.read(text).binding).source
    }

    private static func message(_ text: String, _ world: SecretWorld) async throws -> String? {
        let source = try source(text)
        let error = await #expect(throws: SecretError.self) { try await source.read(in: world) }
        return error?.description
    }

    @Test("A program is run without a shell, with the usual variables, an empty standard input and no other descriptor")
    func runs() async throws {
        let plain = try Self.source(#"{"command":["printf","%s\n","a b; $(id) *"]}"#)
        #expect(try await plain.read(in: Self.world()) == "a b; $(id) *")
        let print = #"["/bin/sh","-c","cat; printf %s \"$NAME.$LC_X.$OTHER\""]"#
        let world = Self.world(["NAME": "x y", "PATH": "/bin", "LC_X": "l", "OTHER": "o"])
        #expect(try await Self.source("{\"command\":\(print)}").read(in: world) == ".l.")
        let named = try Self.source("{\"command\":\(print),\"variables\":[\"NAME\"]}")
        #expect(try await named.read(in: world) == "x y.l.")
        let descriptor = dup(1)
        defer { close(descriptor) }
        let probe = "if [ -e /dev/fd/\(descriptor) ]; then echo open; else echo closed; fi"
        let source = try Self.source("{\"command\":[\"/bin/sh\",\"-c\",\"\(probe)\"]}")
        #expect(try await source.read(in: Self.world()) == "closed")
    }

    @Test("Signals are at their defaults in the program, also from a thread that blocks them")
    func signals() async throws {
        let source = try Self.source(#"{"command":["/bin/sh","-c","kill -PIPE $$; echo alive"]}"#)
        let error = await #expect(throws: SecretError.self) { try await source.read(in: Self.world()) }
        #expect(error?.description == "the command '/bin/sh' failed with status 141")
    }

    @Test("Two secrets of one document run the program once; after its expiry it is run again")
    func once() async throws {
        let runs = Mutex(0)
        let time = Mutex<Int64>(1_000_000)
        var world = Self.world()
        world.now = { time.withLock { $0 } }
        world.run = { (_) throws(SecretError) in
            let count = runs.withLock {
                $0 += 1; return $0
            }
            return ProgramResult(
                status: 0,
                output: Array("{\"id\":\"i\(count)\",\"key\":\"k\(count)\",\"end\":\"1970-01-01T00:20:00Z\"}".utf8))
        }
        let id = try Self.source(#"{"command":["aws"],"pointer":"/id","expiry":"/end"}"#)
        let key = try Self.source(#"{"command":["aws"],"pointer":"/key","expiry":"/end"}"#)
        #expect(try await id.read(in: world) == "i1")
        #expect(try await key.read(in: world) == "k1")
        time.withLock { $0 = 1_200_000 }
        #expect(try await key.read(in: world) == "k2")
        let short = try Self.source(#"{"command":["aws","x"],"pointer":"/key","ttl":"10s"}"#)
        #expect(try await short.read(in: world) == "k3")
        time.withLock { $0 += 9_999 }
        #expect(try await short.read(in: world) == "k3")
        time.withLock { $0 += 1 }
        #expect(try await short.read(in: world) == "k4")
    }

    @Test(
        "Why a program gave nothing",
        arguments: [
            (#"{"command":["no-such-program"]}"#, "there is no program 'no-such-program' in PATH"),
            (#"{"command":["/no/such"]}"#, "there is no program '/no/such'"),
            (
                #"{"command":["/bin/sh","-c","echo not\u001b signed in >&2; exit 3"]}"#,
                "the command '/bin/sh' failed with status 3: not signed in"
            ),
            (#"{"command":["true"]}"#, "the command 'true' printed nothing"),
            (#"{"command":["printf","x"],"pointer":"/a"}"#, "what the command 'printf' prints is not JSON"),
            (#"{"command":["sleep","60"],"timeout":"100ms"}"#, "the program 'sleep' gave no answer within 0.1 seconds"),
            (#"{"command":["/bin/sh","-c","exec cat /dev/zero"]}"#, "the program '/bin/sh' prints more than 1 MiB"),
            (
                #"{"command":["printf","{\"e\":\"soon\"}"],"expiry":"/e"}"#,
                "the command 'printf' printed no time at /e: neither RFC 3339 nor seconds since 1970"
            ),
        ])
    func failures(text: String, message: String) async throws {
        #expect(try await Self.message(text, Self.world()) == message)
    }

    @Test("A program that leaves a child behind with its pipes is not waited for")
    func orphan() async throws {
        let source = try Self.source(#"{"command":["/bin/sh","-c","sleep 30 & echo value"],"timeout":"25s"}"#)
        #expect(try await source.read(in: Self.world()) == "value")
    }

    @Test("A program is run only where the person allows it")
    func forbidden() async throws {
        var world = Self.world()
        world.allowsCommands = false
        world.run = { (_) throws(SecretError) in throw SecretError("was run") }
        #expect(
            try await Self.message(#"{"command":["op"]}"#, world)
                == "the command 'op' is not run unless you allow it: add --allow-commands, or set USHER_ALLOW_COMMANDS=1"
        )
    }

    @Test(
        "Times that programs print",
        arguments: [
            ("2026-11-25T08:30:00Z", 1_795_595_400_000), ("2026-11-25T09:30:00.123+01:00", 1_795_595_400_000),
            ("1795595400", 1_795_595_400_000), ("1795595400000", 1_795_595_400_000),
            ("2024-02-29t00:00:00z", 1_709_164_800_000),
            ("1970-01-01T00:00:00-00:30", 1_800_000), ("2026-13-01T00:00:00Z", nil), ("tomorrow", nil), ("", nil),
            ("2026-11-25T08:30:00", nil), ("-1", nil), ("1e300", nil),
        ] as [(String, Int64?)])
    func times(text: String, milliseconds: Int64?) {
        #expect(ExpiryText.milliseconds(text) == milliseconds)
    }
}

#if !os(macOS)
    @Suite("The keyring, through secret-tool")
    struct KeyringTests {
        private static let binding = #"{"keyring":{"service":"zarv","account":"me"}}"#

        /// - Parameter script: what a `secret-tool` first in PATH does; nil: there is none.
        private static func read(_ script: String?) async throws -> String {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            if let script { chmod(try folder.write("secret-tool", "#!/bin/sh\n\(script)\n"), 0o755) }
            let path = script == nil ? folder.path : "\(folder.path):/usr/bin:/bin"
            let world = SecretWorld(variables: ["PATH": path]) { _ in .failure(OutputError("no files here")) }
            return try await #require(SecretSourceTests.read(binding).binding).source.read(in: world)
        }

        @Test("An entry is looked up by service and account")
        func found() async throws {
            #expect(try await Self.read(#"printf %s "$*""#) == "lookup service zarv account me")
        }

        @Test(
            "Why there is none; nothing else is tried",
            arguments: [
                (
                    nil,
                    "cannot be read: there is no program 'secret-tool' in PATH; it takes 'secret-tool' (Debian and Fedora: libsecret-tools) and an unlocked keyring"
                ),
                ("exit 1", "is not there, or the keyring is locked"),
                (
                    "echo Cannot autolaunch D-Bus >&2; exit 1",
                    "cannot be read: secret-tool failed with status 1: Cannot autolaunch D-Bus"
                ),
            ] as [(String?, String)])
        func missing(script: String?, message: String) async throws {
            let error = await #expect(throws: SecretError.self) { try await Self.read(script) }
            #expect(error?.description == "the keyring entry 'zarv' of 'me' " + message)
        }
    }
#endif
