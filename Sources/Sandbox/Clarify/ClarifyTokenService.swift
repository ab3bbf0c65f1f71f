/// `POST /oauth/token`: "a costly operation" that is limited; ten a minute leave room for an ordinary run.
struct ClarifyTokenService: Sendable {
    private let settings: VendorSettings
    private let service: OAuthTokenService

    init(_ settings: VendorSettings, _ store: TokenStore) {
        self.settings = settings
        service = OAuthTokenService(
            settings, store, documented: 3_600, limit: RateLimit(count: 10, per: .seconds(60)))
    }

    var route: TokenRoute {
        TokenRoute(path: "/oauth/token") { request in
            service.answer(request) { (asked, known) throws(Refusal) in
                try check(asked.fields["audience"], request)
                return known.grants
            }
        }
    }

    /// The audience is the API's URL with its trailing slash, whatever the path.
    private func check(_ audience: String?, _ request: SandboxRequest) throws(Refusal) {
        guard let audience else { throw .badRequest("'audience' is missing") }
        let bases = settings.hosts.api.map { "https://\($0)/" } + [request.origin + request.basePath + "/"]
        guard audience.hasSuffix("/"), bases.contains(where: audience.hasPrefix) else {
            throw Refusal(400, "invalid_target", "no API has that audience; it is the API's URL with a trailing slash")
        }
    }
}
