import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Secrets
import Templates
import Tokens

/// Broken forms of the request's own credential.
extension ContractStep {
    /// - Parameter request: no credential applied.
    mutating func sendDenials(
        _ request: HTTPRequest, _ identity: BoundIdentity, _ credential: Credential, expired: Secret? = nil
    ) async -> [SentDenial] {
        let wanted = cases.denials.filter(isWanted)
        var material = ProbeMaterial(request: request, credential: credential, identity: identity)
        if wanted.contains(where: { $0.probe == .refreshToken }) {
            material.refreshToken = await session.refreshToken(of: identity)
        }
        material.expiredToken = expired
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

    mutating func judge(_ sent: [SentDenial], _ judging: DenialJudging) {
        for denial in sent {
            var worst: (verdict: ContractVerdict, exchange: ProbeExchange)?
            for (probe, exchange) in denial.exchanges {
                let verdict = verdict(of: exchange, probe, denial.denial, judging)
                if worst.map({ $0.verdict.badness < verdict.badness }) ?? true { worst = (verdict, exchange) }
            }
            if let worst { report(denial.denial, worst.verdict, worst.exchange) }
        }
    }

    private func verdict(
        of exchange: ProbeExchange, _ probe: String, _ denial: RequestCases.Denial, _ judging: DenialJudging
    ) -> ContractVerdict {
        let rule = RuleCatalogue.builtIn[denial.probe.rule]
        do throws(Diagnostic) {
            var found = try judging.denial(
                of: exchange, subject: planned.name, as: planned.sender.name,
                documented: denial.expectation, source: denial.documented.source ?? rule?.source)
            found.isMalformed = ResourceProbe.all.first { $0.id == probe }?.isMalformed ?? false
            found.withholdsCertificate =
                identity?.poolKey.tls != nil && [.noCredential, .partialCredential].contains(denial.probe)
            found.rule = rule?.note
            return DenialJudge.verdict(on: found)
        } catch {
            return .noVerdict("No verdict: \(error.title)")
        }
    }

    private mutating func report(
        _ denial: RequestCases.Denial, _ verdict: ContractVerdict, _ exchange: ProbeExchange? = nil
    ) {
        // Where neither file nor vendor says what is right, another refusal than the usual ones is only worth a warning.
        let weight: CaseVerdict.Weight = denial.expectation == nil ? .warning : .failure
        report(
            .probe(denial.probe.rawValue), verdict, weight: weight, rule: RuleCatalogue.builtIn[denial.probe.rule],
            names: [denial.probe.rawValue, denial.probe.rule], identity: planned.sender.name, exchange: exchange)
        ledger.note(denial.probe, planned.name, outcomes.last?.verdict ?? verdict)
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
