/// Counts, limits and answers requests to a token service in JSON.
struct TokenDesk: Sendable {
    let settings: VendorSettings
    let errors: ErrorShape
    private let limiter: RateLimiter?

    init(_ settings: VendorSettings, _ errors: ErrorShape) {
        self.settings = settings
        self.errors = errors
        limiter = settings.tokenRateLimit(documented: nil).map { RateLimiter($0) }
    }

    /// - Parameter give: makes the answer; sets the client's name once it is known.
    func serve(
        _ request: SandboxRequest, _ outcome: RequestLog.TokenOutcome,
        _ give: (inout String?) throws(Refusal) -> SandboxResponse
    ) -> TokenAnswer {
        var client: String?
        do throws(Refusal) {
            return TokenAnswer(response: try give(&client), client: client, outcome: outcome)
        } catch {
            return .refused(errors.response(error), client)
        }
    }

    /// The credential with that name and secret, counted against the limit whether it is right or not.
    func credential(
        _ name: String, _ secret: String, _ client: inout String?
    ) throws(Refusal) -> DemoCredential {
        client = DemoCredential.find(name, settings.vendor)?.name
        try count(client)
        switch settings.logins.check(name, secret) {
        case .known(let known): return known
        case .refused: throw Self.unauthorized(settings.vendor, "invalid_client", "the credentials are wrong")
        case .locked: throw Refusal(423, "locked", "the client is locked: too many failed logins")
        }
    }

    func count(_ client: String?) throws(Refusal) {
        if let wait = limiter?.waitingTime(client ?? "unknown", at: settings.seconds) {
            throw .tooMany(retryAfter: wait)
        }
    }

    /// 401 with a challenge, which every 401 needs (RFC 9110 §15.5.2).
    ///
    /// - Parameter code: of RFC 6749 §5.2, as the pages name none.
    static func unauthorized(_ vendor: Vendor, _ code: String, _ message: String) -> Refusal {
        Refusal(
            401, code, message, headers: [("WWW-Authenticate", "Bearer realm=\"\(vendor.rawValue)\"")])
    }
}
