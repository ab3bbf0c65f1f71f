#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Files {
    /// Whether two paths lead to one file, by links of either kind or spelling.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        var first = stat()
        var second = stat()
        guard stat(a, &first) == 0, stat(b, &second) == 0 else { return false }
        return first.st_dev == second.st_dev && first.st_ino == second.st_ino
    }
}
