import HTTP
import JSON
import Synchronization

/// What came in, for tests: counters, the last requests, and the last token request of each vendor as it was sent.
package final class RequestLog: Sendable {
    package enum Kind: String, Sendable { case token, api }

    /// One line of the log; holds neither query nor body, so no credential; of a long path the beginning.
    package struct Entry: Sendable, Hashable {
        package let vendor: Vendor
        package let kind: Kind
        /// A demo client or user; nil for anybody else, whose name might be a misplaced secret.
        package let client: String?
        package let method: String
        package let host: String
        package let path: String
        package let status: Int
    }

    /// How a token request ended.
    package enum TokenOutcome: String, Sendable { case issued, refreshed, refused, limited }

    /// Numbers of one client at a token service.
    package struct TokenCount: Sendable, Hashable {
        package var requests = 0
        package var issued = 0
        package var refreshed = 0
        package var refused = 0
        package var limited = 0
        /// With the right name and a wrong secret.
        package var failedLogins = 0
        /// The right secret is refused too.
        package var locked = false
    }

    /// Numbers of one vendor.
    package struct Count: Sendable {
        package var tokens: [String: TokenCount] = [:]
        package var tokenRequests = 0
        package var apiRequests = 0
        package var refused = 0
        /// API requests that change something, and that were carried out, whatever was answered then.
        package var writes = 0
    }

    private struct State {
        var entries: [Entry] = []
        var next = 0
        var counts: [Vendor: Count] = [:]
        var lastToken: [Vendor: SandboxRequest] = [:]
        var openConnections = 0
        var totalConnections = 0
    }

    private static let capacity = 1_000
    private let state = Mutex(State())

    init() {}

    /// The last requests, oldest first, at most 1,000.
    package var entries: [Entry] {
        state.withLock { Array($0.entries[$0.next...] + $0.entries[..<$0.next]) }
    }

    package func count(_ vendor: Vendor) -> Count {
        state.withLock { $0.counts[vendor] ?? Count() }
    }

    /// The last request to that vendor's token service, body and headers included: it holds credentials, so it is for
    /// tests in this process and never served.
    package func lastTokenRequest(_ vendor: Vendor) -> SandboxRequest? {
        state.withLock { $0.lastToken[vendor] }
    }

    package var connections: (open: Int, total: Int) {
        state.withLock { ($0.openConnections, $0.totalConnections) }
    }

    func connectionOpened() {
        state.withLock {
            $0.openConnections += 1
            $0.totalConnections += 1
        }
    }

    func connectionClosed() {
        state.withLock { $0.openConnections -= 1 }
    }

    func token(_ vendor: Vendor, _ request: SandboxRequest, client: String?, _ outcome: TokenOutcome, status: Int) {
        state.withLock { state in
            state.lastToken[vendor] = request
            state.counts[vendor, default: Count()].note(client ?? "unknown", outcome)
            Self.append(Self.entry(vendor, .token, client, request, status), to: &state)
        }
    }

    func failedLogin(_ vendor: Vendor, _ client: String, isLocked: Bool) {
        state.withLock { $0.counts[vendor, default: Count()].noteFailure(client, isLocked: isLocked) }
    }

    func write(_ vendor: Vendor) {
        state.withLock { $0.counts[vendor, default: Count()].writes += 1 }
    }

    func api(_ vendor: Vendor, _ request: SandboxRequest, client: String?, status: Int) {
        state.withLock { state in
            state.counts[vendor, default: Count()].note(status: status)
            Self.append(Self.entry(vendor, .api, client, request, status), to: &state)
        }
    }

    private static func entry(
        _ vendor: Vendor, _ kind: Kind, _ client: String?, _ request: SandboxRequest, _ status: Int
    ) -> Entry {
        Entry(
            vendor: vendor, kind: kind, client: client, method: request.method, host: request.host,
            path: String(request.path.prefix(200)), status: status)
    }

    private static func append(_ entry: Entry, to state: inout State) {
        if state.entries.count < capacity {
            state.entries.append(entry)
        } else {
            state.entries[state.next] = entry
            state.next = (state.next + 1) % capacity
        }
    }

    /// The body of `/_sandbox/stats`.
    var statistics: JSONValue {
        let (open, total) = connections
        let vendors = Vendor.served.map { ($0.rawValue, count($0).json) }
        return [
            "providers": .object(JSONObject(vendors)),
            "connections": ["open": .integer(open), "total": .integer(total)],
        ]
    }
}

extension RequestLog.Count {
    fileprivate mutating func note(_ client: String, _ outcome: RequestLog.TokenOutcome) {
        tokenRequests += 1
        tokens[client, default: RequestLog.TokenCount()].note(outcome)
    }

    fileprivate mutating func noteFailure(_ client: String, isLocked: Bool) {
        tokens[client, default: RequestLog.TokenCount()].failedLogins += 1
        tokens[client]?.locked = isLocked
    }

    fileprivate mutating func note(status: Int) {
        apiRequests += 1
        if status == 401 || status == 403 { refused += 1 }
    }

    fileprivate var json: JSONValue {
        let clients = tokens.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        return [
            "tokenRequests": .integer(tokenRequests), "tokenClients": .object(JSONObject(clients)),
            "apiRequests": .integer(apiRequests), "refused": .integer(refused), "writes": .integer(writes),
        ]
    }
}

extension RequestLog.TokenCount {
    fileprivate mutating func note(_ outcome: RequestLog.TokenOutcome) {
        requests += 1
        switch outcome {
        case .issued: issued += 1
        case .refreshed: refreshed += 1
        case .refused: refused += 1
        case .limited: limited += 1
        }
    }

    fileprivate var json: JSONValue {
        [
            "requests": .integer(requests), "issued": .integer(issued), "refreshed": .integer(refreshed),
            "refused": .integer(refused), "limited": .integer(limited), "failedLogins": .integer(failedLogins),
            "locked": .boolean(locked),
        ]
    }
}
