import JSON

/// `POST /v1/integrators/token`.
///
/// The page prints the path with a trailing slash in one place and without in another; the sandbox takes both, since a
/// caller who follows either sentence must get a token. The sample body lacks a comma; the sandbox takes strict JSON only.
struct ScalarTokenService: Sendable {
    private let settings: VendorSettings
    private let store: TokenStore
    private let desk: TokenDesk
    private let lifetime: Int

    init(_ settings: VendorSettings, _ store: TokenStore) {
        self.settings = settings
        self.store = store
        desk = TokenDesk(settings, ScalarService.shape)
        lifetime = settings.tokenLifetime(documented: 3_600)
    }

    var routes: [TokenRoute] {
        ["/v1/integrators/token", "/v1/integrators/token/"].map { path in
            TokenRoute(path: path) { request in
                desk.serve(request, .issued) { client throws(Refusal) in try login(request, &client) }
            }
        }
    }

    private func login(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let body = try JSONLogin.read(request)
        let name = try JSONLogin.text("clientId", body)
        let secret = try JSONLogin.text("clientSecret", body)
        let features = try Self.features(body)
        let known = try desk.credential(name, secret, &client)
        // What the integrator may not do is left out of the token; the endpoint then refuses it.
        let principal = known.principal(features.intersection(known.grants))
        let token = store.issue(principal, lifetime: lifetime, now: settings.seconds)
        return .json(
            200, ["accessToken": .string(token), "expiresIn": .integer(lifetime), "tokenType": "Bearer"])
    }

    /// The audience's default features and those of the scopes.
    private static func features(_ body: JSONObject) throws(Refusal) -> Set<String> {
        let audience = try JSONLogin.text("audience", body)
        guard var features = ScalarFeatures.audiences[audience] else { throw .badRequest("'audience' is unknown") }
        guard let scope = body["scope"], scope != .null else { return features }
        guard let names = scope.array else { throw .badRequest("'scope' must be a list of texts") }
        for name in names {
            guard let added = name.string.flatMap({ ScalarFeatures.scopes[$0] }) else {
                throw Refusal(400, "invalid_scope", "'scope' holds an unknown scope")
            }
            if audience == "API" { features.formUnion(added) }
        }
        return features
    }
}
