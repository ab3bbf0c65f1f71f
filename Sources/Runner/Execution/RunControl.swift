import Synchronization

/// What makes a run stop before its end; read before every request.
package final class RunControl: Sendable {
    package enum Stop: Sendable, Hashable {
        case failFast
        case interrupted(signal: Int32)
    }

    private let state = Mutex<Stop?>(nil)

    package init() {}

    package var stop: Stop? { state.withLock { $0 } }

    /// The first reason stays, except that an interrupt always counts.
    package func stop(_ reason: Stop) {
        state.withLock { state in
            if state == nil || reason != .failFast { state = reason }
        }
    }

    /// The signal that interrupted the run.
    package var signal: Int32? {
        if case .interrupted(let signal)? = stop { signal } else { nil }
    }

    var skipReason: String? {
        switch stop {
        case nil: nil
        case .failFast: "stopped by --fail-fast"
        case .interrupted: "interrupted"
        }
    }
}
