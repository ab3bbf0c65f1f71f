import JSON

/// `POST /api/v1/authentication` and `…/refresh`.
///
/// Of the three readings of "can be used multiple times" and "both tokens are returned" the sandbox has the sliding one:
/// a new refresh token comes back and the old one lives on to its own end.
struct ZarvTokenService: Sendable {
    private let settings: VendorSettings
    private let tokens: ZarvTokens
    private let desk: TokenDesk
    private let lifetime: Int
    private let refreshLifetime: Int
    private let narrowsRefreshToken: Bool
    private let takesAccessTokens: Bool
    private let takesRefreshTokens: Bool

    init(_ settings: VendorSettings, _ tokens: ZarvTokens) {
        self.settings = settings
        self.tokens = tokens
        desk = TokenDesk(settings, ZarvService.shape)
        lifetime = settings.tokenLifetime(documented: 360)
        refreshLifetime = settings.refreshLifetime(documented: 1_800)
        narrowsRefreshToken = settings.has("REF-05")
        takesAccessTokens = settings.has("REF-12")
        takesRefreshTokens = settings.has("RES-30", "ZV-15")
    }

    var routes: [TokenRoute] {
        [
            TokenRoute(path: "/api/v1/authentication") { request in
                desk.serve(request, .issued) { client throws(Refusal) in try login(request, &client) }
            },
            TokenRoute(path: "/api/v1/authentication/refresh") { request in
                desk.serve(request, .refreshed) { client throws(Refusal) in try refresh(request, &client) }
            },
        ]
    }

    /// The caller of an unexpired access token.
    func principal(_ token: String) -> Principal? {
        if let holder = tokens.holder(token, .access) { return holder.principal }
        return takesRefreshTokens ? tokens.holder(token, .refresh)?.principal : nil
    }

    private func login(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let body = try JSONLogin.read(request)
        let name = try JSONLogin.text("username", body)
        let known = try desk.credential(name, try JSONLogin.text("password", body), &client)
        let holder = ZarvTokens.Holder(credential: known, scope: known.grants)
        return pair(holder, holder)
    }

    private func refresh(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let body = try JSONLogin.read(request)
        let token = try JSONLogin.text("refreshToken", body)
        let holder = tokens.holder(token, .refresh) ?? (takesAccessTokens ? tokens.holder(token, .access) : nil)
        client = holder?.credential.name
        try desk.count(client)
        guard let holder else {
            throw TokenDesk.unauthorized(.zarv, "invalid_grant", "the refresh token is unknown, expired or altered")
        }
        let renewed = try scoped(holder, body)
        return pair(renewed, narrowsRefreshToken ? Self.narrowed(renewed) : holder)
    }

    /// The page knows no scope here; who asks for one gets it, if the refresh token has it (RFC 6749 §6).
    private func scoped(_ holder: ZarvTokens.Holder, _ body: JSONObject) throws(Refusal) -> ZarvTokens.Holder {
        guard let text = body["scope"]?.string, !text.isEmpty else { return holder }
        let asked = Set(text.split(separator: " ").map(String.init))
        guard asked.isSubset(of: holder.scope) else {
            throw Refusal(400, "invalid_scope", "the refresh token does not have these scopes")
        }
        return ZarvTokens.Holder(credential: holder.credential, scope: asked)
    }

    private static func narrowed(_ holder: ZarvTokens.Holder) -> ZarvTokens.Holder {
        ZarvTokens.Holder(credential: holder.credential, scope: Set(holder.scope.sorted().prefix(1)))
    }

    /// The five documented members, in their mixed spelling.
    private func pair(_ access: ZarvTokens.Holder, _ refresh: ZarvTokens.Holder) -> SandboxResponse {
        .json(
            200,
            [
                "accessToken": .string(tokens.make(access, .access, lifetime: lifetime)),
                "refreshToken": .string(tokens.make(refresh, .refresh, lifetime: refreshLifetime)),
                "token_type": "Bearer", "expires_in": .integer(lifetime),
                "refreshExpiresIn": .integer(refreshLifetime),
            ])
    }
}
