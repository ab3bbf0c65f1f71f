import HTTP
import Providers
import Secrets
import Tokens

/// One battery while it is under way.
struct TokenBatterySession {
    let battery: TokenBattery
    var material: TokenProbeMaterial
    var evidence: TokenEvidence
    private var sent = 0
    /// Why nothing more is sent; completes "skipped: …".
    private var stop: String?
    private var failedLogins = 0
    /// The last request that a service may count as a failed login was refused, and none was granted since.
    private var hasRefusal = false
    /// Why the API is called no more; completes "skipped: …".
    var pause: String?

    init(battery: TokenBattery, material: TokenProbeMaterial, evidence: TokenEvidence) {
        self.battery = battery
        self.material = material
        self.evidence = evidence
    }

    mutating func run() async {
        await logIn()
        await renew()
        for probe in TokenProbe.all { await send(probe) }
    }

    // MARK: The ordinary requests

    private mutating func logIn() async {
        let own = battery.control?.token
        evidence.tokenBefore = own
        await watch("login", own)
        guard let made = await send(DerivedTokenRequest(sent: "the ordinary token request", request: material.login))
        else { return }
        guard let answer = evidence.add(made, isRefresh: false, read: battery.exchange) else {
            stop = stop ?? "the ordinary token request \(made.fate)"
            return
        }
        evidence.probed = evidence.logins.last
        material.accessToken = answer.token
        material.refreshToken = answer.refreshToken
        await lookAgain("login", own, isDone: true)
        if let identityToken = answer.identityToken { await watch("id_token", identityToken) }
    }

    private mutating func renew() async {
        guard material.rules.refresh.mode == .token, let token = material.refreshToken,
            let renewal = try? material.renewal(with: token).request
        else { return }
        await watch("refresh", material.accessToken)
        guard let made = await send(DerivedTokenRequest(sent: "the ordinary renewal", request: renewal)) else { return }
        guard let answer = evidence.add(made, isRefresh: true, read: battery.exchange) else {
            material.sessionHasEnded = true
            return
        }
        renewed(by: answer, with: token)
        await lookAgain("refresh", material.accessToken, isDone: true)
    }

    private mutating func renewed(by answer: TokenAnswer, with token: Secret) {
        material.usedRefreshToken = token
        material.refreshToken = answer.refreshToken ?? token
    }

    // MARK: Probes

    private mutating func send(_ probe: TokenProbe) async {
        if let reason = objection(to: probe) {
            evidence.unsent[probe.id] = reason
            return
        }
        do throws(TokenProbe.Impossible) {
            if probe.spendsTokens { try await takeSpare(probe) }
            let requests = try probe.derive(material)
            if probe.isWatched { await watch(probe.id, material.spare?.access) }
            for request in requests {
                if probe.isRefusal { await clearRefusals() }
                guard let made = await send(request, isProved: probe.basis != .endpoint) else { break }
                take(made, probe)
            }
            if probe.isWatched { await lookAgain(probe.id, material.spare?.access, isDone: stop == nil) }
        } catch {
            evidence.unsent[probe.id] = error.reason
        }
        // Half a probe proves as little as none.
        if evidence.exchanges[probe.id] == nil, evidence.unsent[probe.id] == nil { evidence.unsent[probe.id] = stop }
    }

    /// Tokens for a probe that gives them back. Services that give everybody of a client the same token keep it.
    private mutating func takeSpare(_ probe: TokenProbe) async throws(TokenProbe.Impossible) {
        // What cannot be derived needs no token.
        guard let own = material.accessToken else { throw TokenProbe.Impossible("there is no token") }
        material.spare = SpareTokens(access: own, refresh: material.refreshToken)
        _ = try probe.derive(material)
        material.spare = nil
        let login = DerivedTokenRequest(sent: "the ordinary token request", request: material.login)
        guard let response = await send(login)?.response else {
            throw TokenProbe.Impossible(stop ?? "the token request for it got no answer")
        }
        let answer = learn(response, isRefresh: false)
        guard let token = answer.token, response.status < 400 else {
            throw TokenProbe.Impossible("the token request for it was answered \(response.status) without a token")
        }
        let known = battery.allowance.inUse + [material.accessToken, material.refreshToken].compactMap(\.self)
        guard [token, answer.refreshToken].compactMap(\.self).allSatisfy({ !known.contains($0) }) else {
            throw TokenProbe.Impossible("the service gives the same token again, and that of the run is not revoked")
        }
        material.spare = SpareTokens(access: token, refresh: answer.refreshToken)
    }

    private func objection(to probe: TokenProbe) -> String? {
        if let stop { return stop }
        if probe.basis == .refresh, material.rules.refresh.mode != .token {
            return "the provider renews without a refresh token"
        }
        if probe.isGuess, !battery.allowance.mayGuess {
            return "it is tried with the last identity of this service in the collection, since nothing may follow it"
        }
        let safetyClass = probe.safetyClass(material.rules)
        if !battery.allowance.classes.contains(safetyClass) { return "it needs --allow-class \(safetyClass)" }
        if probe.isFailedLogin, failedLogins >= battery.allowance.failedLogins {
            return "no failed login of this credential is left in this run"
        }
        return nil
    }

