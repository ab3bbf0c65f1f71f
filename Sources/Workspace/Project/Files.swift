package import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reading files and folders; regular files up to 64 MiB, so that a device or a mistaken path cannot hang or fill us.
package enum Files {
    static let largest = 64 << 20

    package static func read(_ path: String) -> Result<[UInt8], OutputError> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(failure("cannot read \(path)")) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(failure("cannot read \(path)")) }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR { return .failure(OutputError("cannot read \(path): it is a folder")) }
        guard status.st_size <= largest else {
            return .failure(OutputError("cannot read \(path): it is larger than \(largest >> 20) MiB"))
        }
        return readAll(descriptor, path, expected: Int(status.st_size))
    }

    /// Standard input, whole.
    package static func readStandardInput() -> Result<[UInt8], OutputError> {
        readAll(STDIN_FILENO, "standard input", expected: 0)
    }

    /// In pieces of the size that is expected, and one byte more: mostly one read and the one that says that it is over.
    private static func readAll(_ descriptor: Int32, _ name: String, expected: Int) -> Result<[UInt8], OutputError> {
        var bytes = [UInt8](repeating: 0, count: max(expected + 1, 4096))
        var filled = 0
        while true {
            if filled == bytes.count { bytes += [UInt8](repeating: 0, count: max(1 << 16, bytes.count)) }
            let count = systemRead(descriptor, &bytes, from: filled)
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                return .failure(failure("cannot read \(name)"))
            }
            filled += count
            guard filled <= largest else {
                return .failure(OutputError("cannot read \(name): it is larger than \(largest >> 20) MiB"))
            }
        }
        bytes.removeLast(bytes.count - filled)
        return .success(bytes)
    }

    package enum Kind: Sendable { case file, folder }

    package static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    /// The names in a folder, sorted; empty where it cannot be read.
    package static func list(_ folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
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

    package static var workingFolder: String {
        guard let text = getcwd(nil, 0) else { return "." }
        defer { free(text) }
        return String(cString: text)
    }

    /// Absolute, links and `..` resolved; nil where it does not exist.
    package static func realPath(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    private static func failure(_ what: String) -> OutputError {
        OutputError("\(what): \(String(cString: strerror(errno)))")
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8], from start: Int) -> Int {
    buffer.withUnsafeMutableBytes { bytes in
        let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[start...])
        return read(descriptor, rest.baseAddress, rest.count)
    }
}
