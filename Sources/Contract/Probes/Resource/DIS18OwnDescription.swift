import HTTP
import JSON
import Tokens

extension ResourceProbe {
    /// What the API says of itself, without credential (RFC 9728 §3): for all of its base URL, then for the host alone.
    static let ownDescription = ResourceProbe("DIS-18", class: 1) { material in
        let base = material.credential.baseURL.flatMap { try? HTTPURL(parsing: $0) } ?? material.request.url
        guard base.origin == material.request.url.origin else {
            return .impossible("the request goes to another host than the provider's base URL")
        }
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for path in ResourceDescription.paths(of: base) {
                requests.append(
                    try material.bare("a GET of the API's description") { request in
                        request = HTTPRequest(
                            .get, request.url, headers: [HeaderField("Accept", "application/json")], maxBody: 1 << 20)
                        request.url.path = path
                        request.url.query = nil
                    })
            }
            return requests
        }
    }
}

/// What an API says of itself (RFC 9728 §2), as it came.
struct ResourceDescription {
    static let wellKnown = "/.well-known/oauth-protected-resource"

    let exchange: ProbeExchange
    let members: JSONObject

    /// nil: there is none.
    init?(_ exchange: ProbeExchange) {
        guard exchange.status == 200, let members = exchange.response?.jsonRoot?.value.object else { return nil }
        self.exchange = exchange
        self.members = members
    }

    /// RFC 9728 §3.1: the well-known part stands between host and path.
    static func paths(of base: HTTPURL) -> [String] {
        var path = base.path
        while path.hasSuffix("/") { path.removeLast() }
        return path.isEmpty ? [wellKnown] : [wellKnown + path, wellKnown]
    }

    /// What it must call itself, found where it was (§3.3).
    var resource: String {
        let url = exchange.request.url
        return url.origin.description + url.path.dropFirst(Self.wellKnown.utf8.count)
    }

    /// The texts of a list; nil: there is no such member, or it is no list.
    func list(_ name: String) -> [String]? { members[name]?.array.map { $0.compactMap(\.string) } }

    func broken(_ expected: String, _ actual: String) -> RuleVerdict {
        .broken(expected: expected, actual: actual, exchange)
    }
}
