import CurlTransport
import Providers
import Sandbox
import Tokens

/// The embedded vendors, started for one run and reachable under the hosts of the identities in it.
///
/// They end with the process: NIO traps where a server is stopped while a connection is just being accepted, and after a
/// signal that may be at any moment.
struct SandboxSession: Sendable {
    let server: SandboxServer
    let endpoints: SandboxEndpoints
    private let hosts: Set<String>

    /// - Parameters:
    ///   - identities: their hosts, computed from variables, are what the certificate and the allow-list hold.
    ///   - asked: what the vendors get wrong, and how long their tokens live.
    /// - Throws: `SandboxError`.
    static func start(_ identities: [BoundIdentity], _ asked: DefectOptions? = nil) async throws -> SandboxSession {
        var options = SandboxOptions()
        options.defects = asked?.defects ?? []
        options.tokenLifetime = asked?.tokenLifetime?.duration
        options.lockAfter = asked?.lockAfter
        for identity in identities {
            guard let vendor = Vendor(rawValue: identity.provider.id) else { continue }
            options.add(identity, to: vendor)
        }
        let server = SandboxServer(options: options)
        let endpoints = try await server.start()
        let hosts = Set(options.hosts.values.flatMap(\.all))
        return SandboxSession(server: server, endpoints: endpoints, hosts: hosts)
    }

    /// Every connection goes to the sandbox, trusts its certificate alone, and knows no other host.
    func lead(_ options: inout TransportOptions) {
        options.trust = .pem(Array(endpoints.caPEM.utf8))
        options.proxy = ""
        options.sandbox = SandboxRoute(
            tlsPort: endpoints.httpsPort, plainPort: endpoints.httpPort, hosts: hosts.union(["127.0.0.1", "localhost"]))
    }
}

extension SandboxOptions {
    /// The user's own hosts of a vendor (Clarify's belong to the account) in place of the standard ones.
    fileprivate mutating func add(_ identity: BoundIdentity, to vendor: Vendor) {
        var hosts = self.hosts[vendor] ?? vendor.standardHosts
        if let token = identity.tokenHost, !hosts.token.contains(token) { hosts.token.append(token) }
        if let api = identity.apiHost, !hosts.api.contains(api) { hosts.api.append(api) }
        self.hosts[vendor] = hosts
    }
}
