import Contract
import HTTP
import Providers
import Results
import Secrets
import Tokens
import Workspace

/// Rules about protected resources that one request is the test of, with what their probes brought.
struct RuleBattery {
    var evidence: ResourceEvidence
    let checks: [(check: ResourceRuleCheck, rule: Rule)]
    let claims: PackClaims
}

/// The rules about protected resources: once per identity and host, on the first safe request that passed.
extension ContractStep {
    /// Tried on the first request whose path holds an id.
    private static let aboutIDs: Set<String> = ["RES-22", "HTT-07"]
    /// Tried on the first request whose 'access' keeps somebody out, if there is one.
    private static let aboutIssuers: Set<String> = ["RES-29"]
    /// Tried on the first request with a body of JSON.
    private static let aboutBodies: Set<String> = ["RES-21"]

    /// nil where it is not this request's turn.
    func sendBattery(
        _ passed: PassedExchange, _ credential: Credential?, _ denials: [SentDenial], expired: Secret?
    ) async -> RuleBattery? {
        guard planned.isSafe, let identity, let credential, passed.response.status < 300 else { return nil }
        let claims = PackClaims(identity, credential)
        let segment = idSegment(passed.rendered.request)
        let checks = turn(identity, passed, claims, hasID: segment != nil)
        guard !checks.isEmpty else { return nil }
        let control = ProbeExchange(
            sent: "with its credential", request: passed.request, answer: .success(passed.response))
        var battery = RuleBattery(
            evidence: ResourceEvidence(identity: identity, credential: credential, control: control), checks: checks,
            claims: claims)
        for denial in denials {
            for (probe, exchange) in denial.exchanges {
                battery.evidence.exchanges[probe, default: []].append(exchange)
            }
        }
        await send(Set(checks.flatMap(\.check.probes)), passed, segment, expired, &battery.evidence)
        return battery
    }

    /// Before the credential is taken for the probes: waiting for a token's end needs a new one afterwards.
    func expiredToken(_ identity: BoundIdentity) async -> Secret? {
        let isDenied = cases.denials.contains { $0.probe == .expiredCredential && isWanted($0) }
        let isDue = planned.isSafe && session.policy.wants("RES-26") && !session.isClaimed("expired \(identity.name)")
        guard isDenied || isDue, let grant = try? await context.credentials.grant(of: identity.name) else { return nil }
        _ = session.claim("expired \(identity.name)")
        return await session.expiredToken(of: identity, grant.credential, context)
    }

    /// The checks that are due on this request.
    private func turn(
        _ identity: BoundIdentity, _ passed: PassedExchange, _ claims: PackClaims, hasID: Bool
    ) -> [(check: ResourceRuleCheck, rule: Rule)] {
        let place = "\(identity.name) \(passed.request.url.origin)"
        let wanted = wantedChecks(claims).filter { !Self.aboutBodies.contains($0.check.id) }
        let general = session.claim("resource \(place)")
        let ids = hasID && session.claim("resource by id \(place)")
        let strangers = "resource by another issuer \(place)"
        let issuers =
            !session.isClaimed(strangers) && isAboutIssuers(identity, passed.request.url) && session.claim(strangers)
        return wanted.filter { due in
            if Self.aboutIDs.contains(due.check.id) { return ids }
            return Self.aboutIssuers.contains(due.check.id) ? issuers : general
        }
    }

    private func send(
        _ needed: Set<String>, _ passed: PassedExchange, _ segment: Int?, _ expired: Secret?,
        _ evidence: inout ResourceEvidence
    ) async {
        var material = ProbeMaterial(
            request: passed.rendered.request, credential: evidence.credential, identity: evidence.identity)
        material.idSegment = segment
        material.refreshToken = await session.refreshToken(of: evidence.identity)
        material.expiredToken = expired
        if needed.contains("N-23") {
            material.foreignToken = await foreignToken(evidence.identity, evidence.credential, material.request.url)
        }
        if needed.contains("N-14") { material.publicKeys = await session.publicKeys(of: evidence.identity) }
        let sender = ProbeSender(context: context, identity: evidence.identity)
        for probe in ResourceProbe.all where needed.contains(probe.id) && evidence.exchanges[probe.id] == nil {
            if let reason = refusal(probe, material.request) {
                evidence.unsent[probe.id] = reason
                continue
            }
            switch probe.derive(material) {
            case .impossible(let reason): evidence.unsent[probe.id] = reason
            case .requests(let requests):
                for derived in requests where session.stopReason(material.request.url.host) == nil {
                    let exchange = await sender.send(derived)
                    session.look(exchange, at: material.request.url.host)
                    evidence.exchanges[probe.id, default: []].append(exchange)
                }
            }
        }
    }

    private func wantedChecks(_ claims: PackClaims) -> [(check: ResourceRuleCheck, rule: Rule)] {
        ResourceRuleCheck.all.compactMap { check in
            guard session.policy.wants(check.id), let rule = RuleCatalogue.builtIn[check.id],
                claims.applicable.contains(rule.pack)
            else { return nil }
            return (check, rule)
        }
    }

    /// One case for each rule that applies.
    mutating func report(_ battery: RuleBattery) {
        for (check, rule) in battery.checks {
            report(rule, check.judge(battery.evidence), battery.claims, battery.evidence.identity.name)
        }
    }

    /// The rules about what comes first, on a request with a body that no server can process.
    mutating func reportBodyRules(
        _ identity: BoundIdentity, _ credential: Credential, _ control: ProbeExchange, _ sent: [SentDenial]
    ) {
        let claims = PackClaims(identity, credential)
        let bare = sent.flatMap(\.exchanges).first { $0.probe == "N-01" }
        guard let bare, control.request.body == .bytes(HarmlessForm.brokenBody) else { return }
        for (check, rule) in wantedChecks(claims) where Self.aboutBodies.contains(check.id) {
            guard session.claim("body \(check.id) \(identity.name) \(control.request.url.origin)") else { continue }
            var evidence = ResourceEvidence(identity: identity, credential: credential, control: control)
            evidence.exchanges[check.id] = [bare.exchange]
            report(rule, check.judge(evidence), claims, identity.name)
        }
    }
}
