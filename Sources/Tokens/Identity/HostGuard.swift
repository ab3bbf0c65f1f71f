package import HTTP
package import Secrets

/// Decides where a credential may go.
package struct HostGuard: Sendable, Hashable {
    /// A host without a port means the default ports; others are written `host:port`.
    package let hosts: HostList
    /// Hosts that the provider itself reaches without TLS.
    package let plainHosts: HostList

    package init(hosts: HostList, plainHosts: HostList = HostList()) {
        self.hosts = hosts
        self.plainHosts = plainHosts
    }

    /// The host as a list of hosts writes it: with its port unless that is the scheme's.
    package static func name(of url: HTTPURL) -> String {
        url.port == HTTPURL.defaultPort(url.scheme) ? url.host : "\(url.host):\(url.port)"
    }

    /// Why the credential must not be sent there, nil where it may; completes "the credential of 'zarv' …".
    package func objection(to url: HTTPURL) -> String? {
        guard hosts.allows(Self.name(of: url)) else {
            return "is not sent to \(Self.name(of: url)); it is only for \(hosts.phrase)"
        }
        if url.scheme == "http", !url.isLoopback, !plainHosts.allows(Self.name(of: url)) {
            return "is not sent to \(url.origin) without TLS; use https://"
        }
        return nil
    }
}
