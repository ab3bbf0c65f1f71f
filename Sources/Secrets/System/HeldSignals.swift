import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Notes signals that would end the process while something must be put back first; those that somebody traps already
/// are left to them.
struct HeldSignals {
    private final class Note: Sendable {
        private let number = Mutex<Int32?>(nil)
        var first: Int32? { number.withLock { $0 } }
        func take(_ signal: Int32) { number.withLock { $0 = $0 ?? signal } }
    }

    private let note = Note()
    private var held: [(number: Int32, source: any DispatchSourceSignal)] = []

    init(_ numbers: [Int32]) {
        let queue = DispatchQueue(label: "usher.signals")
        for number in numbers {
            // nil is SIG_DFL.
            if let handler = signal(number, SIG_IGN) {
                signal(number, handler)
                continue
            }
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [note] in note.take(number) }
            source.resume()
            held.append((number, source))
        }
    }

    /// The first one that came.
    var first: Int32? { note.first }

    /// From here on they do again what they did.
    func release() {
        for (number, source) in held {
            source.cancel()
            signal(number, SIG_DFL)
        }
    }
}
