#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes whole buffers to file descriptors and turns errno into sentences.
enum Descriptor {
    static func write(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                waitUntilWritable(descriptor)
            } else if errno != EINTR {
                throw failure("cannot write \(name)")
            }
        }
    }

    /// Makes a scratch file that nobody else can have put there: not a link to elsewhere, not somebody's file.
    ///
    /// One that an earlier process of our number left behind is removed.
    static func create(
        _ path: String, _ mode: mode_t, reads: Bool = false, for shown: String
    ) throws(OutputError) -> Int32 {
        unlink(path)
        let access = reads ? O_RDWR : O_WRONLY
        let descriptor = systemOpen(path, access | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("cannot write \(shown)") }
        return descriptor
    }

    static func failure(_ what: String) -> OutputError {
        let code = errno
        return OutputError("\(what): \(String(cString: strerror(code)))", isBrokenPipe: code == EPIPE)
    }

    private static func waitUntilWritable(_ descriptor: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1000)
    }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
    #else
        Darwin.write(descriptor, bytes, count)
    #endif
}
