import Contract
import HTTP
import Synchronization
package import Tokens

/// Keeps the last answers that each identity's token service gave in this run: the rules about ordinary traffic are
/// judged on them, and cost no request.
package final class TokenWatch: Sendable {
    struct Seen: Sendable {
        let request: HTTPRequest
        let response: HTTPResponse
        let origin: TokenInfo.Origin
    }

    /// Two of each kind are enough to compare them.
    private static let limit = 2
    private let seen = Mutex<[String: [Seen]]>([:])

    package init() {}

    /// To be given to the `TokenExchange` of the run.
    package var observer: TokenObserver {
        { identity, request, response, origin in
            self.seen.withLock { seen in
                var list = seen[identity.name] ?? []
                list.append(Seen(request: request, response: response, origin: origin))
                let same = list.indices.filter { list[$0].origin == origin }
                if same.count > Self.limit, let oldest = same.first { list.remove(at: oldest) }
                seen[identity.name] = list
            }
        }
    }

    /// Oldest first.
    func exchanges(of identity: String) -> [Seen] { seen.withLock { $0[identity] ?? [] } }
}
