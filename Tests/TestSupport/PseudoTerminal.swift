#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A terminal whose other end is the test.
package struct PseudoTerminal: Sendable {
    /// For whoever believes to sit at a terminal.
    package let path: String
    private let ours: Int32
    /// Held open, so that the terminal keeps its settings while nobody else has it open.
    private let theirs: Int32

    package init() throws {
        var (ours, theirs): (Int32, Int32) = (-1, -1)
        guard openpty(&ours, &theirs, nil, nil, nil) == 0, let name = ttyname(theirs) else {
            throw SystemCallError("openpty")
        }
        [ours, theirs].forEach(SystemCalls.closeOnExec)
        (self.ours, self.theirs, path) = (ours, theirs, String(cString: name))
    }

    package var isEchoing: Bool {
        var settings = termios()
        return tcgetattr(theirs, &settings) == 0 && settings.c_lflag & tcflag_t(ECHO) != 0
    }

    package func type(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { write(ours, $0.baseAddress, $0.count) }
    }

    /// What has been shown since the last call; waits until there is something, a minute at most.
    package func shown() async -> String {
        await withCheckedContinuation { continuation in
            SystemCalls.thread {
                var entry = pollfd(fd: ours, events: Int16(POLLIN), revents: 0)
                var bytes = [UInt8](repeating: 0, count: 4096)
                let isReady = poll(&entry, 1, 60_000) > 0
                let count = isReady ? bytes.withUnsafeMutableBytes { systemRead(ours, $0.baseAddress, $0.count) } : 0
                continuation.resume(returning: String(decoding: bytes.prefix(max(0, count)), as: UTF8.self))
            }
        }
    }

    package func close() {
        for descriptor in [ours, theirs] { systemClose(descriptor) }
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
