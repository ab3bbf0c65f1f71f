#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// At most `count` requests in any `window`.
package struct RateLimit: Sendable, Hashable {
    package var count: Int
    package var window: Duration

    package init(count: Int, per window: Duration) {
        self.count = count
        self.window = window
    }
}

/// How a sandbox is set up; the defaults are what the vendors document.
package struct SandboxOptions: Sendable {
    package var hosts: [Vendor: VendorHosts]
    /// 0: a free port.
    package var httpsPort = 0
    package var httpPort = 0
    /// Replaces every vendor's lifetime; rounded up to whole seconds, at least one.
    package var tokenLifetime: Duration?
    package var refreshLifetime: Duration?
    /// Waited before every answer.
    package var latency: Duration = .zero
    /// Replaces the token services' limits; without it only Clarify has one (10 a minute and client).
    package var tokenRateLimit: RateLimit?
    /// For API requests, by client; without it there is none.
    package var apiRateLimit: RateLimit?
    /// How long jobs (an image, a report, …) stay pending.
    package var jobDuration: Duration = .seconds(1)
    /// After so many logins of one client with a wrong secret its right one is refused too.
    package var lockAfter: Int?
    package var defects: Set<Defect> = []
    /// The sandbox's clock; decides what has expired.
    package var now: @Sendable () -> Date

    package init(
        hosts: [Vendor: VendorHosts] = SandboxOptions.standardHosts, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.hosts = hosts
        self.now = now
    }

    package static var standardHosts: [Vendor: VendorHosts] {
        Dictionary(uniqueKeysWithValues: Vendor.served.map { ($0, $0.standardHosts) })
    }

    /// Every host name the certificate must hold, in a stable order.
    var hostNames: [String] {
        var names: [String] = []
        for vendor in Vendor.served {
            for host in hosts[vendor]?.all ?? [] where !names.contains(host) { names.append(host) }
        }
        return names
    }
}
