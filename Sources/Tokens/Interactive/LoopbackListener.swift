import Secrets
import Synchronization

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
