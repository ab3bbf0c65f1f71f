#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a report goes: a file that is put in its place when it is complete, or something that is written to at once.
enum ReportPlace {
    /// The path behind all links, which need not exist yet.
    case file(String)
    /// A pipe or device that is there already, open for writing.
    case stream(Int32)

    /// - Throws: `OutputError.isMisuse` for a folder or no name at all.
    static func of(_ path: String, followsLinks: Bool) throws(OutputError) -> ReportPlace {
        guard !path.isEmpty, !path.hasSuffix("/") else {
            throw OutputError(
                path.isEmpty ? "a report needs the name of a file" : "cannot write \(path): it names a folder",
                isMisuse: true)
        }
        if let number = descriptor(path) {
            let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
            guard copy >= 0 else { throw Descriptor.failure("cannot write \(path)") }
            return .stream(copy)
        }
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
            return .file(followsLinks ? target(path) : path)
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw OutputError("cannot write \(path): it is a folder", isMisuse: true)
        case S_IFREG, S_IFLNK: return .file(followsLinks ? target(path) : path)
        default: return .stream(try open(path))
        }
    }

    /// `/dev/stdout`, `/dev/fd/63` (`>(command)` of a shell): the descriptor itself, since opening it anew would begin at
    /// the file's start.
    private static func descriptor(_ path: String) -> Int32? {
        switch path {
        case "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default: break
        }
        for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
            return Int32(path.dropFirst(folder.count))
        }
        return nil
    }

    /// Does not wait for the reader of a named pipe: nobody would see why nothing happens.
    private static func open(_ path: String) throws(OutputError) -> Int32 {
        let descriptor = systemOpen(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == ENXIO { throw OutputError("cannot write \(path): nobody reads it; start its reader first") }
            throw Descriptor.failure("cannot write \(path)")
        }
        return descriptor
    }

    /// Follows links by hand: the last one may lead to a file that is still to be made.
    private static func target(_ path: String) -> String {
        var path = path
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0, count < buffer.count else { return path }
            let next = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            path = next.hasPrefix("/") ? next : folder + next
        }
        return path
    }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
