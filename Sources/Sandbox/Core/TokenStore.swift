import Synchronization

/// Opaque tokens and whom they stand for.
final class TokenStore: Sendable {
    private struct Entry {
        let principal: Principal
        let expires: Double
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// In the order of issue, to drop the oldest once there are too many.
        var order: [String] = []
    }

    private static let capacity = 20_000
    private let state = Mutex(State())

    func issue(_ principal: Principal, lifetime: Int, now: Double) -> String {
        let token = Identifier.token()
        state.withLock { state in
            if state.order.count >= Self.capacity {
                for old in state.order.prefix(Self.capacity / 2) { state.entries[old] = nil }
                state.order.removeFirst(Self.capacity / 2)
            }
            state.entries[token] = Entry(principal: principal, expires: now + Double(lifetime))
            state.order.append(token)
        }
        return token
    }

    /// nil where the token is unknown, or `now` has reached its end.
    func principal(_ token: String, now: Double) -> Principal? {
        state.withLock { state in
            guard let entry = state.entries[token], now < entry.expires else { return nil }
            return entry.principal
        }
    }
}

extension TokenStore: TokenMemory {
    func formerHolder(_ token: String) -> Principal? { state.withLock { $0.entries[token]?.principal } }

    func holder(beginning token: String) -> Principal? {
        holder { $0.count > token.count && token.count >= 8 && $0.hasPrefix(token) }
    }

    func holder(resembling token: String) -> Principal? {
        holder { $0.utf8.count == token.utf8.count && zip($0.utf8, token.utf8).count { $0 != $1 } == 1 }
    }

    private func holder(_ isMeant: (String) -> Bool) -> Principal? {
        state.withLock { state in state.entries.first { isMeant($0.key) }?.value.principal }
    }
}
