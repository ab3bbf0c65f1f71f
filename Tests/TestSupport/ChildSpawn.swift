import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// `posix_spawnp` with what a test wants to say about the child.
struct ChildSpawn {
    private let program: String
    private let arguments: [String]
    private let environment: [String: String]?
    private let terminal: String?

    init(
        _ program: String, _ arguments: [String], _ environment: [String: String]?, _ directory: String?,
        terminal: String? = nil
    ) {
        self.environment = environment
        self.terminal = terminal
        if let directory {
            // There is no portable call that starts a program elsewhere.
            self.program = "/bin/sh"
            self.arguments = ["-c", "cd \"$0\" && exec \"$@\"", directory, program] + arguments
        } else {
            self.program = program
            self.arguments = arguments
        }
    }

    /// Returns the process's number.
    func start(_ pipes: ChildPipes) throws -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (ours, theirs) in [(pipes.input.read, Int32(0)), (pipes.output.write, 1), (pipes.errors.write, 2)] {
            posix_spawn_file_actions_adddup2(&actions, ours, theirs)
        }
        if let terminal { posix_spawn_file_actions_addopen(&actions, 2, terminal, O_RDWR | O_NOCTTY, 0) }
        // The test process ignores SIGPIPE; a child inherits that unless it is told otherwise.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        // The threads of the cooperative pool block signals, and a child inherits that too.
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        var id: pid_t = 0
        let variables = environment.map { $0.map { "\($0.key)=\($0.value)" } } ?? Self.ownEnvironment
        let code = Self.withCStrings([program] + arguments) { argv in
            Self.withCStrings(variables) { envp in
                SystemCalls.spawning.withLock { _ in posix_spawnp(&id, program, &actions, &attributes, argv, envp) }
            }
        }
        guard code == 0 else { throw SystemCallError("cannot start \(program)", code) }
        return id
    }

    private static var ownEnvironment: [String] {
        var variables: [String] = []
        var entry = environ
        while let text = entry.pointee {
            variables.append(String(cString: text))
            entry += 1
        }
        return variables
    }

    private static func withCStrings<R>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        return body(&pointers)
    }
}
