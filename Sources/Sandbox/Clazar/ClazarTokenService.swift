import JSON

/// `POST /authenticate/`; the answer's type is `bearer` in lower case, as the page prints it.
struct ClazarTokenService: Sendable {
    private let settings: VendorSettings
    private let store: TokenStore
    private let desk: TokenDesk
    private let lifetime: Int

    init(_ settings: VendorSettings, _ store: TokenStore) {
        self.settings = settings
        self.store = store
        desk = TokenDesk(settings, ClazarService.shape)
        lifetime = settings.tokenLifetime(documented: 86_400)
    }

    var route: TokenRoute {
        TokenRoute(path: "/authenticate/") { request in
            desk.serve(request, .issued) { client throws(Refusal) in try login(request, &client) }
        }
    }

    private func login(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let body = try JSONLogin.read(request)
        let name = try JSONLogin.text("client_id", body)
        let known = try desk.credential(name, try JSONLogin.text("client_secret", body), &client)
        let token = store.issue(known.principal(), lifetime: lifetime, now: settings.seconds)
        return .json(
            200, ["access_token": .string(token), "token_type": "bearer", "expires_in": .integer(lifetime)])
    }
}
