package import HTTP
import Providers
package import Secrets
package import Tokens

/// Asks the token service of one identity what its rules need to know: the ordinary requests, then the probes, within
/// what the profile and the caller allow. It knows neither broker nor cache, and no token of it is used for anything else.
package struct TokenBattery: Sendable {
    /// What may be sent.
    package struct Allowance: Sendable {
        /// Safety classes.
        package var classes: Set<Int>
        /// Failed logins of this credential that are left in this run.
        package var failedLogins: Int
        /// Token requests that the run has made for this identity, for `cache.maxPerRun`.
        package var alreadySent: Int
        /// Tokens that the run uses: no probe gives them back.
        package var inUse: [Secret]
        /// Whether logins of nobody may be repeated until the service slows down: nothing else may follow there.
        package var mayGuess: Bool

        package init(
            classes: Set<Int>, failedLogins: Int = 2, alreadySent: Int = 0, inUse: [Secret] = [], mayGuess: Bool = true
        ) {
            self.inUse = inUse
            self.mayGuess = mayGuess
            self.classes = classes
            self.failedLogins = failedLogins
            self.alreadySent = alreadySent
        }
    }

    let identity: BoundIdentity
    let exchange: TokenExchange
    let transport: any HTTPTransport
    let pool: PoolKey
    let allowance: Allowance
    let traffic: [OrdinaryTokenExchange]
    let control: ControlCall?
    let others: [BoundIdentity]

    /// - Parameters:
    ///   - exchange: builds requests and reads answers; nothing is sent through it.
    ///   - pool: the connections of the probes, apart from those of the run.
    ///   - traffic: what the run exchanged for itself, oldest first.
    ///   - control: nil: no call of the API passed that could be repeated.
    ///   - others: identities of the run at the same provider; one of another client tries a refresh token of this one.
    package init(
        _ identity: BoundIdentity, exchange: TokenExchange, transport: any HTTPTransport, pool: PoolKey,
        allowance: Allowance, traffic: [OrdinaryTokenExchange] = [], control: ControlCall? = nil,
        others: [BoundIdentity] = []
    ) {
        self.identity = identity
        self.exchange = exchange
        self.transport = transport
        self.pool = pool
        self.allowance = allowance
        self.traffic = traffic
        self.control = control
        self.others = others
    }

    /// nil where the identity fetches no token.
    package func run() async -> TokenEvidence? {
        guard let rules = identity.rules else { return nil }
        var evidence = TokenEvidence(identity: identity, rules: rules)
        for ordinary in traffic { evidence.add(ordinary, read: exchange) }
        evidence.metadata = await exchange.metadata(of: identity)
        switch await requests(rules) {
        case .failure(let impossible):
            for probe in TokenProbe.all { evidence.unsent[probe.id] = impossible.reason }
            return evidence
        case .success(let requests):
            var material = TokenProbeMaterial(identity, rules, requests)
            material.otherClient = await otherClient(than: material)
            var session = TokenBatterySession(battery: self, material: material, evidence: evidence)
            await session.run()
            return session.evidence
        }
    }

    /// The first of the other identities that is another client of the same token service.
    private func otherClient(than own: TokenProbeMaterial) async -> TokenServiceRequests? {
        guard let name = own.clientName else { return nil }
        for other in others where other.tokenHost == identity.tokenHost {
            guard let rules = other.rules, let requests = try? await exchange.requests(of: other),
                let stranger = TokenProbeMaterial(other, rules, requests).clientName, stranger != name
            else { continue }
            return requests
        }
        return nil
    }

    /// Those that can be built, where one token request says everything and may be sent.
    private func requests(_ rules: TokenRules) async -> Result<TokenServiceRequests, TokenProbe.Impossible> {
        if identity.provider.cache.minInterval != nil {
            return .failure(.init("the provider asks for few token requests (minInterval)"))
        }
        if rules.grant.isInteractive { return .failure(.init("a person has to agree to each token")) }
        do throws(CredentialError) {
            return .success(try await exchange.requests(of: identity))
        } catch {
            return .failure(.init(error.message))
        }
    }
}

extension TokenEvidence {
    /// Where an ordinary exchange belongs: one that was not granted is no grant.
    mutating func add(_ ordinary: OrdinaryTokenExchange, read exchange: TokenExchange) {
        let isRefresh = ordinary.origin == .refresh
        add(
            ProbeExchange(
                sent: isRefresh ? "the ordinary renewal" : "the ordinary token request", request: ordinary.request,
                answer: .success(ordinary.response)), isRefresh: isRefresh, read: exchange)
    }

    /// - Returns: what was granted; nil where nothing was.
    @discardableResult mutating func add(
        _ made: ProbeExchange, isRefresh: Bool, read exchange: TokenExchange
    ) -> TokenAnswer? {
        let answer = made.response.map { exchange.facts(of: $0, for: identity, isRefresh: isRefresh) }
        guard let answer, answer.isGranted, let status = made.status, status < 400 else {
            exchanges[isRefresh ? "refresh" : "login", default: []].append(made)
            return nil
        }
        let grant = Grant(exchange: made, answer: answer)
        if isRefresh { refreshes.append(grant) } else { logins.append(grant) }
        return answer
    }
}
