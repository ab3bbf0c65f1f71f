/// What sources gave in this run, for those that give it once (a descriptor, a person) or at a price (a program).
package actor SecretMemory {
    package struct Kept: Sendable {
        package var text: String
        /// Milliseconds since 1970, after which the source is read again; nil: never in this run.
        package var expiry: Int64?

        package init(_ text: String, expiry: Int64? = nil) {
            self.text = text
            self.expiry = expiry
        }
    }

    private var tasks: [[String]: Task<Result<Kept, SecretError>, Never>] = [:]

    package init() {}

    /// The value kept under the key, or what `make` gives; callers of one key share one reading, failures included.
    func value(
        _ key: [String], now: Int64, _ make: @escaping @Sendable () async throws(SecretError) -> Kept
    ) async throws(SecretError) -> String {
        if let task = tasks[key] {
            let kept = try await Self.result(of: task)
            guard let expiry = kept.expiry, expiry <= now else { return kept.text }
            // Unless another caller has started it anew meanwhile.
            if tasks[key] == task { tasks[key] = nil }
        }
        let task =
            tasks[key]
            ?? Task { () -> Result<Kept, SecretError> in
                do throws(SecretError) {
                    return .success(try await make())
                } catch {
                    return .failure(error)
                }
            }
        tasks[key] = task
        return try await Self.result(of: task).text
    }

    private static func result(
        of task: Task<Result<Kept, SecretError>, Never>
    ) async throws(SecretError) -> Kept {
        try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }
}
