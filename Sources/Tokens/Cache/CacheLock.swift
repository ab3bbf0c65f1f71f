import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The lock of one entry: `flock` on a file of its own, which the kernel releases when its process dies.
///
/// A file beside the entry, since the entry itself is replaced at every write and a lock on the old one says nothing.
final class CacheLock: TokenStoreLock {
    enum Attempt: Sendable {
        case held(CacheLock)
        case busy
        /// This file system has no locks (some network mounts).
        case unsupported(CacheTrouble)
    }

    private let descriptor: Mutex<Int32>

    private init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// One attempt, which does not wait.
    static func attempt(_ name: String, in folder: OpenFolder) throws(CacheTrouble) -> Attempt {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK
        let file = openat(folder.descriptor, name, flags, 0o600)
        guard file >= 0 else {
            let code = errno
            throw code == ELOOP
                ? folder.unsafe(name, "is a link") : .system("cannot open \(folder.path)/\(name)", code)
        }
        let lock = CacheLock(file)
        _ = fchmod(file, 0o600)
        _ = try folder.check(file, name)
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            switch errno {
            case EINTR: continue
            case EWOULDBLOCK: return .busy
            default:
                return .unsupported(
                    .system("\(folder.path) has no locks, so tokens are kept in memory only"))
            }
        }
        // Somebody may have removed the folder's files in between: then this lock is on a file that nobody finds.
        return isStill(file, name, folder) ? .held(lock) : .busy
    }

    private static func isStill(_ file: Int32, _ name: String, _ folder: OpenFolder) -> Bool {
        var own = stat(), current = stat()
        return fstat(file, &own) == 0 && fstatat(folder.descriptor, name, &current, AT_SYMLINK_NOFOLLOW) == 0
            && own.st_ino == current.st_ino && own.st_dev == current.st_dev
    }

    func release() {
        descriptor.withLock { descriptor in
            // Closing the last descriptor of the open file releases its lock.
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }
}
