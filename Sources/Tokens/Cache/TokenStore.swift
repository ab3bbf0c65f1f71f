/// Where tokens outlive the process that got them.
///
/// The broker calls it from the transfer loop, so every file is touched on another thread and no call waits for a lock
/// longer than its clock says.
package protocol TokenStore: Sendable {
    /// What is kept for the identity; nil where there is nothing, or nothing that can be used.
    func entry(of identity: BoundIdentity) async -> TokenCacheEntry?

    /// The right to ask for a token and to change the entry, for one process at a time.
    ///
    /// - Returns: nil where nothing can be kept for this identity: then the token stays in memory.
    /// - Throws: `CredentialError`: `.busy` where another process holds it for too long, `.cancelled`.
    func lock(_ identity: BoundIdentity) async throws(CredentialError) -> (any TokenStoreLock)?

    /// Replaces the entry; it is on the disk when this returns. Only under the lock.
    func save(_ entry: TokenCacheEntry, of identity: BoundIdentity) async
}

/// A lock that is held until it is released; a process that dies releases it too.
package protocol TokenStoreLock: Sendable {
    func release()
}

/// Keeps nothing: a token lives as long as the broker.
package struct MemoryTokenStore: TokenStore {
    package init() {}

    package func entry(of identity: BoundIdentity) async -> TokenCacheEntry? { nil }
    package func lock(_ identity: BoundIdentity) async throws(CredentialError) -> (any TokenStoreLock)? { nil }
    package func save(_ entry: TokenCacheEntry, of identity: BoundIdentity) async {}
}
