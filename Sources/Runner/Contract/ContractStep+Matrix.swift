import Contract
import HTTP
import Results
import Tokens
import Workspace

/// The rules that the access matrix is the test of: once per identity and host.
extension ContractStep {
    /// - Parameter sent: calls that had to be refused.
    mutating func judgeMatrix(_ sent: [(AccessCell, ProbeExchange)], _ passed: PassedExchange) async {
        guard let sender = identity else { return }
        let claims = PackClaims(sender, try? await context.credentials.grant(of: sender.name).credential)
        let control = ProbeExchange(
            sent: "with its credential", request: passed.request, answer: .success(passed.response))
        for (cell, exchange) in sent where !cell.isLetIn && exchange.response != nil {
            guard let name = cell.access.caller, let caller = try? context.credentials.bound(name) else { continue }
            guard exchange.status != 401 || session.isProven(name) else { continue }
            let absent = isOpen("RES-20", sender) ? await absent(cell, exchange, passed) : nil
            let evidence = MatrixEvidence(
                sender: sender, caller: caller, control: control, exchange: exchange, absent: absent,
                isForeign: await isForeign(caller, to: sender))
            for check in MatrixRuleCheck.all { report(check, evidence, claims) }
        }
    }

    private func isOpen(_ rule: String, _ identity: BoundIdentity) -> Bool {
        session.policy.wants(rule) && !session.isClaimed(Self.claim(rule, identity.name))
    }

    static func claim(_ rule: String, _ identity: String) -> String { "rule \(rule) \(identity)" }

    /// The same call for an id that cannot exist; only of a safe request that was answered as if something were hidden.
    private func absent(
        _ cell: AccessCell, _ exchange: ProbeExchange, _ passed: PassedExchange
    ) async -> ProbeExchange? {
        guard planned.isSafe, let status = exchange.status, [403, 404].contains(status),
            let form = HarmlessForm(passed.rendered.request, idSegment: idSegment(passed.rendered.request)),
            let caller = cell.access.caller, session.stopReason(passed.request.url.host) == nil,
            let credential = try? await context.credentials.grant(of: caller).credential,
            let identity = try? context.credentials.bound(caller)
        else { return nil }
        return await ordinary(form.request, identity, credential)
    }

    private mutating func report(_ check: MatrixRuleCheck, _ evidence: MatrixEvidence, _ claims: PackClaims) {
        guard isOpen(check.id, evidence.sender), let rule = RuleCatalogue.builtIn[check.id],
            let verdict = check.judge(evidence), session.claim(Self.claim(check.id, evidence.sender.name))
        else { return }
        report(rule, verdict, claims, evidence.caller.name)
    }

    /// One rule that this request showed.
    mutating func report(_ rule: Rule, _ verdict: RuleVerdict, _ claims: PackClaims, _ identity: String?) {
        guard claims.applicable.contains(rule.pack) else { return }
        let settled = RuleReport(rule: rule, claims: claims).settle(verdict, subject: planned.name)
        report(
            .rule(rule.id), settled.verdict, weight: settled.weight, rule: rule, names: [rule.id], identity: identity,
            exchange: settled.exchange)
        outcomes[outcomes.count - 1].remarks += settled.remarks
    }
}
