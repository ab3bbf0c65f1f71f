package import HTTP
import Providers
package import Secrets
package import Templates

/// Talks to token services: one request, one answer; no cache, no memory.
package struct TokenExchange: Sendable {
    let transport: any HTTPTransport
    let functions: FunctionTable
    let redactor: Redactor
    let clock: TokenClock
    /// nil: the usual one of a request.
    let timeout: Duration?

    package init(
        transport: any HTTPTransport, functions: FunctionTable, redactor: Redactor, clock: TokenClock = .system,
        timeout: Duration? = nil
    ) {
        self.timeout = timeout
        self.transport = transport
        self.functions = functions
        self.redactor = redactor
        self.clock = clock
    }

    /// The token request as it would be sent, for `usher token --show-request` and tests.
    package func request(for identity: BoundIdentity) throws(CredentialError) -> HTTPRequest {
        try builder(identity).login()
    }

    func login(_ identity: BoundIdentity) async throws(CredentialError) -> StoredToken {
        let builder = try builder(identity)
        return try await send(try builder.login(), .login, builder.rules.response, identity)
    }

    /// Renews with that refresh token; without a new one in the answer it stays.
    func refresh(
        _ identity: BoundIdentity, _ token: StoredToken, with refresh: RefreshToken
    ) async throws(CredentialError) -> StoredToken {
        let builder = try builder(identity)
        let request = try builder.refresh(refresh.value, of: token)
        let rules = builder.rules.refresh
        var renewed = try await send(request, .refresh, rules.response, identity)
        renewed.captured.merge(token.captured) { new, _ in new }
        guard let next = renewed.refresh, rules.rotation != .never, next.value != refresh.value else {
            renewed.refresh = RefreshToken(value: refresh.value, endsAt: renewed.refresh?.endsAt ?? refresh.endsAt)
            return renewed
        }
        renewed.previousRefresh = rules.reuse == .multiple ? refresh : nil
        return renewed
    }

    private func builder(_ identity: BoundIdentity) throws(CredentialError) -> TokenRequestBuilder {
        guard let rules = identity.rules else {
            throw CredentialError(
                .profile, identity: identity.name, "the provider '\(identity.provider.id)' fetches no token")
        }
        return TokenRequestBuilder(identity: identity, rules: rules, functions: functions, redactor: redactor)
    }

    private func send(
        _ request: HTTPRequest, _ origin: TokenInfo.Origin, _ rules: TokenResponseRules, _ identity: BoundIdentity
    ) async throws(CredentialError) -> StoredToken {
        var request = request
        if let timeout { request.timeout = timeout }
        let exchange = AnswerReader.Exchange(
            url: request.url, origin: origin, sentMonotonic: clock.monotonic(), sentWall: clock.wall())
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.send(request, pool: identity.poolKey)
        } catch {
            throw Self.failure(error, request.url, identity, redactor)
        }
        let reader = AnswerReader(
            identity: identity, rules: rules, delays: identity.provider.retry.after, redactor: redactor)
        return try reader.read(response, exchange)
    }

    private static func failure(
        _ error: TransportError, _ url: HTTPURL, _ identity: BoundIdentity, _ redactor: Redactor
    ) -> CredentialError {
        CredentialError(
            error.kind == .cancelled ? .cancelled : .transport, identity: identity.name,
            redactor.redact("no answer from the token service \(url.host) for '\(identity.name)': \(error.message)"))
    }
}
