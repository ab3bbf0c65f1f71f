#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What lies in a folder.
enum Folder {
    static func names(in path: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(path + "/*", 0, nil, &found) == 0 else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { index in
            found.gl_pathv[index].map { String(String(cString: $0).dropFirst(path.count + 1)) }
        }
    }
}
