/// The certificate that one identity shows to servers.
package struct TLSClientIdentity: Sendable, Hashable, CustomStringConvertible {
    package enum Form: Sendable { case files, text }

    /// Paths of PEM files, or the PEM texts themselves.
    package var certificate: String
    package var key: String?
    package var form: Form

    package init(certificate: String, key: String? = nil, form: Form = .files) {
        self.certificate = certificate
        self.key = key
        self.form = form
    }

    /// Without the key, which may stand in it.
    package var description: String { "a client certificate" }
}

/// What a provider asks of the servers that its identities speak to; whether certificates are verified at all belongs to
/// the run.
package struct TLSPolicy: Sendable, Hashable {
    package enum Version: String, Sendable, CaseIterable {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    /// PEM: these vouch for a server and nobody else does; nil: those of the run.
    package var authorities: String?
    /// nil: the library's.
    package var minimum: Version?

    package init(authorities: String? = nil, minimum: Version? = nil) {
        self.authorities = authorities
        self.minimum = minimum
    }
}

/// Which connections a transfer may reuse: one pool per identity (or probe) and its TLS and proxy settings, so that an
/// authenticated connection is never inherited by somebody else.
package struct PoolKey: Sendable, Hashable {
    /// A name that is not secret: the identity, or the probe's.
    package var identity: String
    package var tls: TLSClientIdentity?
    package var policy: TLSPolicy
    /// nil: the run's proxy (environment or option); `""`: none.
    package var proxy: String?

    package init(
        identity: String, tls: TLSClientIdentity? = nil, policy: TLSPolicy = TLSPolicy(), proxy: String? = nil
    ) {
        self.identity = identity
        self.tls = tls
        self.policy = policy
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
