/// What holds for all requests of a run; what differs by identity is in `PoolKey`.
package struct TransportOptions: Sendable {
    /// Which certificate authorities vouch for a server.
    package enum Trust: Sendable, Hashable {
        /// The bundle libcurl was built with.
        case system
        /// The path of a PEM file; it replaces the system's bundle.
        case file(String)
        /// PEM text held in memory; it replaces the system's bundle.
        case pem([UInt8])
    }

    package var trust: Trust = .system
    /// Accepts any certificate for any host.
    package var insecure = false
    /// nil: what the environment says (`https_proxy`, `no_proxy`, …); `""`: none. A `PoolKey` may say otherwise.
    package var proxy: String?
    /// `HOST:PORT:CONNECT-TO-HOST:CONNECT-TO-PORT` each, as curl's `--connect-to`.
    package var connectTo: [String] = []
    /// `HOST:PORT:ADDRESS` each, as curl's `--resolve`.
    package var resolve: [String] = []
    package var sandbox: SandboxRoute?
    /// How many transfers are expected at once; so many idle connections are kept for each pool.
    package var lanes = 1
    package var userAgent = "usher"

    package init() {}
}

/// Leads every connection to the embedded servers, whatever host the URL names: no proxy, no other address.
package struct SandboxRoute: Sendable, Hashable {
    /// Where `https` URLs go, on 127.0.0.1.
    package var tlsPort: Int
    /// Where `http` URLs go, on 127.0.0.1.
    package var plainPort: Int
    /// Hosts as `HTTPURL.host` writes them; any other ends with `TransportError.Kind.hostNotAllowed`.
    package var hosts: Set<String>

    package init(tlsPort: Int, plainPort: Int, hosts: Set<String>) {
        self.tlsPort = tlsPort
        self.plainPort = plainPort
        self.hosts = hosts
    }
}
