/// How long the phases of one transfer took; each counted from its start, not one after the other.
package struct HTTPTimings: Sendable, Hashable {
    package var dns: Duration = .zero
    package var connect: Duration = .zero
    package var tls: Duration = .zero
    /// From the start of the transfer to the first byte of the answer.
    package var firstByte: Duration = .zero
    package var transfer: Duration = .zero
    package var total: Duration = .zero

    package init() {}
}

/// An answer, its header fields in order; the body is decoded (content coding); under `BodyUse.count` only
/// its beginning.
package struct HTTPResponse: Sendable {
    package var status: Int
    /// `"1.1"`, `"2"`.
    package var version: String
    package var headers: HeaderFields
    package var body: [UInt8]
    /// Bytes of the decoded body, also when they were only counted.
    package var bodySize: Int
    package var timings: HTTPTimings
    /// New connections that this transfer opened (0: it reused one).
    package var connectionsOpened: Int
    package var remoteAddress: String

    package init(
        status: Int, version: String = "1.1", headers: HeaderFields = [], body: [UInt8] = [], bodySize: Int? = nil,
        timings: HTTPTimings = HTTPTimings(), connectionsOpened: Int = 0, remoteAddress: String = ""
    ) {
        self.status = status
        self.version = version
        self.headers = headers
        self.body = body
        self.bodySize = bodySize ?? body.count
        self.timings = timings
        self.connectionsOpened = connectionsOpened
        self.remoteAddress = remoteAddress
    }
}
