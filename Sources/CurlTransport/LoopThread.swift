import HTTP
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One POSIX thread, and the question whether the caller is on it.
final class LoopThread: Sendable {
    /// Jobs of collections run here, so it gets what a main thread gets; Darwin's default is 512 kB.
    private static let stackSize = 8 << 20

    /// 0 before the thread runs and after it has ended: an ended thread's identity is given to a new one.
    private let identity = Atomic<UInt>(0)
    private let joinable = Mutex<ThreadReference?>(nil)

    var isCurrent: Bool { identity.load(ordering: .relaxed) == Self.currentIdentity }

    func start(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
        let start = Unmanaged.passRetained(
            ThreadStart {
                self.identity.store(Self.currentIdentity, ordering: .relaxed)
                body()
                self.identity.store(0, ordering: .relaxed)
            })
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        defer { pthread_attr_destroy(&attributes) }
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let code = pthread_create(&thread, &attributes, threadMain, start.toOpaque())
        guard code == 0 else {
            start.release()
            throw TransportError(.other, "the transfer thread cannot start: \(SystemError.text(code))")
        }
        let reference = ThreadReference(thread: thread)
        joinable.withLock { $0 = reference }
    }

    /// Waits for the end of the body; at once where somebody else has waited, or on the thread itself.
    func join() {
        guard !isCurrent, let reference = joinable.withLock({ $0.take() }) else { return }
        #if canImport(Darwin)
            if let thread = reference.thread { pthread_join(thread, nil) }
        #else
            pthread_join(reference.thread, nil)
        #endif
    }

    private static var currentIdentity: UInt {
        #if canImport(Darwin)
            UInt(bitPattern: pthread_self())
        #else
            UInt(pthread_self())
        #endif
    }
}

/// `pthread_t` is a pointer on some systems; it is only ever handed to `pthread_join`, once.
private struct ThreadReference: @unchecked Sendable {
    #if canImport(Darwin)
        let thread: pthread_t?
    #else
        let thread: pthread_t
    #endif
}

private final class ThreadStart: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

#if canImport(Darwin)
    private func threadMain(_ start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().body()
        return nil
    }
#else
    private func threadMain(_ start: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let start { Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().body() }
        return nil
    }
#endif
