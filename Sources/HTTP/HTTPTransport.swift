/// TLS as one identity wants it; the rest (CA, verification) belongs to the whole run.
package struct TLSClientIdentity: Sendable, Hashable {
    /// Paths of PEM files.
    package var certificate: String
    package var key: String?

    package init(certificate: String, key: String? = nil) {
        self.certificate = certificate
        self.key = key
    }
}

/// Which connections a transfer may reuse: one pool per identity (or probe) and its TLS and proxy settings, so that an
/// authenticated connection is never inherited by somebody else.
package struct PoolKey: Sendable, Hashable {
    /// A name that is not secret: the identity, or the probe's.
    package var identity: String
    package var tls: TLSClientIdentity?
    /// nil: the run's proxy (environment or option); `""`: none.
    package var proxy: String?

    package init(identity: String, tls: TLSClientIdentity? = nil, proxy: String? = nil) {
        self.identity = identity
        self.tls = tls
        self.proxy = proxy
    }
}

/// Sends requests; nothing else. Redirects, retries and credentials are the caller's.
package protocol HTTPTransport: Sendable {
    /// Ends at once with `.cancelled` when the calling task is cancelled.
    func send(_ request: HTTPRequest, pool: PoolKey) async throws(TransportError) -> HTTPResponse

    /// The loop's thread as an executor: tasks that prefer it resume where their answer arrived, without a hop.
    var executor: (any TaskExecutor)? { get }

    /// Ends all transfers, closes all connections and waits for both; may be called twice.
    func shutdown() async
}
