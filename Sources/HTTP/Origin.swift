/// Scheme, host and port: what decides whether a credential may follow a redirect (RFC 6454 §4).
package struct Origin: Sendable, Hashable, CustomStringConvertible {
    package let scheme: String
    /// Lower case, without a trailing dot; IPv6 literals keep their brackets.
    package let host: String
    package let port: Int

    package init(scheme: String, host: String, port: Int) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    package var description: String {
        port == HTTPURL.defaultPort(scheme) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}
