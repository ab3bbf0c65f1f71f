#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Files {
    /// Whether writing to the path makes a new file, or one in the place of another: not a device, a pipe or a folder.
    package static func isReplaceable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether two paths lead to one file, by links of either kind or spelling.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        var first = stat()
        var second = stat()
        guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
