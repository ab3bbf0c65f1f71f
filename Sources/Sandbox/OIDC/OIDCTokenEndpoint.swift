import HTTP
import JSON

/// `POST /token` (RFC 6749 §3.2).
struct OIDCTokenEndpoint: Sendable {
    let tokens: OIDCTokens
    let clients: OIDCClients
    private let proofs: ProofReader
    private let limiter: RateLimiter?

    init(_ tokens: OIDCTokens, _ clients: OIDCClients) {
        self.tokens = tokens
        self.clients = clients
        proofs = ProofReader(tokens.settings)
        limiter = tokens.settings.tokenRateLimit(documented: nil).map { RateLimiter($0) }
    }

    var route: TokenRoute { TokenRoute(path: "/token") { answer($0) } }

    private func answer(_ request: SandboxRequest) -> TokenAnswer {
        var client: String?
        do throws(Refusal) {
            let form = try OAuthForm(request)
            let grant = try grant(form)
            client = clients.named(form)?.name
            if let wait = limiter?.waitingTime(client ?? "unknown", at: tokens.settings.seconds) {
                throw .tooMany(retryAfter: wait)
            }
            let known = try grant.client(form, clients)
            try check(target: form)
            let binding = TokenBinding(
                key: try provedKey(request), certificate: known.hasCertificate ? form.certificate : nil)
            let given = try grant.give(
                OIDCGrantRequest(
                    form: form, client: known, tokens: tokens, assertions: clients.assertions, binding: binding))
            let response = SandboxResponse.json(200, .object(members(given, binding))).adding("Pragma", "no-cache")
            return given.isRenewal ? .refreshed(response, client) : .issued(response, client)
        } catch {
            return .refused(ErrorShape.oauth.response(error).adding("Pragma", "no-cache"), client)
        }
    }

    private func grant(_ form: OAuthForm) throws(Refusal) -> OIDCGrant {
        guard let name = form.fields["grant_type"] else { throw .badRequest("'grant_type' is missing") }
        guard let grant = OIDCGrant.all.first(where: { $0.name == name }) else {
            throw Refusal(400, "unsupported_grant_type", "the metadata lists the grants that are offered")
        }
        return grant
    }

    /// RFC 9449 §5: the key that the token shall be bound to; nil: nobody asks for that.
    private func provedKey(_ request: SandboxRequest) throws(Refusal) -> String? {
        guard request.headers.contains(name: "DPoP") else { return nil }
        do throws(ProofReader.Fault) {
            return try proofs.read(request, token: nil)
        } catch {
            throw Refusal(400, error.code, error.message, headers: [proofs.nonceHeader])
        }
    }

    /// RFC 8707 §2: an API that exists.
    private func check(target form: OAuthForm) throws(Refusal) {
        for target in [form.fields["resource"], form.fields["audience"]].compactMap(\.self)
        where target != tokens.audience {
            throw Refusal(400, "invalid_target", "no API has that address; it is \(tokens.audience)")
        }
    }

    /// RFC 6749 §5.1, OpenID Connect Core §3.1.3.3.
    private func members(_ given: OIDCGranted, _ binding: TokenBinding) -> JSONObject {
        let refresh = given.family.map {
            tokens.refresh(given.login ?? given.holder, family: $0.isEmpty ? nil : $0, key: binding.key)
        }
        var members: JSONObject = [
            "access_token": .string(tokens.access(given, family: refresh?.family, boundTo: binding)),
            "token_type": binding.key == nil ? "Bearer" : "DPoP",
            "expires_in": .integer(tokens.lifetime(until: given.ends)),
            "scope": .string(given.holder.scope.sorted().joined(separator: " ")),
        ]
        if let refresh { members["refresh_token"] = .string(refresh.token) }
        if given.holder.scope.contains("openid") { members["id_token"] = .string(tokens.identity(given.holder)) }
        members.merge(given.members)
        return members
    }
}
