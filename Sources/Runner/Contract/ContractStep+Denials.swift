import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Templates
import Tokens

/// Broken forms of the request's own credential.
extension ContractStep {
    /// - Parameter request: no credential applied.
    mutating func sendDenials(
        _ request: HTTPRequest, _ identity: BoundIdentity, _ credential: Credential
    ) async -> [SentDenial] {
        let wanted = cases.denials.filter(isWanted)
        var material = ProbeMaterial(request: request, credential: credential, identity: identity)
        if wanted.contains(where: { $0.probe == .refreshToken }) {
            material.refreshToken = await session.refreshToken(of: identity)
        }
        if wanted.contains(where: { $0.probe == .expiredCredential }) {
            material.expiredToken = await session.expiredToken(of: identity, credential, context)
        }
        var sent: [SentDenial] = []
        for denial in wanted {
            if let done = await send(denial, material) { sent.append(done) }
        }
        return sent
    }

    /// nil where nothing was sent; that was reported, unless it is no case.
    private mutating func send(_ denial: RequestCases.Denial, _ material: ProbeMaterial) async -> SentDenial? {
        let probes = ResourceProbe.all.filter { $0.name == denial.probe }
        let sender = ProbeSender(context: context, identity: material.identity)
        var exchanges: [(String, ProbeExchange)] = []
        var impossible: String?
        for probe in probes {
            if let reason = refusal(probe, material.request) {
                impossible = reason
                continue
            }
            switch probe.derive(material) {
            case .impossible(let reason): impossible = impossible ?? reason
            case .requests(let requests):
                for derived in requests where session.stopReason(material.request.url.host) == nil {
                    let exchange = await sender.send(derived)
                    session.look(exchange, at: material.request.url.host)
                    exchanges.append((probe.id, exchange))
                }
            }
        }
        if exchanges.isEmpty, !denial.isOptional {
            report(denial, .skipped(impossible ?? "this version has no such probe"))
        }
        return exchanges.isEmpty ? nil : SentDenial(denial: denial, exchanges: exchanges)
    }

    /// Why a probe is not sent; completes "skipped: …".
    func refusal(_ probe: ResourceProbe, _ request: HTTPRequest) -> String? {
        if context.control.skipReason != nil || Task.isCancelled { return "interrupted" }
        if let reason = session.stopReason(request.url.host) { return reason }
        guard probe.safetyClass > session.policy.allowedClass else { return nil }
        return "it needs --allow-class \(probe.safetyClass)"
    }

    /// - Parameter control: what the request with its credential was answered.
    mutating func judge(_ sent: [SentDenial], _ control: ProbeExchange, _ judging: DenialJudging) {
        for denial in sent {
            var worst: (verdict: ContractVerdict, exchange: ProbeExchange)?
            for (_, exchange) in denial.exchanges {
                let verdict = verdict(of: exchange, denial.denial, control, judging)
                if worst.map({ $0.verdict.badness < verdict.badness }) ?? true { worst = (verdict, exchange) }
            }
            if let worst { report(denial.denial, worst.verdict, worst.exchange) }
        }
    }

    private func verdict(
        of exchange: ProbeExchange, _ denial: RequestCases.Denial, _ control: ProbeExchange, _ judging: DenialJudging
    ) -> ContractVerdict {
        var expectation: ResolvedExpectation?
        do throws(Diagnostic) {
            expectation = try denial.expectation?.resolved(in: judging.scope)
        } catch {
            return .noVerdict("No verdict: \(error.title)")
        }
        let rule = RuleCatalogue.rule(denial.probe.rule)
        let judge = DenialJudge(
            subject: planned.name, caller: denial.probe.phrase, identity: planned.sender.name,
            expectation: expectation, malformed: denial.probe.isMalformed,
            source: denial.documented.source ?? rule?.source, rule: denial.probe.rule)
        return judge.verdict(of: exchange, control: control, ownHolds: judging.holds(exchange), judging.context)
    }

    private mutating func report(
        _ denial: RequestCases.Denial, _ verdict: ContractVerdict, _ exchange: ProbeExchange? = nil
    ) {
        // Where neither file nor vendor says what is right, another refusal than the usual ones is only worth a warning.
        let weight: CaseVerdict.Weight = denial.expectation == nil ? .warning : .failure
        report(
            .probe(denial.probe.rawValue), verdict, weight: weight, rule: RuleCatalogue.rule(denial.probe.rule),
            names: [denial.probe.rawValue, denial.probe.rule], identity: planned.sender.name, exchange: exchange)
        ledger.note(denial.probe, planned.name, outcomes.last?.verdict ?? verdict)
    }
}

/// What judging takes from the request that passed.
struct DenialJudging {
    let scope: Scope
    let expectation: ResolvedExpectation?
    let context: JudgingContext

    /// Whether the request's own expectations hold for that answer: then somebody got what only the sender should get.
    func holds(_ exchange: ProbeExchange) -> Bool {
        guard let expectation, let response = exchange.response else { return false }
        var answer = Answer(response, url: exchange.request.url, duration: response.timings.total)
        return expectation.mismatches(&answer, context).isEmpty
    }
}

extension ContractVerdict {
    var badness: Int {
        switch self {
        case .failed(let finding): finding.kind == .hole ? 5 : 4
        case .warned: 3
        case .noVerdict: 2
        case .passed: 1
        case .skipped: 0
        }
    }
}

extension ContractStep {
    /// Of a form that no server can process: an answer like that to the good credential does not tell whether anybody
    /// looked at the credential at all.
    mutating func judgeHarmless(_ sent: [SentDenial], _ control: ProbeExchange, _ judging: DenialJudging) {
        for denial in sent {
            guard let exchange = denial.exchanges.map(\.exchange).first(where: { $0.status == control.status }) else {
                judge([denial], control, judging)
                continue
            }
            report(
                denial.denial,
                .noVerdict(
                    "No verdict: `\(planned.name)` was sent in a form that no server can process, and was answered "
                        + "\(control.status ?? 0) \(denial.denial.probe.phrase) as with its own credential: the server "
                        + "looks at the request before the credential, so nothing can be told without side effects."),
                exchange)
        }
    }
}
