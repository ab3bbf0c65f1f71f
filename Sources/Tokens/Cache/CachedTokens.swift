#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The cached tokens of a user, for `usher tokens`; no value leaves it.
package struct CachedTokens: Sendable {
    /// One line of the list.
    package struct Row: Sendable, Hashable {
        package enum State: Sendable, Hashable {
            /// Until that moment (milliseconds since 1970); nil: no end is known.
            case good(until: Int64?)
            case expired(at: Int64)
            /// A call was refused with it.
            case refused
            /// Only a failure is remembered, until that moment.
            case failed(until: Int64)
            case nothing
        }

        package let identity: String
        package let provider: String
        package let state: State
        package let obtainedAt: Int64?
        package let scope: [String]?
        /// Whether a refresh token is kept too.
        package let hasRefreshToken: Bool
    }

    package struct List: Sendable {
        package var rows: [Row] = []
        /// Files that are no entries, with the reason.
        package var problems: [CacheTrouble] = []
    }

    /// An entry that is about to be forgotten.
    package struct Kept: Sendable {
        package let identity: String
        package let provider: String
        let entryName: String
        let entry: TokenCacheEntry
    }

    private let folder: TokenCacheFolder

    package init(_ folder: TokenCacheFolder) { self.folder = folder }

    package var path: String { folder.path }

    /// - Throws: `CacheTrouble` where the folder is not to be trusted.
    package func list(at now: Int64) throws(CacheTrouble) -> List {
        var list = List()
        for (name, folder) in try entryNames() {
            do throws(CacheTrouble) {
                if let entry = try Self.entry(name, in: folder) { list.rows.append(Row(entry, at: now)) }
            } catch {
                list.problems.append(error)
            }
        }
        list.rows.sort { ($0.identity, $0.obtainedAt ?? 0) < ($1.identity, $1.obtainedAt ?? 0) }
        return list
    }

    /// The entries of an identity, of all of them with nil, that hold a token somebody could still use.
    package func usable(of identity: String?, at now: Int64) throws(CacheTrouble) -> [Kept] {
        try entryNames().compactMap { name, folder in
            guard let entry = try? Self.entry(name, in: folder), identity == nil || entry.identity == identity,
                !entry.revocable(at: now).isEmpty
            else { return nil }
            return Kept(identity: entry.identity, provider: entry.provider, entryName: name, entry: entry)
        }
    }

    /// Whether the entry is that of exactly this identity: the same provider, hosts and secrets, not only the same name.
    package func isKept(_ kept: Kept, of identity: BoundIdentity) -> Bool {
        guard let folder = try? existing(), let key = try? InstallKey.load(from: folder) else { return false }
        return TokenCacheKey(identity, installKey: key).entryName == kept.entryName
    }

    /// Removes the entries of an identity; nil: all of them, also what is damaged or left over.
    ///
    /// - Returns: how many.
    package func forget(_ identity: String?) throws(CacheTrouble) -> Int {
        var count = 0
        for (name, folder) in try entryNames() {
            let entry = try? Self.entry(name, in: folder)
            guard identity == nil || entry?.identity == identity else { continue }
            // A process that is about to write this entry again has asked for its token already: nothing to wait for.
            try folder.remove(name)
            count += 1
        }
        if identity == nil { try removeLeftovers() }
        return count
    }

    private func removeLeftovers() throws(CacheTrouble) {
        guard let folder = try existing() else { return }
        for name in try folder.names() where name.hasSuffix(".part") { try folder.remove(name) }
    }

    private func entryNames() throws(CacheTrouble) -> [(String, OpenFolder)] {
        guard let folder = try existing() else { return [] }
        return try folder.names().filter { $0.hasSuffix(".json") }.map { ($0, folder) }
    }

    /// nil where the folder does not exist yet.
    private func existing() throws(CacheTrouble) -> OpenFolder? {
        access(folder.path, F_OK) == 0 ? try folder.open(creating: false) : nil
    }

    private static func entry(_ name: String, in folder: OpenFolder) throws(CacheTrouble) -> TokenCacheEntry? {
        guard let bytes = try folder.read(name) else { return nil }
        switch TokenCacheEntry.read(bytes) {
        case .entry(let entry): return entry
        case .otherVersion: throw CacheTrouble(.damaged, "\(folder.path)/\(name) was written by another version")
        case .damaged: throw CacheTrouble(.damaged, "\(folder.path)/\(name) is damaged")
        }
    }
}

extension CachedTokens.Row {
    fileprivate init(_ entry: TokenCacheEntry, at now: Int64) {
        (identity, provider) = (entry.identity, entry.provider)
        obtainedAt = entry.token?.obtainedAt
        scope = entry.token?.scope
        hasRefreshToken = entry.refresh != nil
        if let token = entry.token {
            state =
                if token.isRefused { .refused } else if let end = token.expiresAt, end <= now { .expired(at: end) } else
                {
                    .good(until: token.expiresAt)
                }
        } else if let failure = entry.failure, failure.until > now {
            state = .failed(until: failure.until)
        } else {
            state = .nothing
        }
    }
}
