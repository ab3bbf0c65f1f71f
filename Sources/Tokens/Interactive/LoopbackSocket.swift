#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A socket of 127.0.0.1, by its number; whoever made it closes it.
///
/// The unsafe pointers are those that the calls of POSIX take; none outlives its call.
struct LoopbackSocket: Hashable, Sendable {
    private let descriptor: Int32

    /// A socket that listens, and its port.
    static func listening(_ port: Int) throws(PersonDesk.ListenError) -> (LoopbackSocket, port: Int) {
        #if canImport(Darwin)
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #endif
        guard descriptor >= 0 else { throw reason() }
        let socket = LoopbackSocket(descriptor: descriptor)
        socket.prepare()
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        do throws(PersonDesk.ListenError) {
            return (socket, try socket.bind(port))
        } catch {
            socket.close()
            throw error
        }
    }

    private func bind(_ port: Int) throws(PersonDesk.ListenError) -> Int {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                systemBind(descriptor, generic, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw Self.reason(port) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func reason(_ port: Int = 0) -> PersonDesk.ListenError {
        let text = String(cString: strerror(errno))
        return PersonDesk.ListenError(port == 0 ? text : "port \(port): \(text)")
    }

    /// Not inherited by programs, never waited for, and no signal where the other side has gone.
    private func prepare() {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        #if canImport(Darwin)
            var yes: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    /// Those on which something has come: bytes, a connection, or the end.
    static func readable(_ sockets: [LoopbackSocket], within limit: Duration) -> Set<LoopbackSocket> {
        var entries = sockets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        let milliseconds = Int32(clamping: limit.wholeMilliseconds + 1)
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return [] }
        return Set(zip(sockets, entries).filter { $0.1.revents != 0 }.map(\.0))
    }

    func accept() -> LoopbackSocket? {
        let other = systemAccept(descriptor)
        guard other >= 0 else { return nil }
        let socket = LoopbackSocket(descriptor: other)
        socket.prepare()
        return socket
    }

    /// Empty at the end.
    func receive() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    /// Little enough for the socket's buffer; what does not go is lost.
    func send(_ bytes: [UInt8]) {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        _ = systemSend(descriptor, bytes, bytes.count, flags)
    }

    func close() { systemClose(descriptor) }
}

private func systemBind(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
    bind(descriptor, address, length)
}

private func systemAccept(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int, _ flags: Int32) -> Int {
    send(descriptor, bytes, count, flags)
}

private func systemClose(_ descriptor: Int32) { close(descriptor) }
