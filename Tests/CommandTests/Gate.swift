import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Holds threads back until a number of them has arrived; each server thread is one of its own, so nothing else waits.
final class Gate: Sendable {
    private let missing: Mutex<Int>

    init(_ count: Int) { missing = Mutex(count) }

    func arrive() {
        missing.withLock { $0 -= 1 }
        while missing.withLock({ $0 > 0 }) { usleep(500) }
    }
}
