import JSON

/// Faults of renewal by RFC 6749 §6, which no vendor with a form login has: Zara 4 with refresh tokens beside its tokens, and
/// one thing of them wrong.
extension Defect {
    static let oauthRenewals: [Defect] = [
        renewing("REF-03", "gives a renewed token a scope that was never granted", .widerScope),
        renewing("REF-04", "gives a renewed token less than the one before had", .narrowerScope),
        renewing("REF-06", "renews with a refresh token of another client", .foreignToken),
        renewing("REF-07", "renews for a client that does not show its secret", .anyClient),
        renewing("REF-09", "takes a used refresh token again", .usedToken),
        renewing("REF-10", "lets the newest refresh token live when a used one comes back", .livingFamily),
    ]

    private static func renewing(_ id: String, _ summary: String, _ fault: OAuthRenewal.Fault) -> Defect {
        Defect(id, summary, [.zara4]) { faults in
            OAuthRenewal(fault: fault).put(into: &faults)
        }
    }

    /// The same fault of a vendor's own renewal, and of one by RFC 6749, where its rule may fail a build.
    func alsoRenewing(_ fault: OAuthRenewal.Fault) -> Defect {
        Defect(id, summary, vendors.union([.zara4])) { faults in
            put(into: &faults)
            OAuthRenewal(fault: fault).put(into: &faults)
        }
    }
}

/// The grant `refresh_token` around a service that has only logins: a renewal is the login once more.
struct OAuthRenewal: Sendable {
    enum Fault: Sendable {
        case none, widerScope, narrowerScope, foreignToken, anyClient, usedToken, livingFamily
        /// The token of the login before; 403 for a bad one; an access token in place of a refresh token.
        case sameAccess, forbidden, accessToken
    }

    let fault: Fault
    /// The form of the login, and which logins' tokens are the same family, by refresh token.
    private let logins = FaultMemory()
    private let families = FaultMemory()
    private let used = FaultMemory()
    private let ended = FaultMemory()
    /// Access token by refresh token, and the other way round.
    private let accesses = FaultMemory()
    private let refreshes = FaultMemory()

    init(fault: Fault) { self.fault = fault }

    func put(into faults: inout Faults) {
        faults.token.append { request, scene, next in
            scene.vendor == .zara4 ? answer(request, next) : next(request)
        }
    }

    private func answer(_ request: SandboxRequest, _ next: (SandboxRequest) -> TokenAnswer) -> TokenAnswer {
        guard request.formValue("grant_type") == "refresh_token" else { return login(request, next) }
        do throws(Refusal) {
            return try renew(request, next)
        } catch {
            return .refused(ErrorShape.oauth.response(error).adding("Pragma", "no-cache"))
        }
    }

    private func login(_ request: SandboxRequest, _ next: (SandboxRequest) -> TokenAnswer) -> TokenAnswer {
        var answer = next(request)
        if answer.isGrant { give(remember(request, in: nil), &answer) }
        return answer
    }

    private func renew(
        _ request: SandboxRequest, _ next: (SandboxRequest) -> TokenAnswer
    ) throws(Refusal) -> TokenAnswer {
        let shown = request.formValue("refresh_token") ?? ""
        let old = fault == .accessToken ? refreshes[shown] ?? shown : shown
        guard let form = logins[old], let family = families[old] else { throw unknown }
        var login = request
        login.body = Array(form.utf8)
        try checkScope(request, login)
        try checkOwner(request, &login)
        if fault != .anyClient { login.showSecret(request.formValue("client_secret")) }
        // An access token renews whatever became of the refresh token that came with it.
        if old == shown { try checkUse(of: old, family) }
        var answer = next(login)
        guard answer.isGrant else { return answer }
        answer.outcome = .refreshed
        if fault == .narrowerScope { answer.response.editObject { $0["scope"] = "usage" } }
        used[old] = ""
        let access = accesses[old]
        give(remember(login, in: family), &answer)
        if fault == .sameAccess { answer.response.editObject { $0["access_token"] = access.map { .string($0) } } }
        return answer
    }

    private func give(_ refreshToken: String, _ answer: inout TokenAnswer) {
        if let access = answer.response.object["access_token"]?.string {
            accesses[refreshToken] = access
            refreshes[access] = refreshToken
        }
        answer.response.editObject { $0["refresh_token"] = .string(refreshToken) }
    }

    private func remember(_ login: SandboxRequest, in family: String?) -> String {
        let token = Identifier.token()
        logins[token] = String(decoding: login.body, as: UTF8.self)
        families[token] = family ?? token
        return token
    }

    /// RFC 6749 §6: none that was not granted.
    private func checkScope(_ request: SandboxRequest, _ login: SandboxRequest) throws(Refusal) {
        guard fault != .widerScope, let asked = request.formValue("scope") else { return }
        let granted = (login.formValue("scope") ?? "").split(separator: ",")
        guard asked.split(separator: ",").allSatisfy(granted.contains) else {
            throw Refusal(400, "invalid_scope", "the refresh token does not have these scopes")
        }
    }

    /// RFC 6749 §5.2: a token that was issued to another client is as good as none.
    private func checkOwner(_ request: SandboxRequest, _ login: inout SandboxRequest) throws(Refusal) {
        guard let name = request.formValue("client_id"), name != login.formValue("client_id") else { return }
        guard fault == .foreignToken else { throw unknown }
        login.replaceForm("client_id", with: name)
    }

    /// RFC 9700 §4.14.2: a used one shows that somebody has stolen it, so its whole family ends.
    private func checkUse(of token: String, _ family: String) throws(Refusal) {
        if ended[family] != nil { throw unknown }
        guard used[token] != nil, fault != .usedToken else { return }
        if fault != .livingFamily { ended[family] = "" }
        throw unknown
    }

    private var unknown: Refusal {
        Refusal(fault == .forbidden ? 403 : 400, "invalid_grant", "the refresh token is unknown, used or expired")
    }
}

extension SandboxRequest {
    /// With that secret in the place of the form's; nil: with none.
    fileprivate mutating func showSecret(_ secret: String?) {
        form = form.filter { $0.name != "client_secret" } + (secret.map { [("client_secret", $0)] } ?? [])
    }
}
