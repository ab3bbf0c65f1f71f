/// What one identity cost at its token service in this run.
package struct TokenStatistics: Sendable, Hashable {
    package let identity: String
    package let provider: String
    /// Token requests with the credential.
    package var logins = 0
    package var refreshes = 0
    /// Requests of both kinds that brought no token.
    package var failures = 0
    /// From sending to answer, over all of them.
    package var time = Duration.zero

    package var requests: Int { logins + refreshes }

    mutating func add(_ other: TokenStatistics) {
        logins += other.logins
        refreshes += other.refreshes
        failures += other.failures
        time += other.time
    }
}
