package import HTTP
import Providers
package import Secrets
package import Templates

/// Sees each answer to a token request that a run sent, granted or not; called on the transfer loop, so it must not block.
package typealias TokenObserver = @Sendable (BoundIdentity, HTTPRequest, HTTPResponse, TokenInfo.Origin) -> Void

/// Talks to token services: one request, one answer; remembers nothing but what servers say about themselves.
package struct TokenExchange: Sendable {
    let transport: any HTTPTransport
    let functions: FunctionTable
    package let redactor: Redactor
    let clock: TokenClock
    let chance: Chance
    let person: Person
    /// nil: the usual one of a request.
    package let timeout: Duration?
    /// nil: nobody wants to see the answers.
    private let observer: TokenObserver?
    let discovery = Discovery()

    package init(
        transport: any HTTPTransport, functions: FunctionTable, redactor: Redactor, clock: TokenClock = .system,
        chance: Chance = .system, person: Person = .absent(reason: "none can be asked here"), timeout: Duration? = nil,
        observer: TokenObserver? = nil
    ) {
        self.timeout = timeout
        self.observer = observer
        self.transport = transport
        self.functions = functions
        self.redactor = redactor
        self.clock = clock
        self.chance = chance
        self.person = person
    }

    /// The token request as it would be sent, for tests that need no server.
    ///
    /// - Throws: `CredentialError`, also where a request must go out before it is known: discovery, steps, a person.
    package func request(for identity: BoundIdentity) throws(CredentialError) -> HTTPRequest {
        let rules = try rules(of: identity)
        try requireOneRequest(rules, identity, knowsAddress: rules.discovery == nil)
        return try builder(identity, rules, try profileEndpoints(identity, rules)).login()
    }

    /// - Throws: `CredentialError` where a token takes more than one request whose address is known, or none at all.
    func requireOneRequest(
        _ rules: TokenRules, _ identity: BoundIdentity, knowsAddress: Bool = true
    ) throws(CredentialError) {
        guard rules.isSelfSigned || !knowsAddress || !rules.steps.isEmpty || rules.grant.isInteractive else { return }
        let reason =
            rules.isSelfSigned
            ? "the token of '\(identity.name)' is signed here, no request is sent"
            : "the token request of '\(identity.name)' is known only once earlier requests have been answered"
        throw CredentialError(.profile, identity: identity.name, reason)
    }

    func login(_ identity: BoundIdentity) async throws(CredentialError) -> StoredToken {
        let rules = try rules(of: identity)
        if rules.isSelfSigned { return try selfSigned(identity, rules) }
        var builder = builder(identity, rules, try await endpoints(identity, rules))
        for step in rules.steps { builder.earlier.merge(try await take(step, builder)) { $1 } }
        if let template = identity.tokenURL, template.usesSteps {
            builder.endpoints.token = try builder.url(template, builder.scope())
        }
        let token =
            if rules.grant.isInteractive {
                try await InteractiveLogin(exchange: self, builder: builder).run()
            } else {
                try await send(try builder.login(), .login, rules.response, identity)
            }
        guard token.endsAt == nil, let introspect = rules.introspect, introspect.asExpiry else { return token }
        return try await ending(token, builder)
    }

    /// Renews with that refresh token; without a new one in the answer it stays.
    func refresh(
        _ identity: BoundIdentity, _ token: StoredToken, with refresh: RefreshToken
    ) async throws(CredentialError) -> StoredToken {
        let rules = try rules(of: identity)
        let builder = builder(identity, rules, try await endpoints(identity, rules))
        let request = try builder.refresh(refresh.value, of: token)
        var renewed = try await send(request, .refresh, rules.refresh.response, identity)
        renewed.captured.merge(token.captured) { new, _ in new }
        let renewal = rules.refresh
        guard let next = renewed.refresh, renewal.rotation != .never, next.value != refresh.value else {
            renewed.refresh = RefreshToken(value: refresh.value, endsAt: renewed.refresh?.endsAt ?? refresh.endsAt)
            return renewed
        }
        renewed.previousRefresh = renewal.reuse == .multiple ? refresh : nil
        return renewed
    }

    /// Renews with the token itself.
    func exchange(_ identity: BoundIdentity, _ token: StoredToken) async throws(CredentialError) -> StoredToken {
        let rules = try rules(of: identity)
        let request = try builder(identity, rules, try await endpoints(identity, rules)).exchange(token)
        var renewed = try await send(request, .refresh, rules.refresh.response, identity)
        renewed.captured.merge(token.captured) { new, _ in new }
        return renewed
    }

    // MARK: What it needs

    func rules(of identity: BoundIdentity) throws(CredentialError) -> TokenRules {
        if let rules = identity.rules { return rules }
        throw CredentialError(
            .profile, identity: identity.name, "the provider '\(identity.provider.id)' fetches no token")
    }

    func builder(
        _ identity: BoundIdentity, _ rules: TokenRules, _ endpoints: Endpoints
    ) -> TokenRequestBuilder {
        TokenRequestBuilder(
            identity: identity, rules: rules, endpoints: endpoints, functions: functions, redactor: redactor,
            now: clock.wall(), chance: chance)
    }

    /// Those of the profile; what it leaves open comes from the server's metadata.
    func endpoints(_ identity: BoundIdentity, _ rules: TokenRules) async throws(CredentialError) -> Endpoints {
        let own = try profileEndpoints(identity, rules)
        guard let wanted = try wantedMetadata(identity, rules) else { return own }
        var found = try await discovery.endpoints(wanted, of: identity, over: transport, redactor)
        found.token = own.token ?? found.token
        found.revoke = own.revoke ?? found.revoke
        found.introspect = own.introspect ?? found.introspect
        found.authorize = own.authorize ?? found.authorize
        found.device = own.device ?? found.device
        return found
    }

    /// nil where the provider knows its addresses itself.
    func wantedMetadata(
        _ identity: BoundIdentity, _ rules: TokenRules
    ) throws(CredentialError) -> Discovery.Wanted? {
        guard let wanted = rules.discovery else { return nil }
        let builder = builder(identity, rules, try profileEndpoints(identity, rules))
        let scope = builder.scope()
        var issuer: String?
        if let template = wanted.issuer { issuer = try builder.text(template, scope).text }
        var url: HTTPURL?
        if let template = wanted.url { url = try builder.url(template, scope) }
        return Discovery.Wanted(issuer: issuer, url: url)
    }

    func profileEndpoints(
        _ identity: BoundIdentity, _ rules: TokenRules
    ) throws(CredentialError) -> Endpoints {
        let builder = builder(identity, rules, Endpoints())
        let scope = builder.scope()
        func url(_ template: URLTemplate?) throws(CredentialError) -> HTTPURL? {
            guard let template else { return nil }
            return try builder.url(template, scope)
        }
        var endpoints = Endpoints()
        // A token URL that a step's answer names is known only then.
        if identity.tokenURL?.usesSteps == false { endpoints.token = try url(identity.tokenURL) }
        endpoints.revoke = try url(rules.revoke?.url)
        endpoints.introspect = try url(rules.introspect?.url)
        endpoints.authorize = try url(rules.interactive?.authorizeURL)
        endpoints.device = try url(rules.interactive?.deviceURL)
        return endpoints
    }

    // MARK: One exchange

    func send(
        _ request: HTTPRequest, _ origin: TokenInfo.Origin, _ rules: TokenResponseRules, _ identity: BoundIdentity
    ) async throws(CredentialError) -> StoredToken {
        let (response, exchange) = try await answer(to: request, origin, identity)
        observer?(identity, request, response, origin)
        let reader = AnswerReader(
            identity: identity, rules: rules, redactor: redactor)
        return try reader.read(response, exchange)
    }

    /// Sends, with a proof of possession where the provider wants one.
    func answer(
        to request: HTTPRequest, _ origin: TokenInfo.Origin, _ identity: BoundIdentity
    ) async throws(CredentialError) -> (HTTPResponse, AnswerReader.Exchange) {
        var request = request
        try prove(&request, for: identity)
        let exchange = AnswerReader.Exchange(
            url: request.url, origin: origin, sentMonotonic: clock.monotonic(), sentWall: clock.wall())
        let response = try await answered(request, identity)
        // RFC 9449 §8: once more with the nonce that the server asks for.
        guard wantsNonce(response, to: request, identity) else { return (response, exchange) }
        try prove(&request, for: identity)
        return (try await answered(request, identity), exchange)
    }

    /// Adds a proof of possession, where the identity's tokens are bound to a key.
    ///
    /// - Parameter fault: makes one that should be refused.
    /// - Throws: `CredentialError` where the key cannot sign.
    package func prove(
        _ request: inout HTTPRequest, for identity: BoundIdentity, fault: ProofFault? = nil
    ) throws(CredentialError) {
        try identity.proof?.sign(&request, token: nil, identity.name, clock, chance, fault: fault)
    }

    /// Whether the token service refuses the request for the lack of a nonce that the next proof will have.
    package func wantsNonce(_ response: HTTPResponse, to request: HTTPRequest, _ identity: BoundIdentity) -> Bool {
        identity.proof?.learn(from: response, of: request.url, isTokenEndpoint: true) ?? false
    }

    private func answered(
        _ request: HTTPRequest, _ identity: BoundIdentity
    ) async throws(CredentialError) -> HTTPResponse {
        do throws(TransportError) {
            var request = request
            if let timeout { request.timeout = timeout }
            return try await transport.send(request, pool: identity.poolKey)
        } catch {
            throw Self.failure(error, request.url, identity, redactor)
        }
    }

    static func failure(
        _ error: TransportError, _ url: HTTPURL, _ identity: BoundIdentity, _ redactor: Redactor
    ) -> CredentialError {
        let fault = error.isNobodyThere ? identity.addressFault(url) : nil
        let reason = "no answer from the token service \(url.host) for '\(identity.name)': \(error.message)"
        return CredentialError(
            error.kind == .cancelled ? .cancelled : .transport, identity: identity.name,
            redactor.redact(reason + (fault?.remark ?? "")), place: fault?.place)
    }
}
