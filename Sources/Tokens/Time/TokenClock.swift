import Templates

/// Time for tokens: how much has passed, and what the calendar says; injected, so that tests bring their own.
package struct TokenClock: Sendable {
    /// Milliseconds that only ever grow, and grow while the machine sleeps.
    package var monotonic: @Sendable () -> Int64
    /// Milliseconds since 1970.
    package var wall: @Sendable () -> Int64
    /// Waits; throws when the task is cancelled.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        monotonic: @escaping @Sendable () -> Int64, wall: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.monotonic = monotonic
        self.wall = wall
        self.sleep = sleep
    }

    package static let system: TokenClock = {
        let start = ContinuousClock.now
        return TokenClock(
            monotonic: { start.duration(to: .now).wholeMilliseconds }, wall: ValueSource.system.now,
            sleep: { try await Task.sleep(for: $0, clock: ContinuousClock()) })
    }()
}

extension Duration {
    /// Whole milliseconds, saturating.
    package var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, tooFar) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return tooFar ? (seconds < 0 ? .min : .max) : sum
    }
}
