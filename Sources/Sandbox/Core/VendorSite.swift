import HTTP

/// Leads a request to a vendor's token service or through the door to its API, and writes it down.
struct VendorSite: Sendable {
    let service: any VendorService
    let log: RequestLog
    private let tokenRoutes: [TokenRoute]
    private let endpoints: [Endpoint]
    private let limiter: RateLimiter?
    private let faults: Faults
    private let scene: FaultScene
    private let sendsHSTS: Bool
    /// Answered without TLS too on the vendor's hosts, as no vendor's should be (RFC 6750 §5.3).
    let servesPlainTokens: Bool
    let servesPlainAPI: Bool

    init(_ service: any VendorService, log: RequestLog) {
        self.service = service
        self.log = log
        let settings = service.settings
        tokenRoutes = service.tokenRoutes
        endpoints = service.endpoints
        limiter = settings.apiRateLimit.map { RateLimiter($0) }
        faults = Faults(settings.defects, of: settings.vendor)
        scene = FaultScene(service: service)
        sendsHSTS = !settings.has("HTT-06")
        servesPlainTokens = settings.has("TOK-01")
        servesPlainAPI = settings.has("RES-01")
    }

    private var vendor: Vendor { service.settings.vendor }

    /// - Parameters:
    ///   - tokens: whether the host asked for is one of the token service's.
    ///   - api: whether it is one of the API's.
    func answer(_ request: SandboxRequest, tokens: Bool, api: Bool) -> SandboxResponse {
        let response = lead(request, tokens: tokens, api: api)
        // Only over TLS (RFC 6797 §7.2).
        guard request.isTLS, sendsHSTS else { return response }
        return response.adding("Strict-Transport-Security", "max-age=31536000")
    }

    private func lead(_ request: SandboxRequest, tokens: Bool, api: Bool) -> SandboxResponse {
        if tokens, let route = tokenRoutes.first(where: { $0.path == request.path }) {
            return token(request, route)
        }
        let side = (tokens ? service.sideRoutes : []) + (api ? service.apiSideRoutes : [])
        if let route = side.first(where: { $0.path == request.path }) { return self.side(request, route) }
        if api, let found = find(request.path) { return self.api(request, found) }
        if let redirect = redirect(request, tokens: tokens, api: api) { return redirect }
        return service.errors.response(Refusal(404, "not_found", "\(vendor.rawValue) has no such path on this host"))
    }

    // MARK: Token service

    private func token(_ request: SandboxRequest, _ route: TokenRoute) -> SandboxResponse {
        let answer =
            faults.token.isEmpty
            ? token(of: request, route)
            : Faults.through(faults.token[...], request, scene) { token(of: $0, route) }
        log.token(vendor, request, client: answer.client, answer.outcome, status: answer.response.status)
        return answer.response
    }

    private func token(of request: SandboxRequest, _ route: TokenRoute) -> TokenAnswer {
        var answer =
            request.method == "POST"
            ? route.answer(request)
            : .refused(service.tokenErrors.response(.wrongMethod(allowed: ["POST"])))
        answer.response.headers.removeAll(named: "Cache-Control")
        answer.response = answer.response.adding("Cache-Control", "no-store")
        return answer
    }

    private func side(_ request: SandboxRequest, _ route: SideRoute) -> SandboxResponse {
        Faults.through(faults.side[...], request, scene) { route.serve($0, service.tokenErrors) }
    }

    // MARK: API

    private typealias Found = (endpoints: [Endpoint], parameters: [String])

    /// The endpoints of that path, one per method.
    private func find(_ path: String) -> Found? {
        var found: Found = ([], [])
        for endpoint in endpoints {
            guard let parameters = endpoint.pattern.match(path) else { continue }
            // A fixed path (`/users/me`) wins over a placeholder that stands later in the list.
            if let first = found.endpoints.first, first.pattern != endpoint.pattern { continue }
            found.endpoints.append(endpoint)
            found.parameters = parameters
        }
        return found.endpoints.isEmpty ? nil : found
    }

    private func api(_ request: SandboxRequest, _ found: Found) -> SandboxResponse {
        let answer =
            faults.api.isEmpty
            ? api(of: request, found) : Faults.through(faults.api[...], request, scene) { api(of: $0, found) }
        log.api(vendor, request, client: answer.client, status: answer.response.status)
        return answer.response
    }

    private func api(of request: SandboxRequest, _ found: Found) -> APIAnswer {
        var client: String?
        var response: SandboxResponse
        do throws(Refusal) {
            // For everybody (RFC 9110 §9.3.8), and without a word about what is there.
            if request.method == "TRACE" { throw .wrongMethod(allowed: Self.allowed(found)) }
            let principal = try service.door.admit(request)
            client = principal.client
            response = try run(request, found, principal)
        } catch {
            response = service.errors.response(error)
        }
        if !response.headers.contains(name: "Cache-Control") {
            response = response.adding("Cache-Control", "private, no-store")
        }
        return APIAnswer(response: response, client: client)
    }

    private static func allowed(_ found: Found) -> [String] {
        let methods = found.endpoints.map(\.method)
        return methods + (methods.contains("GET") ? ["HEAD"] : []) + ["OPTIONS"]
    }

    /// The door comes first: before method, permission, look-up and validation, so that nobody learns anything outside.
    private func run(
        _ request: SandboxRequest, _ found: Found, _ principal: Principal
    ) throws(Refusal) -> SandboxResponse {
        let now = service.settings.seconds
        if let wait = limiter?.waitingTime(principal.client, at: now) { throw .tooMany(retryAfter: wait) }
        let allowed = Self.allowed(found)
        if request.method == "OPTIONS" {
            return SandboxResponse(204, headers: [HeaderField("Allow", allowed.joined(separator: ", "))])
        }
        let wanted = request.method == "HEAD" ? "GET" : request.method
        guard let endpoint = found.endpoints.first(where: { $0.method == wanted }) else {
            throw .wrongMethod(allowed: allowed)
        }
        try service.door.require(endpoint.needs, principal, request)
        let call = Call(request: request, principal: principal, parameters: found.parameters)
        let response = try endpoint.run(call)
        if !endpoint.isRead(call), (200..<300).contains(response.status) { log.write(vendor) }
        return response
    }

    // MARK: Trailing slash

    /// A redirect as such servers send it: 301, which turns a POST into a GET in most clients and so loses the
    /// credential's body; a caller had better use the documented path.
    private func redirect(_ request: SandboxRequest, tokens: Bool, api: Bool) -> SandboxResponse? {
        let path = request.path + "/"
        guard service.redirectsToSlash, !request.path.hasSuffix("/"),
            (tokens && tokenRoutes.contains { $0.path == path }) || (api && find(path) != nil)
        else { return nil }
        return SandboxResponse(301, headers: [HeaderField("Location", request.basePath + path)])
    }
}
