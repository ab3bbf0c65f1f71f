import HTTP
import Providers
import Secrets
import Synchronization
import Templates
import TestSupport
import Testing
import Tokens

/// S-9, what a machine does to its clocks: the life of a token is counted by the one that nobody sets.
@Suite("Tokens and clocks")
struct ClockTests {
    /// A clock whose calendar can be set without time passing.
    private final class Clocks: Sendable {
        private let state = Mutex((passed: Int64(0), wall: FakeClock.start))

        func pass(_ duration: Duration) {
            state.withLock { state in
                state.passed += duration.wholeMilliseconds
                state.wall += duration.wholeMilliseconds
            }
        }

        func set(by duration: Duration) { state.withLock { $0.wall += duration.wholeMilliseconds } }

        var clock: TokenClock {
            TokenClock(
                monotonic: { self.state.withLock { $0.passed } }, wall: { self.state.withLock { $0.wall } },
                sleep: { _ in })
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Of the first token, in seconds.
        var lifetime = 3600
        /// Time that passes; the machine may sleep in it.
        var passes = Duration.zero
        /// By which the calendar is set.
        var sets = Duration.zero
        /// Token requests in the end.
        let requests: Int
    }

    static let cases = [
        Case(testDescription: "half its life", passes: .seconds(1800), requests: 1),
        Case(testDescription: "until its margin", passes: .seconds(3539), requests: 1),
        Case(testDescription: "a machine that was suspended for a night", passes: .seconds(8 * 3600), requests: 2),
        Case(testDescription: "a machine that was suspended past the margin", passes: .seconds(3541), requests: 2),
        Case(testDescription: "the calendar set forward by an hour", sets: .seconds(3600), requests: 1),
        Case(testDescription: "the calendar set back by an hour", sets: .seconds(-3600), requests: 1),
        Case(
            testDescription: "the calendar set back by an hour, and its life over", passes: .seconds(3600),
            sets: .seconds(-3600), requests: 2),
        Case(
            testDescription: "the calendar set forward in a long suspension", lifetime: 86_400, passes: .seconds(7200),
            sets: .seconds(86_400), requests: 1),
    ]

    @Test("a token is used until its end, and never after", arguments: cases)
    func life(_ sample: Case) async throws {
        let clocks = Clocks()
        let transport = ScriptedTransport { _ in
            ok(#"{"access_token":"the-token-1","expires_in":\#(sample.lifetime)}"#)
        }
        let exchange = TokenExchange(
            transport: transport, functions: .standard(), redactor: Redactor(), clock: clocks.clock)
        let broker = TokenBroker(exchange)
        let identity = try Desk("{}").bind(try acme(), secrets: acmeSecrets)
        _ = try await broker.credential(for: identity)
        clocks.pass(sample.passes)
        clocks.set(by: sample.sets)
        _ = try await broker.credential(for: identity)
        #expect(transport.sent.count == sample.requests)
    }

    @Test("the system's monotonic clock is the one that goes on while the machine sleeps")
    func system() async throws {
        // CLOCK_BOOTTIME on Linux, mach_continuous_time on macOS: what ContinuousClock is, and SuspendingClock is not.
        let clock = TokenClock.system
        let start = ContinuousClock.now, first = clock.monotonic()
        try await clock.sleep(.milliseconds(20))
        let passed = clock.monotonic() - first
        #expect(passed >= 20)
        #expect(passed <= start.duration(to: .now).wholeMilliseconds + 1)
    }
}
