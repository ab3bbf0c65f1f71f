import Synchronization

/// Counts requests by client in a sliding window.
final class RateLimiter: Sendable {
    private let limit: RateLimit
    private let times = Mutex<[String: [Double]]>([:])

    init(_ limit: RateLimit) { self.limit = limit }

    /// Whole seconds to wait where the limit is reached, nil where the request may pass (and is counted).
    ///
    /// - Parameter client: one of a bounded set of names.
    func waitingTime(_ client: String, at now: Double) -> Int? {
        let window = VendorSettings.seconds(limit.window)
        return times.withLock { times in
            let recent = times[client, default: []].filter { $0 > now - window }
            guard recent.count >= limit.count else {
                times[client] = recent + [now]
                return nil
            }
            times[client] = recent
            let oldest = recent.first ?? now
            return Int(max(1, min((oldest + window - now).rounded(.up), 1e9)))
        }
    }
}
