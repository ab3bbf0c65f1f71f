import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The files that are being written, for a process that leaves at once: they would stay behind half written.
package enum UnfinishedFiles {
    private static let paths = Mutex<Set<String>>([])

    static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    static func forget(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes them all; called right before `_exit`.
    package static func remove() {
        paths.withLock { paths in
            for path in paths { unlink(path) }
            paths = []
        }
    }
}
