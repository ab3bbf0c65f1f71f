import HTTP
import JSON

/// The vendors without any socket: a request goes in, an answer comes out.
package final class Sandbox: Sendable {
    package let log = RequestLog()
    private let sites: [Vendor: VendorSite]
    private let hosts: [Vendor: VendorHosts]

    package init(_ options: SandboxOptions = SandboxOptions()) {
        var sites: [Vendor: VendorSite] = [:]
        for vendor in Vendor.served {
            sites[vendor] = VendorSite(Self.service(VendorSettings(vendor, options, log)), log: log)
        }
        self.sites = sites
        hosts = options.hosts
    }

    private static func service(_ settings: VendorSettings) -> any VendorService {
        switch settings.vendor {
        case .zara4: Zara4Service(settings)
        case .zarv: ZarvService(settings)
        case .scalar: ScalarService(settings)
        case .clazar: ClazarService(settings)
        case .clarify: ClarifyService(settings)
        case .oidc: OIDCService(settings)
        }
    }

    /// Answers by `Host` as the vendors, or under `/<vendor>/…` for loopback names; `/_sandbox/stats` everywhere.
    package func answer(_ request: SandboxRequest) -> SandboxResponse {
        let response = lead(request)
        return request.method == "HEAD" ? response.withoutBody : response
    }

    private func lead(_ request: SandboxRequest) -> SandboxResponse {
        if request.path == "/_sandbox/stats" { return statistics(request) }
        let host = request.host
        for vendor in Vendor.served {
            guard let names = hosts[vendor], names.all.contains(host) else { continue }
            let site = sites[vendor]
            let tokens = names.token.contains(host) && (request.isTLS || site?.servesPlainTokens == true)
            let api = names.api.contains(host) && (request.isTLS || site?.servesPlainAPI == true)
            guard request.isTLS || tokens || api else { return Self.insecure(request) }
            return answer(request, vendor, tokens: tokens, api: api)
        }
        guard ["127.0.0.1", "localhost", "[::1]"].contains(host) else {
            return Self.unknown("the sandbox has no vendor on the host asked for")
        }
        return answerUnderPrefix(request)
    }

    private func answer(_ request: SandboxRequest, _ vendor: Vendor, tokens: Bool, api: Bool) -> SandboxResponse {
        guard let site = sites[vendor] else { return Self.unknown("the sandbox does not serve this vendor") }
        return site.answer(request, tokens: tokens, api: api)
    }

    private func answerUnderPrefix(_ request: SandboxRequest) -> SandboxResponse {
        let parts = request.path.dropFirst().split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let vendor = Vendor(rawValue: String(name)), parts.count == 2 else {
            let names = Vendor.served.map { "/\($0.rawValue)/…" }.joined(separator: ", ")
            return Self.unknown("paths here start with a vendor: \(names); counters are at /_sandbox/stats")
        }
        var inner = request
        inner.path = "/" + parts[1]
        inner.basePath = "/" + vendor.rawValue
        return answer(inner, vendor, tokens: true, api: true)
    }

    private func statistics(_ request: SandboxRequest) -> SandboxResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return Self.unknown("the statistics are read with GET", status: 405).adding("Allow", "GET, HEAD")
        }
        return SandboxResponse.json(200, log.statistics).adding("Cache-Control", "no-store")
    }

    /// A vendor's host without TLS: nothing is served there (RFC 6750 §5.3), a read is sent to the right place.
    private static func insecure(_ request: SandboxRequest) -> SandboxResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            return unknown("this host takes requests over TLS only", status: 403)
        }
        let query = request.query.map { "?" + $0 } ?? ""
        return SandboxResponse(
            301, headers: [HeaderField("Location", "https://\(request.host)\(request.path)\(query)")])
    }

    private static func unknown(_ message: String, status: Int = 404) -> SandboxResponse {
        .json(status, ["error": "sandbox", "message": .string(message)])
    }
}
