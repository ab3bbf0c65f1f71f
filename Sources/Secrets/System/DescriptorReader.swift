#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads an open descriptor to its end.
enum DescriptorReader {
    private static let limit = 1 << 20

    /// - Throws: `SecretError` with the reason, also where it is a terminal (what is typed there would be shown) or does
    ///   not end within 1 MiB.
    static func read(_ descriptor: Int32) async throws(SecretError) -> [UInt8] {
        try await BlockingWork.run { isCancelled -> Result<[UInt8], SecretError> in
            guard fcntl(descriptor, F_GETFD) >= 0 else { return .failure(SecretError("it is not open")) }
            guard isatty(descriptor) == 0 else {
                return .failure(SecretError("it is a terminal, which would show the secret; use { \"prompt\": … }"))
            }
            var bytes: [UInt8] = []
            while !isCancelled() {
                switch chunk(descriptor, milliseconds: 200) {
                case .none: continue
                case .some(nil): return .failure(SecretError(String(cString: strerror(errno))))
                case .some(let chunk?) where chunk.isEmpty: return .success(bytes)
                case .some(let chunk?): bytes += chunk
                }
                if bytes.count > limit { return .failure(SecretError("it gives more than 1 MiB")) }
            }
            return .failure(SecretError("interrupted"))
        }
    }

    /// What can be read now: nil where nothing came in time, `.some(nil)` after an error, empty at the end.
    static func chunk(_ descriptor: Int32, milliseconds: Int32) -> [UInt8]?? {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) > 0 else { return .none }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = bytes.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
        if count < 0 { return errno == EINTR || errno == EAGAIN ? .none : .some(nil) }
        return .some(Array(bytes[..<count]))
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
