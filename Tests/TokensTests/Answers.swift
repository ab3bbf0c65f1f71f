import HTTP
import Synchronization

/// Answers one after the other; the last one again and again.
final class Answers: Sendable {
    private let rest: Mutex<[HTTPResponse]>

    init(_ answers: [HTTPResponse]) { rest = Mutex(answers) }

    func next() -> HTTPResponse {
        rest.withLock { rest in
            if rest.count > 1 { return rest.removeFirst() }
            return rest.first ?? HTTPResponse(status: 500)
        }
    }
}
