package import HTTP
import Synchronization
package import Tokens

/// An ordinary exchange with a token service, made by the run for its own sake.
package struct OrdinaryTokenExchange: Sendable {
    package let request: HTTPRequest
    package let response: HTTPResponse
    package let origin: TokenInfo.Origin

    package init(request: HTTPRequest, response: HTTPResponse, origin: TokenInfo.Origin) {
        self.request = request
        self.response = response
        self.origin = origin
    }
}

/// Collects the token exchanges of a run, the newest few of each identity, as `TokenExchange`'s observer.
package final class TokenTraffic: Sendable {
    private struct Record {
        var kept: [OrdinaryTokenExchange] = []
        var count = 0
    }

    private static let limit = 8
    private let records = Mutex<[String: Record]>([:])

    package init() {}

    package var observer: TokenObserver {
        { identity, request, response, origin in
            self.records.withLock { records in
                var record = records[identity.name] ?? Record()
                record.count += 1
                record.kept.append(OrdinaryTokenExchange(request: request, response: response, origin: origin))
                if record.kept.count > Self.limit { record.kept.removeFirst() }
                records[identity.name] = record
            }
        }
    }

    /// Oldest first.
    package func exchanges(of identity: BoundIdentity) -> [OrdinaryTokenExchange] {
        records.withLock { $0[identity.name]?.kept ?? [] }
    }

    /// All that were made, those no longer kept too.
    package func count(of identity: BoundIdentity) -> Int { records.withLock { $0[identity.name]?.count ?? 0 } }
}
