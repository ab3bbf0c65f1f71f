import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A program that runs beside the test: both its pipes are drained while it runs, so that it cannot get stuck on one.
package final class ChildProcess: Sendable {
    /// How a program ended, and what it wrote.
    package struct Result: Sendable {
        package var output: [UInt8] = []
        package var errors: [UInt8] = []
        package var ending = Ending.timedOut

        package var outputText: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
        /// nil where it did not end by itself.
        package var status: Int32? {
            if case .exited(let status) = ending { return status }
            return nil
        }
    }

    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case killed(signal: Int32)
        /// It was killed by us.
        case timedOut
    }

    private struct State {
        var result = Result()
        var isReaped = false
        var isDone = false
        var isTimedOut = false
        var waiting: [CheckedContinuation<Result, Never>] = []
    }

    package let id: Int32
    private let state = Mutex(State())

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: a path, or a name that is looked for in `PATH`.
    ///   - environment: all of it; nil for that of the test.
    ///   - directory: where it runs; nil for that of the test.
    ///   - terminal: what it has in the place of standard error; nil for a pipe.
    ///   - timeout: after which it is killed.
    package init(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, directory: String? = nil,
        input: [UInt8] = [], terminal: String? = nil, timeout: Duration = .seconds(60)
    ) throws {
        let pipes = try ChildPipes()
        do {
            id = try ChildSpawn(program, arguments, environment, directory, terminal: terminal).start(pipes)
        } catch {
            pipes.closeAll()
            throw error
        }
        pipes.closeChildEnds()
        let deadline = ContinuousClock.now + timeout
        SystemCalls.thread { [self] in
            waitForExit()
            pipes.noteExit()
        }
        SystemCalls.thread { [self] in
            pipes.drain(input, until: deadline, onTimeout: kill, take)
            finish()
        }
    }

    /// Runs a program to its end.
    package static func run(
        _ program: String, _ arguments: [String] = [], environment: [String: String]? = nil, directory: String? = nil,
        input: [UInt8] = [], timeout: Duration = .seconds(60)
    ) async throws -> Result {
        let child = try ChildProcess(
            program, arguments, environment: environment, directory: directory, input: input, timeout: timeout)
        return await child.result()
    }

    /// Suspends until the program has ended.
    package func result() async -> Result {
        await withCheckedContinuation { continuation in
            let done = state.withLock { state -> Result? in
                if state.isDone { return state.result }
                state.waiting.append(continuation)
                return nil
            }
            if let done { continuation.resume(returning: done) }
        }
    }

    /// What it has written so far.
    package var soFar: Result { state.withLock { $0.result } }

    package var isRunning: Bool { state.withLock { !$0.isDone } }

    /// Sends a signal while the program runs; afterwards its number may belong to another one.
    package func signal(_ signal: Int32) {
        state.withLock { state in
            if !state.isReaped { _ = systemKill(id, signal) }
        }
    }

    // MARK: On the two threads

    private func take(_ bytes: ArraySlice<UInt8>, isError: Bool) {
        state.withLock { state in
            if isError { state.result.errors += bytes } else { state.result.output += bytes }
        }
    }

    private func kill() {
        state.withLock { $0.isTimedOut = true }
        signal(SIGKILL)
    }

    private func waitForExit() {
        var information = siginfo_t()
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { state in
            // Its number is free from here on, so nobody may send a signal to it any more.
            var status: Int32 = 0
            waitpid(id, &status, 0)
            state.isReaped = true
            state.result.ending =
                status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: status & 0x7F)
        }
    }

    private func finish() {
        let (result, waiting) = state.withLock { state in
            if state.isTimedOut { state.result.ending = .timedOut }
            state.isDone = true
            return (state.result, state.waiting)
        }
        for continuation in waiting { continuation.resume(returning: result) }
    }
}

private func systemKill(_ id: Int32, _ signal: Int32) -> Int32 { kill(id, signal) }
