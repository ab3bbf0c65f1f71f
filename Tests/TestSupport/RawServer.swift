import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What a `RawServer` does once it has read a request.
package enum RawReply: Sendable {
    /// Sends the bytes and reads the next request.
    case bytes([UInt8])
    /// Sends the bytes and closes the connection.
    case last([UInt8])
    /// Sends the bytes one by one, with a pause before each.
    case drip([UInt8], every: Duration)
    /// Sends the bytes and then nothing more, until the client or the server goes.
    case hang(after: [UInt8] = [])
    /// Closes the connection without an answer.
    case close
    /// Closes it with a reset.
    case reset

    package static func text(_ text: String) -> RawReply { .bytes(Array(text.utf8)) }
    package static func lastText(_ text: String) -> RawReply { .last(Array(text.utf8)) }

    /// A whole answer with its `Content-Length`.
    package static func answer(_ status: Int = 200, _ headers: [String] = [], _ body: String = "") -> RawReply {
        let lines = ["HTTP/1.1 \(status) Whatever", "Content-Length: \(body.utf8.count)"] + headers
        return .text(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}

/// A request as its bytes came in.
package struct RawRequest: Sendable {
    /// Request line and header lines with the blank line.
    package var head: String
    package var body: [UInt8]
    /// Counts the server's connections from 1.
    package var connection: Int

    /// Header lines in order, without the request line.
    package var lines: [String] {
        head.split(separator: "\r\n").dropFirst().map(String.init)
    }

    /// Such as `GET / HTTP/1.1`.
    package var requestLine: String { head.split(separator: "\r\n").first.map(String.init) ?? "" }

    /// The values of all lines of that name.
    package func values(_ name: String) -> [String] {
        lines.compactMap { line in
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                return nil
            }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
    }
}

/// A loopback server whose answers are bytes, right or wrong: it reads requests as HTTP/1.1 frames them and replies what
/// a closure says. Each connection has a thread of its own.
package final class RawServer: Sendable {
    private struct State {
        var descriptors: Set<Int32> = []
        var connections = 0
        var requests: [RawRequest] = []
        var isStopped = false
    }

    package let port: Int
    private let listener: Int32
    private let greeting: [UInt8]
    private let readsRequests: Bool
    private let reply: @Sendable (RawRequest) -> RawReply
    private let state = Mutex(State())

    /// - Parameters:
    ///   - greeting: what is sent on each connection before anything is read.
    ///   - readsRequests: false for a server that takes connections and answers nothing at all.
    package init(
        greeting: String = "", readsRequests: Bool = true,
        _ reply: @escaping @Sendable (RawRequest) -> RawReply = { _ in .answer() }
    ) throws {
        (listener, port) = try SystemCalls.listen()
        self.greeting = Array(greeting.utf8)
        self.readsRequests = readsRequests
        self.reply = reply
        SystemCalls.thread { [self] in acceptAll() }
    }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// How many connections were opened so far.
    package var connections: Int { state.withLock { $0.connections } }

    package var requests: [RawRequest] { state.withLock { $0.requests } }

    /// Suspends until so many connections have been opened.
    package func waitForConnections(_ count: Int) async throws {
        try await eventually("\(count) connections") { self.connections >= count }
    }

    /// Suspends until so many requests have come in.
    package func waitForRequests(_ count: Int) async throws {
        try await eventually("\(count) requests") { self.requests.count >= count }
    }

    /// Closes everything; call it at the end of the test.
    package func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            #if canImport(Darwin)
                // Only this ends an accept() there.
                close(listener)
            #endif
            for descriptor in state.descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                #if !canImport(Darwin)
                    // Not before: its number would be another server's, whose connections were then taken here.
                    close(listener)
                #endif
                return
            }
            SystemCalls.closeOnExec(descriptor)
            let number = state.withLock { state -> Int? in
                guard !state.isStopped else { return nil }
                state.descriptors.insert(descriptor)
                state.connections += 1
                return state.connections
            }
            guard let number else {
                close(descriptor)
                return
            }
            SystemCalls.thread { [self] in serve(RawConnection(descriptor), number) }
        }
    }

    private func serve(_ connection: RawConnection, _ number: Int) {
        connection.write(greeting)
        if readsRequests { answer(connection, number) } else { connection.waitForEnd() }
        state.withLock { state in
            state.descriptors.remove(connection.descriptor)
            close(connection.descriptor)
        }
    }

    private func answer(_ connection: RawConnection, _ number: Int) {
        var buffered = RawConnection.Buffer()
        while let request = connection.readRequest(&buffered, number) {
            state.withLock { $0.requests.append(request) }
            switch reply(request) {
            case .bytes(let bytes): guard connection.write(bytes) else { return }
            case .last(let bytes):
                connection.write(bytes)
                return
            case .drip(let bytes, let pause): guard connection.drip(bytes, every: pause) else { return }
            case .hang(let bytes):
                connection.write(bytes)
                connection.waitForEnd()
                return
            case .close: return
            case .reset:
                connection.resetOnClose()
                return
            }
        }
    }
}
