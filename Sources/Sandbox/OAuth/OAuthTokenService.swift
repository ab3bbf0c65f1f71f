import HTTP
import JSON

/// What two form token services share: limits, client authentication, scopes, the success answer.
struct OAuthTokenService: Sendable {
    let settings: VendorSettings
    let store: TokenStore
    let lifetime: Int
    let limiter: RateLimiter?
    /// Failed logins (RFC 6749 §2.3.1: the server must protect itself against guessing); nil: any number.
    private let guesses: RateLimiter?

    init(_ settings: VendorSettings, _ store: TokenStore, documented lifetime: Int, limit: RateLimit? = nil) {
        self.settings = settings
        self.store = store
        self.lifetime = settings.tokenLifetime(documented: lifetime)
        limiter = settings.tokenRateLimit(documented: limit).map { RateLimiter($0) }
        guesses = settings.has("TOK-33") ? nil : RateLimiter(RateLimit(count: 8, per: .seconds(60)))
    }

    /// - Parameter grant: what the vendor gives for this request, or its refusal.
    func answer(
        _ request: SandboxRequest,
        _ grant: (ClientCredentialsRequest, DemoCredential) throws(Refusal) -> Set<String>
    ) -> TokenAnswer {
        var client: String?
        do throws(Refusal) {
            let asked = try ClientCredentialsRequest(request)
            try check(resource: asked.fields["resource"], request)
            client = DemoCredential.find(asked.clientID, settings.vendor)?.name
            let now = settings.seconds
            if let wait = limiter?.waitingTime(client ?? "unknown", at: now) { throw .tooMany(retryAfter: wait) }
            let known = try check(asked)
            let granted = try grant(asked, known)
            let token = store.issue(known.principal(granted), lifetime: lifetime, now: now)
            return .issued(success(token, granted), client)
        } catch {
            return .refused(ErrorShape.oauth.response(error).adding("Pragma", "no-cache"), client)
        }
    }

    /// An absolute URI of this vendor's API, without fragment (RFC 8707 §2).
    private func check(resource: String?, _ request: SandboxRequest) throws(Refusal) {
        guard let resource else { return }
        let origins = settings.hosts.api.map { "https://\($0)" } + [request.origin]
        guard !resource.contains("#"), origins.contains(where: { resource == $0 || resource.hasPrefix($0 + "/") })
        else {
            throw Refusal(400, "invalid_target", "'resource' must be an address of this API, without fragment")
        }
    }

    private func check(_ asked: ClientCredentialsRequest) throws(Refusal) -> DemoCredential {
        switch settings.logins.check(asked.clientID, asked.secret) {
        case .known(let known): return known
        case .refused:
            let name = DemoCredential.find(asked.clientID, settings.vendor)?.name ?? "unknown"
            if let wait = guesses?.waitingTime(name, at: settings.seconds) { throw .tooMany(retryAfter: wait) }
            throw ClientCredentialsRequest.invalidClient()
        case .locked: throw ClientCredentialsRequest.invalidClient("the client is locked: too many failed logins")
        }
    }

    /// RFC 6749 §5.1, except that the scopes stand in one text with commas, as both vendors document.
    private func success(_ token: String, _ scopes: Set<String>) -> SandboxResponse {
        SandboxResponse.json(
            200,
            [
                "access_token": .string(token), "token_type": "Bearer", "expires_in": .integer(lifetime),
                "scope": .string(scopes.sorted().joined(separator: ",")),
            ]
        ).adding("Pragma", "no-cache")
    }
}
