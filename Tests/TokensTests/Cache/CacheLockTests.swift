import HTTP
import Secrets
import Synchronization
import TestSupport
import Testing
import Tokens

@Suite("The lock of a cache entry")
struct CacheLockTests {
    @Test("another process's token request is waited for 30 s, then the reason is said")
    func busy() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let lock = try #require(try await bench.store().lock(identity))
        let error = try await CacheSharingTests.refusal(bench.broker(), identity)
        #expect(error.kind == .busy)
        #expect(error.message.hasPrefix("another process has been getting a token for 'acme' for 30 s"))
        #expect((30_000...30_200).contains(bench.desk.clock.passed))
        #expect(bench.desk.clock.naps.allSatisfy { $0 <= .milliseconds(100) })
        #expect(bench.requests == 0)
        lock.release()
    }

    @Test("who waited for the lock finds the token that came meanwhile")
    func releasedMeanwhile() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let holder = try #require(try await bench.store().lock(identity))
        let waiting = Mutex(false)
        var clock = bench.desk.clock.clock
        clock.sleep = { _ in
            waiting.withLock { $0 = true }
            await Task.yield()
        }
        let store = UserTokenStore(
            folder: TokenCacheFolder(path: bench.path), redactor: bench.desk.redactor, clock: clock
        ) { _ in }
        let broker = TokenBroker(bench.desk.exchange, store: store)
        let waiter = Task { try await broker.credential(for: identity) }
        try await eventually("somebody waits") { waiting.withLock { $0 } }
        // The holder's own token request, as its broker would write it.
        let other = TokenBroker(bench.desk.exchange, store: Unlocked(store: bench.store()))
        _ = try await other.credential(for: identity)
        holder.release()
        #expect(try await waiter.value.token?.value.reveal() == "token-number-1")
        #expect(bench.requests == 1)
    }

    @Test("a cancelled run does not wait for the lock")
    func cancelled() async throws {
        let bench = try CacheBench()
        defer { bench.folder.remove() }
        let identity = try bench.identity()
        let lock = try #require(try await bench.store().lock(identity))
        defer { lock.release() }
        var clock = bench.desk.clock.clock
        clock.sleep = { _ in throw CancellationError() }
        let store = UserTokenStore(
            folder: TokenCacheFolder(path: bench.path), redactor: bench.desk.redactor, clock: clock
        ) { _ in }
        let error = try await CacheSharingTests.refusal(TokenBroker(bench.desk.exchange, store: store), identity)
        #expect(error.kind == .cancelled)
    }

    /// Works under a lock that somebody else holds.
    private struct Unlocked: TokenStore {
        let store: UserTokenStore

        struct NoLock: TokenStoreLock {
            func release() {}
        }

        func entry(of identity: BoundIdentity) async -> TokenCacheEntry? { await store.entry(of: identity) }
        func lock(_ identity: BoundIdentity) async throws(CredentialError) -> (any TokenStoreLock)? { NoLock() }
        func save(_ entry: TokenCacheEntry, of identity: BoundIdentity) async {
            await store.save(entry, of: identity)
        }
    }
}
