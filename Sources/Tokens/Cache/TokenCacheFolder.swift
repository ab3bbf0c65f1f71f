import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder of cached tokens: for its owner alone, one file an entry, never through a link.
///
/// Calls block: they belong on a thread of their own, not on the transfer loop.
package struct TokenCacheFolder: Sendable {
    /// Absolute.
    package let path: String
    /// The last folder above that is not ours to make.
    private let base: String

    /// - Parameters:
    ///   - base: a folder that must be there; nil: everything above `path` may be made.
    package init(path: String, base: String? = nil) {
        self.path = path
        self.base = base ?? ""
    }

    /// `tokens` in `USHER_CACHE_DIR`, else in the user's cache folder (XDG Base Directory Specification 0.8); nil where
    /// no variable names an absolute path.
    package static func standard(_ variables: [String: String]) -> TokenCacheFolder? {
        func absolute(_ name: String) -> String? {
            variables[name].flatMap { $0.hasPrefix("/") ? withoutSlash($0) : nil }
        }
        if let own = absolute("USHER_CACHE_DIR") { return TokenCacheFolder(path: own + "/tokens") }
        if let cache = absolute("XDG_CACHE_HOME") { return TokenCacheFolder(path: cache + "/usher/tokens") }
        guard let home = absolute("HOME"), !home.isEmpty else { return nil }
        #if canImport(Darwin)
            return TokenCacheFolder(path: home + "/Library/Caches/usher/tokens", base: home)
        #else
            return TokenCacheFolder(path: home + "/.cache/usher/tokens", base: home)
        #endif
    }

    private static func withoutSlash(_ path: String) -> String {
        var result = path[...]
        while result.hasSuffix("/") { result = result.dropLast() }
        return String(result)
    }

    // MARK: Opening

    /// The folder, opened; made where it is missing.
    ///
    /// - Throws: `CacheTrouble` also where it is somebody else's or open to others.
    func open(creating: Bool) throws(CacheTrouble) -> OpenFolder {
        if creating { try Self.make(path, below: base) }
        let descriptor = systemOpen(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            // O_DIRECTORY and O_NOFOLLOW on a link: ENOTDIR on Linux, ELOOP elsewhere.
            if code == ENOTDIR || code == ELOOP {
                throw CacheTrouble(.unsafe, "\(path) is no folder but a link or a file; remove it")
            }
            throw .system("cannot open the cache folder \(path)", code)
        }
        let folder = OpenFolder(descriptor: descriptor, path: path)
        try folder.checkOwner()
        return folder
    }

    private static func make(_ path: String, below base: String) throws(CacheTrouble) {
        if mkdir(path, 0o700) == 0 {
            // Whatever the umask took away, the owner must get in.
            _ = chmod(path, 0o700)
            return
        }
        let code = errno
        if code == EEXIST { return }
        guard code == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw .system("cannot make the cache folder \(path)", code)
        }
        let above = String(path[..<slash])
        guard above != base else { throw .system("cannot make the cache folder \(path)", code) }
        try make(above, below: base)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system("cannot make the cache folder \(path)") }
        _ = chmod(path, 0o700)
    }
}

/// `open` without a mode; a name of its own beside the method.
func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
