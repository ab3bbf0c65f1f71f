import Synchronization

/// What a fault remembers between requests; forgets all once it has grown too large.
final class FaultMemory: Sendable {
    private let values = Mutex<[String: String]>([:])
    private static let capacity = 10_000

    subscript(key: String) -> String? {
        get { values.withLock { $0[key] } }
        set {
            values.withLock { values in
                if values.count >= Self.capacity { values.removeAll() }
                values[key] = newValue
            }
        }
    }

    /// Whether this is the first time.
    func isNew(_ key: String) -> Bool {
        values.withLock { values in
            if values.count >= Self.capacity { values.removeAll() }
            return values.updateValue("", forKey: key) == nil
        }
    }
}
