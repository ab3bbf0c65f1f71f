import JSON

/// `POST /api/v1/authentication` and `…/refresh`.
///
/// Of the three readings of "can be used multiple times" and "both tokens are returned" the sandbox has the sliding one:
/// a new refresh token comes back and the old one lives on to its own end.
struct ZarvTokenService: Sendable {
    private let settings: VendorSettings
    private let signer = JWTSigner()
    private let desk: TokenDesk
    private let lifetime: Int
    private let refreshLifetime: Int

    private enum Kind: String { case access, refresh }

    init(_ settings: VendorSettings) {
        self.settings = settings
        desk = TokenDesk(settings, ZarvService.shape)
        lifetime = settings.tokenLifetime(documented: 360)
        refreshLifetime = settings.refreshLifetime(documented: 1_800)
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
        if let credential = credential(token, .access) { return credential.principal() }
        return settings.has(.acceptsRefreshToken) ? credential(token, .refresh)?.principal() : nil
    }

    private func login(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let body = try JSONLogin.read(request)
        let name = try JSONLogin.text("username", body)
        let known = try desk.credential(name, try JSONLogin.text("password", body), &client)
        return pair(known)
    }

    private func refresh(_ request: SandboxRequest, _ client: inout String?) throws(Refusal) -> SandboxResponse {
        let token = try JSONLogin.text("refreshToken", try JSONLogin.read(request))
        let known = credential(token, .refresh)
        client = known?.name
        try desk.count(client)
        guard let known else {
            throw TokenDesk.unauthorized(.zarv, "the refresh token is unknown, expired or altered")
        }
        return pair(known)
    }

    /// The five documented members, in their mixed spelling.
    private func pair(_ known: DemoCredential) -> SandboxResponse {
        .json(
            200,
            [
                "accessToken": .string(token(known, .access, lifetime)),
                "refreshToken": .string(token(known, .refresh, refreshLifetime)),
                "token_type": "Bearer", "expires_in": .integer(lifetime),
                "refreshExpiresIn": .integer(refreshLifetime),
            ])
    }

    private func token(_ known: DemoCredential, _ kind: Kind, _ lifetime: Int) -> String {
        let issued = Int(settings.seconds)
        var claims: JSONObject = [
            "iss": "https://services.zarv.com", "sub": .string(known.name), "tenant": .string(known.tenant),
            "role": .string(known.role ?? "viewer"), "typ": .string(kind.rawValue), "iat": .integer(issued),
            "exp": .integer(issued + lifetime), "jti": .string(Identifier.uuid()),
        ]
        if kind == .access { claims["aud"] = "https://api.zarv.com" }
        return signer.sign(claims)
    }

    private func credential(_ token: String, _ kind: Kind) -> DemoCredential? {
        guard let claims = signer.verify(token), claims["typ"]?.string == kind.rawValue,
            let expires = claims["exp"]?.number?.int, settings.seconds < Double(expires),
            let name = claims["sub"]?.string
        else { return nil }
        return DemoCredential.find(name, .zarv)
    }
}
