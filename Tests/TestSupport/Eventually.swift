/// What did not come about in time.
package struct NeverHappened: Error, CustomStringConvertible {
    package let description: String
}

/// Suspends until a condition holds that another thread or process brings about.
///
/// - Throws: `NeverHappened` after thirty seconds, so that a test fails rather than hangs.
package func eventually(_ what: String, _ condition: @Sendable () -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(30)
    while !condition() {
        guard clock.now < end else { throw NeverHappened(description: "\(what): not within thirty seconds") }
        try await clock.sleep(for: .milliseconds(2))
    }
}
