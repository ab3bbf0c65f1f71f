import Synchronization

/// Paths that were parsed before: the requests of a large collection ask for the same few again and again.
package enum JSONPathCache {
    private static let known = Mutex<[String: JSONPath]>([:])
    /// Beyond that it starts anew: a bound, not a policy.
    private static let capacity = 512

    /// - Throws: as `JSONPath(parsing:)`; what is wrong is not kept.
    package static func path(_ text: String) throws(QueryError) -> JSONPath {
        if let path = known.withLock({ $0[text] }) { return path }
        let path = try JSONPath(parsing: text)
        known.withLock { known in
            if known.count >= capacity { known.removeAll(keepingCapacity: true) }
            known[text] = path
        }
        return path
    }
}
