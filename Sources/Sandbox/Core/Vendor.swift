/// The embedded vendors, named like their provider profiles.
package enum Vendor: String, CaseIterable, Sendable, Hashable {
    case zara4, zarv, scalar, clazar, clarify
    /// Nobody's: a server as the standards have it, for what no vendor has.
    case oidc

    /// The vendors with a page of their own.
    package static let allCases: [Vendor] = [.zara4, .zarv, .scalar, .clazar, .clarify]
    /// All that the sandbox serves.
    package static let served = allCases + [.oidc]

    /// Where the vendor's page puts its token service and its API; Clarify's hosts belong to the account, so the sandbox
    /// uses names reserved for tests (RFC 6761 §6.2).
    package var standardHosts: VendorHosts {
        switch self {
        case .zara4: VendorHosts(token: ["api.zara4.com"], api: ["api.zara4.com"])
        case .zarv: VendorHosts(token: ["services.zarv.com"], api: ["api.zarv.com"])
        case .scalar:
            VendorHosts(token: ["auth.api.eu1.scalar.zf.com"], api: ["trailer.api.eu1.scalar.zf.com"])
        case .clazar: VendorHosts(token: ["api.clazar.io"], api: ["api.clazar.io"])
        case .clarify: VendorHosts(token: ["login.clarify.test"], api: ["api.clarify.test"])
        // The issuer, a second one that the API does not trust, and the first one's host for clients with a certificate.
        case .oidc:
            VendorHosts(token: ["login.oidc.test", "login.other.test", "mtls.oidc.test"], api: ["api.oidc.test"])
        }
    }
}

/// The host names a vendor answers on: a token path is known only on the first, an API path only on the second.
package struct VendorHosts: Sendable, Hashable {
    package var token: [String]
    package var api: [String]

    package init(token: [String], api: [String]) {
        self.token = token
        self.api = api
    }

    /// Both kinds, each name once.
    package var all: [String] { token + api.filter { !token.contains($0) } }
}
