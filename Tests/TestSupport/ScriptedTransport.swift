package import HTTP
import Synchronization

/// A transport without a network: answers from a closure, and remembers what was asked.
package final class ScriptedTransport: HTTPTransport {
    package struct Sent: Sendable {
        package var request: HTTPRequest
        package var pool: PoolKey
    }

    private let answer: @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse
    private let record = Mutex<[Sent]>([])

    package init(_ answer: @escaping @Sendable (HTTPRequest) throws(TransportError) -> HTTPResponse) {
        self.answer = answer
    }

    /// What was sent so far, in order.
    package var sent: [Sent] { record.withLock { $0 } }
    package var requests: [HTTPRequest] { sent.map(\.request) }

    package func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse {
        record.withLock { $0.append(Sent(request: request, pool: pool)) }
        return try answer(request)
    }

    package var executor: (any TaskExecutor)? { nil }

    package func shutdown() async {}
}
