#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A running program whose output comes through pipes; its standard input is empty.
package struct SpawnedProgram {
    let id: pid_t
    let output: Int32
    let errors: Int32

    /// - Throws: `SecretError` with the system's reason.
    init(_ path: String, _ call: ProgramCall) throws(SecretError) {
        let output = try Self.pipe()
        let errors: (read: Int32, write: Int32)
        do throws(SecretError) {
            errors = try Self.pipe()
        } catch {
            close(output.read)
            close(output.write)
            throw error
        }
        var id: pid_t = 0
        let code = Self.patiently { Self.spawn(path, call, (output.write, errors.write), &id) }
        close(output.write)
        close(errors.write)
        guard code == 0 else {
            close(output.read)
            close(errors.read)
            throw SecretError("the program '\(call.program)' cannot be started: \(String(cString: strerror(code)))")
        }
        (self.id, self.output, self.errors) = (id, output.read, errors.read)
    }

    /// Its status where it has ended, and then only once: its number is free afterwards.
    func ending() -> Int32? {
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return nil }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    func kill() {
        systemKill(id, SIGKILL)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
    }

    func closePipes() {
        close(output)
        close(errors)
    }

    private static func pipe() throws(SecretError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard systemPipe(&ends) == 0 else {
            throw SecretError("no pipe can be made: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Starts a program that goes on by itself: what it prints goes nowhere, and Ctrl-C in our terminal is not for it.
    package static func letGo(_ call: ProgramCall) {
        guard let path = call.path else { return }
        var id: pid_t = 0
        _ = spawn(path, call, nil, &id)
    }

    /// Once more where somebody still writes the file (ETXTBSY): a program that is just being installed, or one whose
    /// open file another process was born with. Never called on the transfer loop.
    private static func patiently(_ start: () -> Int32) -> Int32 {
        for _ in 0..<20 {
            let code = start()
            if code != ETXTBSY { return code }
            usleep(10_000)
        }
        return start()
    }

    /// - Parameter pipes: for what it prints; nil: to nowhere, and in a process group of its own.
    private static func spawn(
        _ path: String, _ call: ProgramCall, _ pipes: (output: Int32, errors: Int32)?, _ id: inout pid_t
    ) -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let flags =
                Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        if let pipes {
            posix_spawn_file_actions_adddup2(&actions, pipes.output, 1)
            posix_spawn_file_actions_adddup2(&actions, pipes.errors, 2)
        } else {
            for number in Int32(1)...2 { posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0) }
        }
        #if !canImport(Darwin)
            // Glibc's own call for this is not in Swift's view of it. A descriptor may be the secret of { "fd": 3 }.
            for inherited in Int32(3)..<1024 {
                let flags = fcntl(inherited, F_GETFD)
                if flags >= 0, flags & FD_CLOEXEC == 0 { posix_spawn_file_actions_addclose(&actions, inherited) }
            }
        #endif
        // What this process ignores or blocks is inherited otherwise: SIGPIPE, and all signals on pool threads.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, pipes == nil ? flags | Int16(POSIX_SPAWN_SETPGROUP) : flags)
        return withCStrings([call.program] + call.arguments) { arguments in
            withCStrings(call.variables.map { "\($0.key)=\($0.value)" }) { variables in
                posix_spawn(&id, path, &actions, &attributes, arguments, variables)
            }
        }
    }

    private static func withCStrings<R>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        return body(&pointers)
    }
}

@discardableResult
private func systemKill(_ id: pid_t, _ signal: Int32) -> Int32 { kill(id, signal) }

private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }
