/// A second issuer with a host and a key of its own, at which the same clients get tokens for the same API. The API does not
/// trust it: it takes what the first one issued (RFC 9068 §4).
struct OIDCSecondIssuer: Sendable {
    /// nil: there is none.
    private let host: String?
    let tokens: OIDCTokens
    private let clients: OIDCClients

    init(_ settings: VendorSettings) {
        host = settings.hosts.token.dropFirst().first
        tokens = OIDCTokens(settings, host: host)
        clients = OIDCClients(settings, AssertionReader(settings, issuer: tokens.issuer))
    }

    /// The first issuer's token endpoint; on this host it is this issuer's.
    func beside(_ own: OIDCTokenEndpoint) -> TokenRoute {
        let (route, other) = (own.route, OIDCTokenEndpoint(tokens, clients).route)
        return TokenRoute(path: route.path) { $0.host == host ? other.answer($0) : route.answer($0) }
    }

    /// The first issuer's other endpoints and descriptions; on this host they are this issuer's.
    func beside(_ own: [SideRoute]) -> [SideRoute] {
        let others = Self.sideRoutes(tokens, clients)
        return own.map { route in
            let other = others.first { $0.path == route.path } ?? route
            return SideRoute(route.path, methods: route.methods) {
                $0.host == host ? other.answer($0) : route.answer($0)
            }
        }
    }

    static func sideRoutes(_ tokens: OIDCTokens, _ clients: OIDCClients) -> [SideRoute] {
        OIDCTokenCare(tokens: tokens, clients: clients).routes + OIDCMetadata(tokens: tokens).routes
            + [OIDCUserInfo(tokens: tokens).route]
    }
}
