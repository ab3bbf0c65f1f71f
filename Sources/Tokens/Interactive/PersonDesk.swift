package import HTTP

/// Who can be asked to agree.
package enum Person: Sendable {
    case atDesk(PersonDesk)
    /// The reason completes "… needs a person who agrees, and …".
    case absent(reason: String)
}

/// How a flow reaches a person at a desk; handed in, so that tests need none.
package struct PersonDesk: Sendable {
    /// Opens a browser; where it cannot, the message that was shown holds the URL too.
    package var open: @Sendable (HTTPURL) async -> Void
    /// Shows a message to the person; it holds no secret.
    package var show: @Sendable (String) -> Void
    /// Listens on 127.0.0.1, port 0: any free one.
    package var listen: @Sendable (_ port: Int) async throws(ListenError) -> any RedirectListener
    /// How long a person may take.
    package var patience: Duration
    /// One question at a time.
    let turn = PersonTurn()

    /// Why nothing listens; completes "cannot listen: …".
    package struct ListenError: Error, Hashable, Sendable {
        package let reason: String
        package init(_ reason: String) { self.reason = reason }
    }

    package init(
        open: @escaping @Sendable (HTTPURL) async -> Void, show: @escaping @Sendable (String) -> Void,
        listen: @escaping @Sendable (_ port: Int) async throws(ListenError) -> any RedirectListener,
        patience: Duration = .seconds(300)
    ) {
        self.open = open
        self.show = show
        self.listen = listen
        self.patience = patience
    }
}

/// Waits for the browser to come back (RFC 8252 §7.3).
package protocol RedirectListener: Sendable {
    /// Of 127.0.0.1.
    var port: Int { get }

    /// The path and query of the next GET; nil when the patience is over. Requests for other paths (a favicon) are
    /// answered with 404 and do not count.
    func next(path: String, within patience: Duration) async throws(PersonDesk.ListenError) -> String?

    /// Answers the browser with a short page and stops listening.
    func finish(_ message: String) async
}
