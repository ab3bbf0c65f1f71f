import Runner
import Secrets
import UnixSignals

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs work that SIGINT and SIGTERM end early: the first signal stops it in order, a second one at once.
enum Interrupts {
    static func run<Value: Sendable>(
        _ control: RunControl, _ work: @escaping @Sendable () async -> Value
    ) async -> Value {
        // Before any work: a signal that comes first must find its trap.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let task = Task { await work() }
        let watcher = Task {
            var first: Int32?
            for await signal in signals {
                // Reports are being completed after the first signal; whoever asks twice wants out now, and exit()
                // would race with transfers that still hold TLS sessions.
                if let first {
                    UnfinishedFiles.remove()
                    _exit(128 + first)
                }
                first = signal.rawValue
                control.stop(.interrupted(signal: signal.rawValue))
                task.cancel()
            }
        }
        let value = await task.value
        watcher.cancel()
        return value
    }
}
