#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why the cache folder, or a file in it, is not used.
package struct CacheTrouble: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable {
        /// Others could read it, or it is theirs: always worth a warning.
        case unsafe
        /// There is none and none can be made: no home, a read-only system.
        case unavailable
        /// A file that is no entry of ours.
        case damaged
    }

    package let kind: Kind
    /// A sentence without a full stop: which path, and why.
    package let description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    /// With the system's reason.
    static func system(_ what: String, _ code: Int32 = errno) -> CacheTrouble {
        CacheTrouble(.unavailable, "\(what): \(String(cString: strerror(code)))")
    }
}
