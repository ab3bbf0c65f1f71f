/// Why the sandbox did not start.
package struct SandboxError: Error, Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case portTaken(Int)
        case portNotAllowed(Int)
        case cannotListen
        case certificate
        /// `start` was called twice.
        case alreadyStarted
        case interrupted
        /// How many the process may have.
        case tooFewFiles(Int)
    }

    /// Its own sockets, timers and event queues, and those of one client with a handful of connections.
    static let neededFiles = 64

    package let kind: Kind
    /// What the system said; may be empty.
    package let detail: String

    init(_ kind: Kind, _ detail: String = "") {
        self.kind = kind
        self.detail = detail
    }

    /// One sentence without a full stop: what is wrong and what to do.
    package var message: String {
        switch kind {
        case .portTaken(let port): "port \(port) is taken; choose another, or 0 for a free one"
        case .portNotAllowed(let port): "port \(port) needs rights this process lacks; choose one above 1023"
        case .cannotListen: "the sandbox cannot listen on 127.0.0.1: \(detail)"
        case .certificate: "the sandbox cannot make its certificates: \(detail)"
        case .alreadyStarted: "the sandbox was started already; make a new one"
        case .tooFewFiles(let limit):
            "the sandbox needs \(Self.neededFiles) open files, but this process may have \(limit); "
                + "allow more with 'ulimit -n 256'"
        case .interrupted: "the sandbox was interrupted while it started"
        }
    }
}
