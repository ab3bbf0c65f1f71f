#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What one vendor needs of the sandbox's options.
struct VendorSettings: Sendable {
    let vendor: Vendor
    let hosts: VendorHosts
    let logins: LoginGuard
    private let options: SandboxOptions

    init(_ vendor: Vendor, _ options: SandboxOptions, _ log: RequestLog) {
        self.vendor = vendor
        logins = LoginGuard(vendor, lockAfter: options.lockAfter, log)
        self.options = options
        hosts = options.hosts[vendor] ?? vendor.standardHosts
    }

    /// The defects that are on, of this vendor or another.
    var defects: Set<Defect> { options.defects }

    /// Whether a defect is on that the service itself makes; asked once, when the service is made.
    func has(_ ids: String...) -> Bool {
        !options.defects.isEmpty && options.defects.contains { ids.contains($0.id) && $0.vendors.contains(vendor) }
    }

    /// Seconds since 1970.
    var seconds: Double { options.now().timeIntervalSince1970 }

    /// `documented` unless the options say otherwise; whole seconds, as the token answers have it.
    func tokenLifetime(documented: Int) -> Int { Self.wholeSeconds(options.tokenLifetime) ?? documented }

    func refreshLifetime(documented: Int) -> Int { Self.wholeSeconds(options.refreshLifetime) ?? documented }

    func tokenRateLimit(documented: RateLimit?) -> RateLimit? {
        has("CL-05") ? nil : options.tokenRateLimit ?? documented
    }

    var apiRateLimit: RateLimit? { options.apiRateLimit }

    var jobSeconds: Double { Self.seconds(options.jobDuration) }

    /// RFC 3339 in UTC.
    func timestamp(after offset: Double = 0) -> String {
        Date(timeIntervalSince1970: seconds + offset).ISO8601Format()
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    private static func wholeSeconds(_ duration: Duration?) -> Int? {
        guard let duration else { return nil }
        let (seconds, rest) = duration.components
        // A century is longer than any run; the bound keeps times far from overflow.
        return max(1, min(Int(seconds) + (rest > 0 ? 1 : 0), 3_155_760_000))
    }
}
