import HTTP
import Synchronization

/// One call of `send`, from there to its answer. Everything but `isCancelled` is touched by one thread at a time: the
/// caller's until it is handed to the loop, then the loop's.
final class Transfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPResponse, TransportError>

    let request: HTTPRequest
    let url: String
    let pool: PoolKey
    /// Set before the cancellation is posted, so that a transfer cancelled before it starts does not start.
    let isCancelled = Atomic<Bool>(false)
    /// The handle that carries it, nil before and after.
    var handle: EasyHandle?
    private var continuation: CheckedContinuation<Outcome, Never>?

    init(_ request: HTTPRequest, url: String, pool: PoolKey) {
        self.request = request
        self.url = url
        self.pool = pool
    }

    func await(_ continuation: CheckedContinuation<Outcome, Never>) { self.continuation = continuation }

    /// Resumes the caller; a second call does nothing.
    func finish(_ outcome: Outcome) {
        let waiting = continuation
        continuation = nil
        waiting?.resume(returning: outcome)
    }
}
