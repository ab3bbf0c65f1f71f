package import Secrets
import Synchronization

/// Keeps tokens in the user's cache folder, each in a file of its own that only the user can read.
package struct UserTokenStore: TokenStore {
    private let folder: TokenCacheFolder
    private let redactor: Redactor
    private let clock: TokenClock
    private let voice: Voice

    /// How long another process's token request is waited for.
    static let patience = Duration.seconds(30)

    /// - Parameters:
    ///   - isExplicit: somebody asked for the cache, so it is worth a warning where there can be none.
    ///   - warn: takes a sentence; each is said once.
    package init(
        folder: TokenCacheFolder, redactor: Redactor, clock: TokenClock = .system, isExplicit: Bool = false,
        warn: @escaping @Sendable (String) -> Void
    ) {
        self.folder = folder
        self.redactor = redactor
        self.clock = clock
        voice = Voice(isExplicit: isExplicit, warn)
    }

    package func entry(of identity: BoundIdentity) async -> TokenCacheEntry? {
        let entry = await elsewhere { () throws(CacheTrouble) in try read(identity) } ?? nil
        entry?.register(with: redactor, of: identity)
        return entry
    }

    package func lock(_ identity: BoundIdentity) async throws(CredentialError) -> (any TokenStoreLock)? {
        let deadline = clock.monotonic() + Self.patience.wholeMilliseconds
        var pause = Duration.milliseconds(5)
        while true {
            let attempt = await elsewhere { () throws(CacheTrouble) in
                let folder = try folder.open(creating: true)
                let key = TokenCacheKey(identity, installKey: try InstallKey.load(from: folder))
                return try CacheLock.attempt(key.lockName, in: folder)
            }
            switch attempt {
            case nil: return nil
            case .held(let lock)?: return lock
            case .unsupported(let trouble)?:
                voice.say(trouble)
                return nil
            case .busy?:
                if clock.monotonic() >= deadline { throw Self.busy(identity) }
            }
            do {
                try await clock.sleep(pause)
            } catch {
                throw CredentialError(
                    .cancelled, identity: identity.name, "the run ended while waiting for another process's token")
            }
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    package func save(_ entry: TokenCacheEntry, of identity: BoundIdentity) async {
        _ = await elsewhere { () throws(CacheTrouble) in
            let folder = try folder.open(creating: true)
            let key = TokenCacheKey(identity, installKey: try InstallKey.load(from: folder))
            try folder.write(entry.bytes, as: key.entryName)
        }
    }

    private func read(_ identity: BoundIdentity) throws(CacheTrouble) -> TokenCacheEntry? {
        let folder = try folder.open(creating: true)
        let key = TokenCacheKey(identity, installKey: try InstallKey.load(from: folder))
        guard let bytes = try folder.read(key.entryName) else { return nil }
        switch TokenCacheEntry.read(bytes) {
        case .entry(let entry): return entry
        case .otherVersion:
            throw CacheTrouble(
                .damaged, "the cached token of '\(identity.name)' was written by another version; a new one is got")
        case .damaged:
            throw CacheTrouble(
                .damaged, "the cached token of '\(identity.name)' is damaged (\(folder.path)); a new one is got")
        }
    }

    /// Runs blocking work on a thread of the shared pool; a detached task does not inherit the loop as its executor.
    private func elsewhere<Value: Sendable>(
        _ work: @escaping @Sendable () throws(CacheTrouble) -> Value
    ) async -> Value? {
        let result = await Task.detached { () -> Result<Value, CacheTrouble> in
            do throws(CacheTrouble) {
                return .success(try work())
            } catch {
                return .failure(error)
            }
        }.value
        switch result {
        case .success(let value): return value
        case .failure(let trouble):
            voice.say(trouble)
            return nil
        }
    }

    private static func busy(_ identity: BoundIdentity) -> CredentialError {
        CredentialError(
            .busy, identity: identity.name,
            "another process has been getting a token for '\(identity.name)' for \(patience.components.seconds) s; "
                + "try again, or go on without the cache (--no-cache)")
    }
}

/// Says each sentence once.
private final class Voice: Sendable {
    private let said = Mutex<Set<String>>([])
    private let isExplicit: Bool
    private let warn: @Sendable (String) -> Void

    init(isExplicit: Bool, _ warn: @escaping @Sendable (String) -> Void) {
        self.isExplicit = isExplicit
        self.warn = warn
    }

    func say(_ trouble: CacheTrouble) {
        // A machine without a home has no cache, and nobody asked for one.
        if trouble.kind == .unavailable, !isExplicit { return }
        if said.withLock({ $0.insert(trouble.description).inserted }) { warn(trouble.description) }
    }
}