    /// Services that lock clients count failed logins in a row, and begin anew with one that works (NIST SP 800-63B
    /// §5.2.2): so none follows another without one. A login that works no more is the first sign of a lock.
    private mutating func clearRefusals() async {
        guard hasRefusal, stop == nil else { return }
        let login = DerivedTokenRequest(sent: "the ordinary token request", request: material.login)
        guard let made = await send(login) else { return }
        let isGranted = made.response.map { learn($0, isRefresh: false).isGranted } ?? false
        hasRefusal = !isGranted
        if !isGranted { stop = stop ?? "the ordinary token request \(made.fate) after one that had to be refused" }
    }

    private mutating func take(_ made: ProbeExchange, _ probe: TokenProbe) {
        evidence.exchanges[probe.id, default: []].append(made)
        if probe.isFailedLogin { failedLogins += 1 }
        switch probe.basis {
        case .ordinary: close(made)
        case .login, .endpoint:
            let isGranted = made.response.map { learn($0, isRefresh: false).isGranted } ?? false
            hasRefusal = probe.isRefusal ? !isGranted : hasRefusal && !isGranted
        case .refresh:
            guard let response = made.response else { return }
            let answer = learn(response, isRefresh: true)
            // What another client got, or a session that was made for the probe, is not this one's.
            if let next = answer.refreshToken, answer.isGranted, !probe.spendsTokens { material.refreshToken = next }
            if probe.id == "T-19", !answer.isGranted { material.sessionHasEnded = isNewest(made) }
        }
    }

    /// Of the two requests of T-19 the last one shows whether the session lives.
    private func isNewest(_ made: ProbeExchange) -> Bool {
        let isEcho = material.usedRefreshToken == material.refreshToken
        return isEcho || (evidence.exchanges["T-19"]?.count ?? 0) > 1
    }

    /// The control: without it nobody knows whether the probes were refused or everything was.
    private mutating func close(_ made: ProbeExchange) {
        let answer = evidence.add(made, isRefresh: false, read: battery.exchange)
        if answer == nil {
            evidence.doubt =
                "No verdict: the ordinary token request \(made.fate) after the probes, so their refusals prove nothing"
        }
    }

    /// Whatever tokens an answer holds, the redactor knows them before anybody looks.
    @discardableResult private func learn(_ response: HTTPResponse, isRefresh: Bool) -> TokenAnswer {
        battery.exchange.facts(of: response, for: battery.identity, isRefresh: isRefresh)
    }

    // MARK: The wire

    /// nil where nothing more may be sent.
    ///
    /// - Parameter isProved: with a proof of the key that tokens are bound to, where they are.
    private mutating func send(_ derived: DerivedTokenRequest, isProved: Bool = true) async -> ProbeExchange? {
        guard mayRequest() else { return nil }
        for secret in derived.made { battery.exchange.redactor.register(secret.reveal(), label: secret.label) }
        let (exchange, identity) = (battery.exchange, battery.identity)
        let proof = isProved ? derived.fault.map(ProofUse.wrong) ?? .good : ProofUse.none
        guard var made = try? await transfer(derived, proof) else { return nil }
        // RFC 9449 §8: once more with the nonce that the service asks for.
        if proof == .good, let response = made.response, exchange.wantsNonce(response, to: made.request, identity),
            mayRequest(), let second = try? await transfer(derived, proof)
        {
            made = second
        }
        stop = LockWords.reason(to: made)
        return made
    }

    /// Counts the request.
    private mutating func mayRequest() -> Bool {
        let limit = battery.identity.provider.cache.maxPerRun
        if let limit, battery.allowance.alreadySent + sent >= limit {
            stop = stop ?? "the provider allows \(limit) token requests in one run (maxPerRun)"
        }
        guard stop == nil else { return false }
        sent += 1
        return true
    }

    private enum ProofUse: Equatable {
        case good, none
        case wrong(ProofFault)
    }

    private func transfer(_ derived: DerivedTokenRequest, _ proof: ProofUse) async throws -> ProbeExchange {
        var request = derived.request
        if let timeout = battery.exchange.timeout { request.timeout = timeout }
        var pool = battery.pool
        if !derived.keepsCertificate {
            pool.identity += " without credential"
            pool.tls = nil
        }
        switch proof {
        case .good: try battery.exchange.prove(&request, for: battery.identity)
        case .wrong(let fault): try battery.exchange.prove(&request, for: battery.identity, fault: fault)
        case .none: break
        }
        return ProbeExchange(sent: derived.sent, request: request, answer: await answer(to: request, pool))
    }

    func answer(to request: HTTPRequest, _ pool: PoolKey) async -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) {
            return .success(try await battery.transport.send(request, pool: pool))
        } catch {
            return .failure(error)
        }
    }
}

extension ProbeExchange {
    /// Completes "the request …".
    fileprivate var fate: String { status.map { "was answered \($0) without a token" } ?? "got no answer" }
}

/// Answers after which one more request could lock somebody out.
enum LockWords {
    private static let words = [
        "locked", "lockout", "too many", "suspended", "temporarily blocked", "temporarily disabled", "rate limit",
    ]

    /// Why nothing more is sent; completes "skipped: …". nil: go on.
    static func reason(to made: ProbeExchange) -> String? {
        switch made.answer {
        case .failure(let error): return error.kind == .cancelled ? "the run was cancelled" : nil
        case .success(let response):
            if response.status == 429 { return "the token service asks for a pause (429)" }
            if response.status == 423 { return "the token service says that something is locked (423)" }
            guard !(200...299).contains(response.status) else { return nil }
            let body = String(decoding: response.body.prefix(1 << 16), as: UTF8.self).lowercased()
            guard let word = words.first(where: body.contains) else { return nil }
            return "the token service speaks of a lock: '\(word)'"
        }
    }
}
