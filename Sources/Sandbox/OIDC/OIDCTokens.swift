import JSON
import Synchronization

/// The textbook server's tokens: access tokens of RFC 9068, ID tokens, and refresh tokens that are used once.
final class OIDCTokens: Sendable {
    /// What a grant gave, to whom.
    struct Holder: Sendable, Hashable {
        let client: DemoCredential
        /// The user; the client itself where nobody else stands behind it.
        let subject: String
        let scope: Set<String>

        var principal: Principal { client.principal(scope) }

        func with(scope: Set<String>) -> Holder { Holder(client: client, subject: subject, scope: scope) }
    }

    private struct Refresh {
        let holder: Holder
        /// All that came of one login, by the first refresh token of it (RFC 9700 §4.14.2).
        let family: String
        let ends: Double
        /// The thumbprint of the key that must be proved with it; nil: any will do.
        let key: String?
        var isUsed = false
    }

    private struct State {
        var refreshes: [String: Refresh] = [:]
        var endedFamilies: Set<String> = []
        /// By `jti`: when the token would have ended by itself.
        var revoked: [String: Double] = [:]
        /// Access tokens of a family, by `jti`.
        var family: [String: String] = [:]

        /// What has ended by itself is forgotten; then, if that is not enough, refresh tokens, so that nothing that was
        /// taken back comes to life again.
        mutating func shrink(at now: Double, to capacity: Int) {
            refreshes = refreshes.filter { now < $0.value.ends }
            revoked = revoked.filter { now < $0.value }
            if refreshes.count > capacity / 2 { refreshes = [:] }
            if family.count > capacity / 2 { family = [:] }
        }
    }

    private static let capacity = 20_000

    let settings: VendorSettings
    private let host: String
    let signer = ES256Signer()
    let lifetime: Int
    private let refreshLifetime: Int
    /// A defect: with a refresh token nothing else ends.
    private let leavesAccess: Bool
    /// A defect: what a token is bound to stands where nobody looks for it.
    private let hidesBinding: Bool
    /// A defect: a client may end the tokens of others.
    private let revokesForAll: Bool
    /// A defect: refresh tokens are bound to nothing.
    private let leavesRefresh: Bool
    private let state = Mutex(State())

    /// - Parameter host: of the issuer; nil: the first of the token service's.
    init(_ settings: VendorSettings, host: String? = nil) {
        self.settings = settings
        self.host = host ?? settings.hosts.token.first ?? ""
        lifetime = settings.tokenLifetime(documented: 600)
        refreshLifetime = settings.refreshLifetime(documented: 86_400)
        leavesAccess = settings.has("REV-10")
        revokesForAll = settings.has("REV-08")
        leavesRefresh = settings.has("POP-09")
        hidesBinding = settings.has("POP-02", "DIS-14")
    }

    var issuer: String { "https://\(host)" }
    /// Not the second issuer's.
    var isFirst: Bool { host == settings.hosts.token.first }
    var audience: String { "https://\(settings.hosts.api.first ?? "")" }

    // MARK: Making

    /// Of an access token that ends then at the latest.
    func lifetime(until end: Double?) -> Int { end.map { min(lifetime, Int($0 - settings.seconds)) } ?? lifetime }

