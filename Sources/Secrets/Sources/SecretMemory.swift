/// What sources gave in this run, for those that give it once (a descriptor, a person) or at a price (a program).
package actor SecretMemory {
    /// One reading among those of its key.
    package struct Ticket: Sendable, Hashable {
        let key: [String]
        let number: UInt64
    }

    private struct Entry {
        let task: Task<Result<SecretReading, SecretError>, Never>
        let number: UInt64
        let startedAt: Int64
    }

    /// Whoever asks that soon after a failure shares it: ten secrets of one document are one failing program.
    private static let failurePause: Int64 = 5000

    private var entries: [[String]: Entry] = [:]
    private var count: UInt64 = 0

    package init() {}

    /// What is kept under the key, or what `make` gives; callers of one key share one reading, failures included.
    func value(
        _ key: [String], now: Int64, _ make: @escaping @Sendable () async throws(SecretError) -> SecretReading
    ) async throws(SecretError) -> SecretReading {
        if let entry = entries[key] {
            let result = await Self.result(of: entry.task)
            if Self.isGood(result, entry, at: now) { return try Self.reading(result, key, entry) }
            // Unless another caller has started it anew meanwhile.
            if entries[key]?.number == entry.number { entries[key] = nil }
        }
        let entry = entries[key] ?? start(key, now, make)
        return try Self.reading(await Self.result(of: entry.task), key, entry)
    }

    /// Drops that reading, so that the source is asked again; a later one, got by somebody else meanwhile, stays.
    package func forget(_ ticket: Ticket) {
        if entries[ticket.key]?.number == ticket.number { entries[ticket.key] = nil }
    }

    private func start(
        _ key: [String], _ now: Int64, _ make: @escaping @Sendable () async throws(SecretError) -> SecretReading
    ) -> Entry {
        let task = Task { () -> Result<SecretReading, SecretError> in
            do throws(SecretError) {
                return .success(try await make())
            } catch {
                return .failure(error)
            }
        }
        count += 1
        let entry = Entry(task: task, number: count, startedAt: now)
        entries[key] = entry
        return entry
    }

    private static func isGood(
        _ result: Result<SecretReading, SecretError>, _ entry: Entry, at now: Int64
    ) -> Bool {
        switch result {
        case .success(let reading): reading.expiry.map { now < $0 } ?? true
        case .failure: now - entry.startedAt < failurePause
        }
    }

    private static func reading(
        _ result: Result<SecretReading, SecretError>, _ key: [String], _ entry: Entry
    ) throws(SecretError) -> SecretReading {
        var reading = try result.get()
        reading.readAt = entry.startedAt
        reading.ticket = Ticket(key: key, number: entry.number)
        return reading
    }

    private static func result(
        of task: Task<Result<SecretReading, SecretError>, Never>
    ) async -> Result<SecretReading, SecretError> {
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}
