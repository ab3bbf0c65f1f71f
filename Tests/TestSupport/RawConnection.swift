#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One connection of a `RawServer`, used on its thread alone; all calls block.
struct RawConnection: Sendable {
    /// Bytes read and not used yet.
    struct Buffer {
        var bytes: [UInt8] = []
    }

    let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// nil where the client has gone.
    func readRequest(_ buffer: inout Buffer, _ number: Int) -> RawRequest? {
        var headEnd = Self.headEnd(buffer.bytes)
        while headEnd == nil {
            guard fill(&buffer) else { return nil }
            headEnd = Self.headEnd(buffer.bytes)
        }
        guard let headEnd else { return nil }
        let head = String(decoding: buffer.bytes[..<headEnd], as: UTF8.self)
        buffer.bytes.removeFirst(headEnd)
        var request = RawRequest(head: head, body: [], connection: number)
        guard let body = readBody(request, &buffer) else { return nil }
        request.body = body
        return request
    }

    /// False where the client has gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress.map { $0 + sent }, bytes.count - sent, noSignal)
            }
            if count <= 0 { return false }
            sent += count
        }
        return true
    }

    func drip(_ bytes: [UInt8], every pause: Duration) -> Bool {
        for byte in bytes {
            if waitForEnd(atMost: pause) || !write([byte]) { return false }
        }
        return true
    }

    /// Returns when the client has gone, whatever it sends before, or after `limit`; true in the first case.
    @discardableResult
    func waitForEnd(atMost limit: Duration? = nil) -> Bool {
        let milliseconds = limit.map { Int32(clamping: Int64($0 / .milliseconds(1))) } ?? -1
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, milliseconds)
            if ready == 0 { return false }
            if ready < 0 && errno == EINTR { continue }
            var scratch = [UInt8](repeating: 0, count: 4096)
            if ready < 0 || recv(descriptor, &scratch, scratch.count, 0) <= 0 { return true }
        }
    }

    func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    // MARK: -

    private var noSignal: Int32 {
        #if canImport(Darwin)
            0
        #else
            Int32(MSG_NOSIGNAL)
        #endif
    }

    private func fill(_ buffer: inout Buffer) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.bytes += chunk[..<count]
        return true
    }

    private func readBody(_ request: RawRequest, _ buffer: inout Buffer) -> [UInt8]? {
        let wanted = request.values("Content-Length").first.flatMap { Int($0) } ?? 0
        while buffer.bytes.count < wanted {
            guard fill(&buffer) else { return nil }
        }
        let body = Array(buffer.bytes.prefix(wanted))
        buffer.bytes.removeFirst(wanted)
        return body
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for start in 0...(bytes.count - 4) where bytes[start..<start + 4].elementsEqual([13, 10, 13, 10]) {
            return start + 4
        }
        return nil
    }
}
