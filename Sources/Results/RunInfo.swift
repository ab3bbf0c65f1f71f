/// What is known when a run starts.
package struct RunInfo: Sendable {
    /// Milliseconds since 1970.
    package var startedAt: Int64
    package var environment: String?
    package var isSandbox: Bool
    /// Requests in all collections that were chosen, for the progress line.
    package var requestCount: Int
    /// Sentences that every report shows: a provider that replaces a built-in one, secrets in clear.
    package var notices: [String]

    package init(
        startedAt: Int64, environment: String?, isSandbox: Bool, requestCount: Int, notices: [String] = []
    ) {
        self.startedAt = startedAt
        self.environment = environment
        self.isSandbox = isSandbox
        self.requestCount = requestCount
        self.notices = notices
    }
}

/// A collection as reports name it.
package struct CollectionInfo: Sendable, Hashable {
    package var name: String
    /// Relative to the project root, as `collections/zarv.json`.
    package var path: String
    /// Milliseconds since 1970 at its first request.
    package var startedAt: Int64

    package init(name: String, path: String, startedAt: Int64) {
        self.name = name
        self.path = path
        self.startedAt = startedAt
    }
}
