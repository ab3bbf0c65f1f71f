import Secrets
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A socket on 127.0.0.1 that waits for the browser to come back (RFC 8252 §7.3).
///
/// It waits on a thread of its own, and for several connections at once: browsers open some that they do not use.
package final class LoopbackListener: RedirectListener {
    package let port: Int
    private let sockets: Mutex<Sockets>

    private struct Sockets {
        var listener: LoopbackSocket?
        /// The connection that brought the answer; it gets the page.
        var answered: LoopbackSocket?
    }

    /// - Parameter port: 0: any free one.
    /// - Throws: `ListenError`: the port is taken.
    package init(port: Int) throws(PersonDesk.ListenError) {
        let (socket, port) = try LoopbackSocket.listening(port)
        self.port = port
        sockets = Mutex(Sockets(listener: socket))
    }

    deinit { close() }

    package func next(path: String, within patience: Duration) async throws(PersonDesk.ListenError) -> String? {
        guard let listener = sockets.withLock({ $0.listener }) else {
            throw PersonDesk.ListenError("nothing listens any more")
        }
        let port = port
        let visit = try await BlockingWork.run { isCancelled -> Result<BrowserVisit?, PersonDesk.ListenError> in
            var reception = BrowserReception(listener: listener, port: port, path: path)
            return reception.wait(until: .now + patience, isCancelled)
        }
        guard let visit else { return nil }
        sockets.withLock { $0.answered = visit.socket }
        return visit.target
    }

    package func finish(_ message: String) async {
        let socket = sockets.withLock { $0.answered }
        // The page fits into the socket's buffer: this does not wait for the browser.
        socket?.send(BrowserPage.bytes(200, message))
        close()
    }

    private func close() {
        sockets.withLock { sockets in
            sockets.answered?.close()
            sockets.listener?.close()
            sockets = Sockets()
        }
    }
}

/// The request that was waited for, and the connection it came on.
struct BrowserVisit: Sendable {
    let target: String
    let socket: LoopbackSocket
}

/// Reads what comes to a listener until somebody brings the answer. Blocks; every wait is a short one.
struct BrowserReception {
    private static let capacity = 32
    /// After which a connection on which no whole request has come is closed.
    private static let idle = Duration.seconds(60)

    let listener: LoopbackSocket
    let port: Int
    let path: String
    private var guests: [Guest] = []

    private struct Guest {
        let socket: LoopbackSocket
        let since = ContinuousClock.now
        var bytes: [UInt8] = []
    }

    init(listener: LoopbackSocket, port: Int, path: String) {
        (self.listener, self.port, self.path) = (listener, port, path)
    }

    mutating func wait(
        until deadline: ContinuousClock.Instant, _ isCancelled: () -> Bool
    ) -> Result<BrowserVisit?, PersonDesk.ListenError> {
        defer { for guest in guests { guest.socket.close() } }
        while true {
            if isCancelled() { return .failure(PersonDesk.ListenError("interrupted")) }
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return .success(nil) }
            let ready = LoopbackSocket.readable(
                [listener] + guests.map(\.socket), within: min(left, .milliseconds(100)))
            if let visit = visit(among: ready) { return .success(visit) }
            if ready.contains(listener) { letIn() }
            sendHomeTheIdle()
        }
    }

    private mutating func letIn() {
        guard let socket = listener.accept() else { return }
        if guests.count >= Self.capacity { guests.removeFirst().socket.close() }
        guests.append(Guest(socket: socket))
    }

    private mutating func sendHomeTheIdle() {
        let now = ContinuousClock.now
        for guest in guests where now - guest.since > Self.idle { guest.socket.close() }
        guests.removeAll { now - $0.since > Self.idle }
    }

    private mutating func visit(among ready: Set<LoopbackSocket>) -> BrowserVisit? {
        for index in guests.indices.reversed() where ready.contains(guests[index].socket) {
            let chunk = guests[index].socket.receive()
            guests[index].bytes += chunk
            let guest = guests[index]
            let length = BrowserRequest.length(in: guest.bytes)
            if length == nil, !chunk.isEmpty, guest.bytes.count <= BrowserRequest.limit { continue }
            guests.remove(at: index)
            if let length, let target = answer(Array(guest.bytes[..<length]), guest.socket) {
                return BrowserVisit(target: target, socket: guest.socket)
            }
            guest.socket.close()
        }
        return nil
    }

    /// The target of the request that is waited for; everything else is refused here.
    private func answer(_ head: [UInt8], _ socket: LoopbackSocket) -> String? {
        guard let request = BrowserRequest(head), request.isFor(port: port) else {
            socket.send(BrowserPage.bytes(400, "This is not a request for usher."))
            return nil
        }
        guard request.path == path else {
            socket.send(BrowserPage.bytes(404, "There is nothing here."))
            return nil
        }
        guard request.method == "GET" else {
            socket.send(BrowserPage.bytes(405, "Usher waits for a redirect, which is a GET."))
            return nil
        }
        return String(request.target)
    }
}
