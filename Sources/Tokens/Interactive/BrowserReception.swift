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
