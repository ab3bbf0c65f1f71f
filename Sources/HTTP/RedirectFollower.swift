/// Follows redirects on top of any transport, because libcurl would merge the header fields of all hops and decides by
/// itself which credential travels on (RFC 9110 §15.4).
package struct RedirectFollower: Sendable {
    /// The last answer and the way there.
    package struct Result: Sendable {
        package var response: HTTPResponse
        /// How many redirects were followed.
        package var taken: Int
        /// Where the last answer came from.
        package var url: HTTPURL
    }

    private let transport: any HTTPTransport
    private let maximum: Int

    /// - Parameter maximum: the redirect after that many is the answer itself; 0 follows none.
    package init(_ transport: any HTTPTransport, maximum: Int) {
        self.transport = transport
        self.maximum = maximum
    }

    /// Sends, and follows at most `maximum` redirects; each hop has the request's timeouts for itself.
    ///
    /// - Throws: what the transport throws; `TransportError.Kind.redirect` where a redirect leads to no http or https URL
    ///   or would take a sensitive body to another origin.
    package func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> Result {
        var hop = RedirectHop(request: request, pool: pool)
        var taken = 0
        while true {
            let response = try await transport.send(hop.request, pool: hop.pool)
            guard taken < maximum, let next = try hop.following(response) else {
                return Result(response: response, taken: taken, url: hop.request.url)
            }
            hop = next
            taken += 1
        }
    }
}

/// One request on a chain of redirects. A credential that was dropped is gone: the next hop is made from this one.
struct RedirectHop {
    private(set) var request: HTTPRequest
    private(set) var pool: PoolKey

    /// The request that the answer asks for, nil where it asks for none.
    func following(_ response: HTTPResponse) throws(TransportError) -> RedirectHop? {
        guard [301, 302, 303, 307, 308].contains(response.status),
            let location = response.headers.values("Location").first
        else { return nil }
        var next = self
        next.request.url = try target(location)
        next.changeMethod(response.status)
        if next.request.url.origin != request.url.origin { try next.leave(request.url.origin) }
        return next
    }

    private func target(_ location: String) throws(TransportError) -> HTTPURL {
        do {
            return try request.url.resolving(location)
        } catch {
            throw TransportError(
                .redirect, "\(request.url.origin) redirects to a URL that \(error.reason); it was not followed")
        }
    }

    /// 303 turns everything but HEAD into GET, 301 and 302 turn POST into it; 307 and 308 change nothing.
    private mutating func changeMethod(_ status: Int) {
        let becomesGet =
            switch status {
            case 303: request.method != .head && request.method != .get
            case 301, 302: request.method == .post
            default: false
            }
        guard becomesGet else { return }
        request.method = .get
        request.body = .none
        request.bodyIsSensitive = false
        for name in Self.bodyFields { request.headers.removeAll(named: name) }
    }

    /// Drops whatever was meant for the old origin alone, its client certificate, its own authorities and the name in
    /// `Host` included.
    private mutating func leave(_ origin: Origin) throws(TransportError) {
        if request.bodyIsSensitive, request.body.count > 0 {
            throw TransportError(
                .redirect,
                "\(origin) redirects to \(request.url.origin), and the body holds a credential; it was not sent there. "
                    + "Use the URL that is redirected to if it can be trusted")
        }
        request.headers.fields.removeAll(where: \.isSensitive)
        for name in Self.originFields { request.headers.removeAll(named: name) }
        pool.tls = nil
        pool.policy.authorities = nil
    }

    private static let originFields = ["Authorization", "Cookie", "Proxy-Authorization", "Host"]

    private static let bodyFields = [
        "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Location", "Content-Digest",
        "Digest", "Transfer-Encoding", "Expect", "Trailer",
    ]
}
