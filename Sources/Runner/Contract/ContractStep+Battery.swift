import Contract
import HTTP
import Providers
import Results
import Tokens
import Workspace

/// The rules about protected resources: once per identity and host, on the first safe request that passed.
extension ContractStep {
    /// nil where it is not this request's turn.
    func sendBattery(
        _ passed: PassedExchange, _ credential: Credential?, _ denials: [SentDenial]
    ) async -> ResourceEvidence? {
        guard planned.isSafe, let identity, let credential, passed.response.status < 300,
            session.claim("resource \(identity.name) \(passed.request.url.origin)")
        else { return nil }
        let checks = wantedChecks(PackClaims(identity, credential))
        guard !checks.isEmpty else { return nil }
        let control = ProbeExchange(
            sent: "with its credential", request: passed.request, answer: .success(passed.response))
        var evidence = ResourceEvidence(identity: identity, credential: credential, control: control)
        for denial in denials {
            for (probe, exchange) in denial.exchanges { evidence.exchanges[probe, default: []].append(exchange) }
        }
        await send(Set(checks.flatMap { $0.0.probes }), passed, &evidence)
        return evidence
    }

    private func send(_ needed: Set<String>, _ passed: PassedExchange, _ evidence: inout ResourceEvidence) async {
        var material = ProbeMaterial(
            request: passed.rendered.request, credential: evidence.credential, identity: evidence.identity)
        material.refreshToken = await session.refreshToken(of: evidence.identity)
        if needed.contains("N-20") {
            material.expiredToken = await session.expiredToken(of: evidence.identity, evidence.credential, context)
        }
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

    private func wantedChecks(_ claims: PackClaims) -> [(ResourceRuleCheck, Rule)] {
        ResourceRuleCheck.all.compactMap { check in
            guard session.policy.wants(check.id), let rule = RuleCatalogue.builtIn[check.id],
                claims.applicable.contains(rule.pack)
            else { return nil }
            return (check, rule)
        }
    }

    /// One case for each rule that applies.
    mutating func report(_ evidence: ResourceEvidence) {
        let claims = PackClaims(evidence.identity, evidence.credential)
        for (check, rule) in wantedChecks(claims) {
            let settled = RuleReport(rule: rule, claims: claims).settle(check.judge(evidence), subject: planned.name)
            report(
                .rule(rule.id), settled.verdict, weight: settled.weight, rule: rule, names: [rule.id],
                identity: evidence.identity.name, exchange: settled.exchange)
            outcomes[outcomes.count - 1].remarks += settled.remarks
        }
    }
}
