#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The pipes between a test and its child process.
struct ChildPipes: Sendable {
    /// How long output is still read after the program has ended: its own children may hold the pipes open.
    private static let afterglow: Int32 = 300

    let input: (read: Int32, write: Int32)
    let output: (read: Int32, write: Int32)
    let errors: (read: Int32, write: Int32)
    /// Its write end is closed when the program has ended.
    private let exit: (read: Int32, write: Int32)

    init() throws {
        input = try SystemCalls.pipe()
        output = try SystemCalls.pipe()
        errors = try SystemCalls.pipe()
        exit = try SystemCalls.pipe()
    }

    func closeChildEnds() {
        for descriptor in [input.read, output.write, errors.write] { close(descriptor) }
    }

    func closeAll() {
        for ends in [input, output, errors, exit] {
            close(ends.read)
            close(ends.write)
        }
    }

    func noteExit() { close(exit.write) }

    /// Feeds and reads the program until it has ended and nothing more comes, then closes our ends.
    func drain(
        _ bytes: [UInt8], until deadline: ContinuousClock.Instant, onTimeout: () -> Void,
        _ take: (ArraySlice<UInt8>, _ isError: Bool) -> Void
    ) {
        var rest = bytes[...]
        var open: Set<Int32> = [input.write, output.read, errors.read, exit.read]
        _ = fcntl(input.write, F_SETFL, O_NONBLOCK)
        if rest.isEmpty { shut(input.write, &open) }
        while !open.isEmpty {
            let hasEnded = !open.contains(exit.read)
            if hasEnded { shut(input.write, &open) }
            let ready = readyOnes(open, hasEnded ? Self.afterglow : Self.milliseconds(until: deadline))
            if ready.isEmpty {
                if hasEnded { break }
                if ContinuousClock.now >= deadline { onTimeout() }
            }
            for descriptor in ready {
                switch descriptor {
                case input.write: if !feed(&rest) { shut(descriptor, &open) }
                case exit.read: shut(descriptor, &open)
                default: if !read(descriptor, take) { shut(descriptor, &open) }
                }
            }
        }
        for descriptor in open { close(descriptor) }
    }

    private func shut(_ descriptor: Int32, _ open: inout Set<Int32>) {
        if open.remove(descriptor) != nil { close(descriptor) }
    }

    private func readyOnes(_ open: Set<Int32>, _ milliseconds: Int32) -> [Int32] {
        var entries = open.map { descriptor in
            pollfd(fd: descriptor, events: Int16(descriptor == input.write ? POLLOUT : POLLIN), revents: 0)
        }
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return [] }
        return entries.filter { $0.revents != 0 }.map(\.fd)
    }

    /// False where there is nothing more to write, or nobody to read it.
    private func feed(_ rest: inout ArraySlice<UInt8>) -> Bool {
        let count = rest.withUnsafeBytes { write(input.write, $0.baseAddress, $0.count) }
        if count < 0 { return errno == EAGAIN || errno == EINTR }
        rest = rest.dropFirst(count)
        return !rest.isEmpty
    }

    private func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>, _ isError: Bool) -> Void) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = systemRead(descriptor, &chunk, chunk.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        take(chunk[..<count], descriptor == errors.read)
        return true
    }

    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        Int32(clamping: Int64(max(0, (deadline - ContinuousClock.now) / .milliseconds(1)).rounded(.up)))
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
