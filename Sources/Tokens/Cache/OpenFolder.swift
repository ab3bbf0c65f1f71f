#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An open cache folder. Every name is looked up in it and nowhere else, so that it cannot be exchanged on the way.
final class OpenFolder: Sendable {
    let descriptor: Int32
    let path: String

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    func checkOwner() throws(CacheTrouble) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system("cannot look at \(path)") }
        guard status.st_uid == geteuid() else {
            throw CacheTrouble(.unsafe, "the cache folder \(path) belongs to another user")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CacheTrouble(
                .unsafe,
                "the cache folder \(path) is open to others (mode \(octal(status.st_mode))); run: chmod 700 \(path)")
        }
    }

    // MARK: Files

    /// The largest file that is read: an entry takes a few kilobytes.
    static let largest = 1 << 20

    /// The bytes of a file; nil where there is none.
    func read(_ name: String) throws(CacheTrouble) -> [UInt8]? {
        let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            let code = errno
            if code == ENOENT { return nil }
            throw code == ELOOP ? unsafe(name, "is a link") : .system("cannot read \(path)/\(name)", code)
        }
        defer { close(file) }
        let size = try check(file, name)
        guard size <= Self.largest else { throw CacheTrouble(.damaged, "\(path)/\(name) is larger than an entry") }
        return try Self.readAll(file, "\(path)/\(name)")
    }

    private static func readAll(_ file: Int32, _ name: String) throws(CacheTrouble) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count <= largest {
            let count = buffer.withUnsafeMutableBytes { systemRead(file, $0.baseAddress, $0.count) }
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                throw .system("cannot read \(name)")
            }
        }
        throw CacheTrouble(.damaged, "\(name) is larger than an entry")
    }

    /// Puts a file in its place: a temporary one of our own making, flushed, renamed, and the folder flushed too.
    ///
    /// Only one process at a time writes a name (it holds its lock), so what a dead one left behind is removed.
    func write(_ bytes: [UInt8], as name: String) throws(CacheTrouble) {
        let temporary = name + ".part"
        unlinkat(descriptor, temporary, 0)
        try create(temporary, bytes)
        guard renameat(descriptor, temporary, descriptor, name) == 0 else {
            let trouble = CacheTrouble.system("cannot write \(path)/\(name)")
            unlinkat(descriptor, temporary, 0)
            throw trouble
        }
        fsync(descriptor)
    }

    /// Puts a file in its place unless there is one: whoever comes second finds the first one's.
    func writeOnce(_ bytes: [UInt8], as name: String) throws(CacheTrouble) {
        let temporary = "\(name).\(getpid()).\(UInt32.random(in: 0...(.max))).part"
        try create(temporary, bytes)
        defer { unlinkat(descriptor, temporary, 0) }
        guard linkat(descriptor, temporary, descriptor, name, 0) == 0 || errno == EEXIST else {
            throw .system("cannot write \(path)/\(name)")
        }
        fsync(descriptor)
    }

    /// Takes off the first name of what `writeOnce` made, where its maker has not come to that yet, or died before it:
    /// whoever reads meanwhile must not take it for a stranger's.
    private func removeFirstName(of status: stat, _ name: String) {
        for part in (try? names()) ?? [] where part.hasPrefix(name + ".") && part.hasSuffix(".part") {
            var other = stat()
            guard fstatat(descriptor, part, &other, AT_SYMLINK_NOFOLLOW) == 0, other.st_ino == status.st_ino,
                other.st_dev == status.st_dev
            else { continue }
            unlinkat(descriptor, part, 0)
        }
    }

    private func create(_ name: String, _ bytes: [UInt8]) throws(CacheTrouble) {
        let file = openat(descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system("cannot write \(path)/\(name)") }
        defer { close(file) }
        // The umask may have taken the owner's own right away.
        guard fchmod(file, 0o600) == 0, Self.writeAll(bytes, file), fsync(file) == 0 else {
            let trouble = CacheTrouble.system("cannot write \(path)/\(name)")
            unlinkat(descriptor, name, 0)
            throw trouble
        }
    }

    private static func writeAll(_ bytes: [UInt8], _ file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    func remove(_ name: String) throws(CacheTrouble) {
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
            throw .system("cannot remove \(path)/\(name)")
        }
    }

    /// The names in the folder, sorted.
    func names() throws(CacheTrouble) -> [String] {
        // A descriptor of its own: the folder's position is part of it.
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let handle = fdopendir(copy) else { throw .system("cannot list \(path)") }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// A file of ours, for its owner alone and under this one name; gives its size.
    func check(_ file: Int32, _ name: String) throws(CacheTrouble) -> Int {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw .system("cannot look at \(path)/\(name)") }
        guard status.st_mode & S_IFMT == S_IFREG else { throw unsafe(name, "is no regular file") }
        guard status.st_uid == geteuid() else { throw unsafe(name, "belongs to another user") }
        guard status.st_mode & 0o077 == 0 else {
            throw unsafe(name, "is open to others (mode \(octal(status.st_mode)))")
        }
        if status.st_nlink == 2 {
            removeFirstName(of: status, name)
            _ = fstat(file, &status)
        }
        guard status.st_nlink <= 1 else { throw unsafe(name, "has a second name (a hard link)") }
        return Int(status.st_size)
    }

    func unsafe(_ name: String, _ reason: String) -> CacheTrouble {
        CacheTrouble(.unsafe, "the cache file \(path)/\(name) \(reason) and is not used; remove it")
    }

    private func octal(_ mode: mode_t) -> String { String(mode & 0o7777, radix: 8) }
}

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(file, buffer, count)
}
