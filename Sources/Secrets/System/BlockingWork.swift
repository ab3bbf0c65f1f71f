import Dispatch
import Synchronization

/// Runs what waits for a person, a program or a pipe on a thread of its own, so that neither the transfer loop nor the
/// shared pool waits with it.
package enum BlockingWork {
    /// - Parameter body: looks at `isCancelled` a few times a second while it waits.
    package static func run<Value: Sendable, Failure>(
        _ body: @escaping @Sendable (_ isCancelled: @Sendable () -> Bool) -> Result<Value, Failure>
    ) async throws(Failure) -> Value {
        let flag = CancellationFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue(label: "usher.blocking").async {
                    continuation.resume(returning: body { flag.isSet })
                }
            }
        } onCancel: {
            flag.set()
        }
        return try result.get()
    }
}

private final class CancellationFlag: Sendable {
    private let state = Atomic(false)
    var isSet: Bool { state.load(ordering: .relaxed) }
    func set() { state.store(true, ordering: .relaxed) }
}