    /// - Parameters:
    ///   - family: of the refresh token that it comes with; nil: there is none.
    func access(_ given: OIDCGranted, family: String? = nil, boundTo binding: TokenBinding) -> String {
        let holder = given.holder
        let issued = Int(settings.seconds)
        let id = Identifier.uuid()
        if let family { remember { $0.family[id] = family } }
        var claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(holder.subject), "aud": .string(audience),
            "client_id": .string(holder.client.name), "scope": .string(holder.scope.sorted().joined(separator: " ")),
            "iat": .integer(issued), "exp": .integer(issued + lifetime(until: given.ends)),
            "jti": .string(id),
        ]
        if !binding.isEmpty { claims[hidesBinding ? "bound" : "cnf"] = binding.claim }
        claims.merge(given.claims)
        return signer.sign(claims, type: "at+jwt") ?? ""
    }

    /// OpenID Connect Core §2.
    func identity(_ holder: Holder) -> String {
        let issued = Int(settings.seconds)
        let claims: JSONObject = [
            "iss": .string(issuer), "sub": .string(holder.subject), "aud": .string(holder.client.name),
            "iat": .integer(issued), "exp": .integer(issued + lifetime),
        ]
        return signer.sign(claims, type: "JWT") ?? ""
    }

    /// Bound to the key where nothing else shows the client (RFC 9449 §5).
    func refresh(_ holder: Holder, family: String?, key: String? = nil) -> (token: String, family: String) {
        let token = Identifier.token()
        let family = family ?? token
        let bound = holder.client.isPublic && !leavesRefresh ? key : nil
        let entry = Refresh(
            holder: holder, family: family, ends: settings.seconds + Double(refreshLifetime), key: bound)
        remember { $0.refreshes[token] = entry }
        return (token, family)
    }

    private func remember(_ change: (inout State) -> Void) {
        state.withLock { state in
            if state.refreshes.count + state.family.count + state.revoked.count > Self.capacity {
                state.shrink(at: settings.seconds, to: Self.capacity)
            }
            change(&state)
        }
    }

    // MARK: Reading

    /// nil for a token that was not made here, was altered, is for somebody else, was revoked or has reached its end
    /// (RFC 9068 §4).
    func holder(_ token: String) -> Holder? {
        guard let jwt = signer.verify(token), isCurrent(jwt.claims), !isRevoked(jwt.claims) else { return nil }
        return holder(of: jwt, type: "at+jwt")
    }

    /// Of a token made here.
    func binding(of token: String) -> TokenBinding {
        let claims = signer.verify(token)?.claims
        return TokenBinding(claims?["cnf"] ?? claims?["bound"])
    }

    func isCurrent(_ claims: JSONObject) -> Bool {
        claims["exp"]?.number?.int.map { settings.seconds < Double($0) } ?? false
    }

    private func isRevoked(_ claims: JSONObject) -> Bool {
        let id = claims["jti"]?.string ?? ""
        return state.withLock { state in
            state.revoked[id] != nil || state.family[id].map(state.endedFamilies.contains) ?? false
        }
    }

    /// Whom the claims name, whatever the signature and the time.
    private func holder(of jwt: LooseJWT, type: String?) -> Holder? {
        guard type == nil || jwt.header["typ"]?.string == type, jwt.claims["iss"]?.string == issuer,
            type == nil || jwt.claims["aud"]?.string == audience, let client = client(jwt.claims)
        else { return nil }
        let scope = jwt.claims["scope"]?.string?.split { $0 == " " || $0 == "," }.map(String.init)
        return Holder(client: client, subject: jwt.claims["sub"]?.string ?? "", scope: Set(scope ?? []))
    }

    private func client(_ claims: JSONObject) -> DemoCredential? {
        (claims["client_id"]?.string ?? claims["aud"]?.string).flatMap { DemoCredential.find($0, settings.vendor) }
    }

    // MARK: Renewing and giving back

    enum Renewal: Sendable {
        /// The scope is that of the access token alone.
        case good(Holder, scope: Set<String>, family: String)
        case unknown
        /// More scopes than the login gave; the token stays good.
        case tooWide
    }

    /// Takes a refresh token of this client; a used one ends its whole family (RFC 9700 §4.14.2).
    ///
    /// - Parameters:
    ///   - wanted: the scopes asked for; nil: those of the login.
    ///   - key: the thumbprint of the key that was proved; nil: none was.
    func use(refresh token: String, of client: DemoCredential, wanted: String?, key: String? = nil) -> Renewal {
        let now = settings.seconds
        return state.withLock { state in
            guard let entry = state.refreshes[token], entry.holder.client == client, now < entry.ends,
                !state.endedFamilies.contains(entry.family), entry.key == nil || entry.key == key
            else { return .unknown }
            if entry.isUsed {
                state.endedFamilies.insert(entry.family)
                return .unknown
            }
            guard let scope = try? OIDCClients.scope(wanted, atMost: entry.holder.scope) else { return .tooWide }
            state.refreshes[token]?.isUsed = true
            return .good(entry.holder, scope: scope, family: entry.family)
        }
    }

    /// RFC 7009 §2.1: with a refresh token goes everything that came of it; those of another client stay.
    func revoke(_ token: String, of client: DemoCredential) {
        if let jwt = signer.verify(token), jwt.claims["client_id"]?.string == client.name || revokesForAll {
            let end = Double(jwt.claims["exp"]?.number?.int ?? 0)
            remember { $0.revoked[jwt.claims["jti"]?.string ?? ""] = end }
        }
        state.withLock { state in
            guard let entry = state.refreshes[token], entry.holder.client == client else { return }
            state.refreshes[token] = nil
            if !leavesAccess { state.endedFamilies.insert(entry.family) }
        }
    }

    /// RFC 7662 §2.2; nil: not active, or nothing that this client may know.
    func introspect(_ token: String, by client: DemoCredential) -> JSONObject? {
        if let holder = holder(token), holder.client == client, let jwt = LooseJWT(token) {
            return jwt.claims.only(["iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti", "cnf"])
        }
        return state.withLock { state in
            guard let entry = state.refreshes[token], entry.holder.client == client, !entry.isUsed,
                settings.seconds < entry.ends, !state.endedFamilies.contains(entry.family)
            else { return nil }
            return [
                "client_id": .string(client.name), "sub": .string(entry.holder.subject),
                "scope": .string(entry.holder.scope.sorted().joined(separator: " ")),
                "exp": .integer(Int(entry.ends)),
            ]
        }
    }
}

extension OIDCTokens: TokenMemory {
    func formerHolder(_ token: String) -> Principal? {
        signer.verify(token).flatMap { holder(of: $0, type: "at+jwt")?.principal }
    }

    func holder(beginning token: String) -> Principal? { nil }

    func holder(resembling token: String) -> Principal? { nil }

    func holder(of jwt: LooseJWT) -> Principal? {
        isCurrent(jwt.claims) ? holder(of: jwt, type: nil)?.principal : nil
    }
}
