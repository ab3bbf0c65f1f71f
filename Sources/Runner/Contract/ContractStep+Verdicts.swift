import Contract
import Diagnostics
import Expectations
import HTTP
import Results
import Tokens

/// What the calls of others mean.
extension ContractStep {
    mutating func judge(_ sent: [(AccessCell, ProbeExchange)], _ judging: DenialJudging) async {
        // Who got in with the own values: only then a refusal of others means something.
        var owners: Set<String> = []
        for (cell, exchange) in sent where cell.isLetIn {
            let verdict = letIn(cell, exchange, judging)
            if verdict.isPassed {
                if let caller = cell.access.caller { session.noteProven(caller) }
                if let owner = cell.owner { owners.insert(owner) }
            }
            report(cell, verdict, exchange)
        }
        for (cell, exchange) in sent where !cell.isLetIn {
            report(cell, await keptOut(cell, exchange, judging, owners), exchange)
        }
    }

    private func letIn(_ cell: AccessCell, _ exchange: ProbeExchange, _ judging: DenialJudging) -> ContractVerdict {
        guard let response = exchange.response else { return noAnswer(exchange) }
        let isExpected = judging.expectation?.status.contains(response.status) ?? (200...299).contains(response.status)
        if isExpected || judging.holds(exchange) { return .passed }
        let wanted = judging.expectation?.status.words ?? "2xx"
        return .failed(
            ContractFinding(
                .deviation,
                "Deviation: `\(planned.name)` kept \(cell.caller) out, whom 'access' in the file lets in: \(response.status), "
                    + "expected \(wanted). Either the API locks out a rightful caller, or the file is wrong.",
                expected: wanted, actual: String(response.status), sent: exchange.sent, source: planned.span.place))
    }

    private func keptOut(
        _ cell: AccessCell, _ exchange: ProbeExchange, _ judging: DenialJudging, _ owners: Set<String>
    ) async -> ContractVerdict {
        if let owner = cell.owner, let missing = [owner, cell.caller].first(where: { !owners.contains($0) }) {
            return .noVerdict(
                "No verdict: \(missing) was not let in to what is its own, so a refusal of \(cell.caller) says nothing."
            )
        }
        let documented = DocumentedDenial(insufficientFor: provider)
        let rule = cell.rule.flatMap { RuleCatalogue.builtIn[$0] }
        let verdict: ContractVerdict
        do throws(Diagnostic) {
            var found = try judging.denial(
                of: exchange, subject: planned.name, as: planned.sender.name,
                documented: cell.given ?? documented.expectation,
                source: cell.given == nil ? documented.source ?? rule?.source : "'access' of this request")
            found.rule = rule?.note
            found.withholdsCertificate = isAboutCertificate(cell)
            verdict = DenialJudge.verdict(on: found)
        } catch {
            return .noVerdict("No verdict: \(error.title)")
        }
        if case .noVerdict = verdict { return verdict }
        return await isMeaningful(verdict, cell, exchange) ? verdict : unproven(cell, exchange)
    }

    /// Of a call that was answered before it was known what the request itself is answered; nil: nobody got in.
    func hole(_ cell: AccessCell, _ exchange: ProbeExchange) -> ContractVerdict? {
        var denial = DenialCase(
            planned.name, identity: planned.sender.name ?? "anonymous", plain: exchange.request,
            control: .harmless(nil), probe: exchange, source: "'access' of this request")
        denial.rule = cell.rule.flatMap { RuleCatalogue.builtIn[$0] }?.note
        guard case .failed(let finding) = DenialJudge.verdict(on: denial), finding.kind == .hole else { return nil }
        return .failed(finding)
    }

    /// A refusal may also say that the credential is no good at all, and then nothing has been shown.
    private func isMeaningful(
        _ verdict: ContractVerdict, _ cell: AccessCell, _ exchange: ProbeExchange
    ) async -> Bool {
        guard mayMeanBadCredential(cell, exchange), let caller = cell.access.caller, !session.isProven(caller) else {
            return true
        }
        guard let identity = try? context.credentials.bound(caller),
            let grant = try? await context.credentials.grant(of: caller)
        else { return false }
        let call = VerifyCall(
            transport: context.transport, functions: context.functions, redactor: context.redactor)
        guard case .passed? = await call.run(identity, grant.credential) else { return false }
        session.noteProven(caller)
        return true
    }

    /// A 401 does; with client certificates so do 400, as nginx has it, and the end of a handshake, unless the file
    /// names that status.
    private func mayMeanBadCredential(_ cell: AccessCell, _ exchange: ProbeExchange) -> Bool {
        guard let status = exchange.status else { return isAboutCertificate(cell) }
        return status == 401 || status == 400 && cell.given == nil && isAboutCertificate(cell)
    }

    /// The caller shows a client certificate, or shows none where the sender does.
    private func isAboutCertificate(_ cell: AccessCell) -> Bool {
        let caller = cell.access.caller.flatMap { try? context.credentials.bound($0) }
        return (cell.access.caller == nil ? identity : caller)?.poolKey.tls != nil
    }

    private func unproven(_ cell: AccessCell, _ exchange: ProbeExchange) -> ContractVerdict {
        let refused = exchange.status.map { "answered \($0)" } ?? "refused while connecting"
        return .noVerdict(
            "No verdict: \(cell.caller) was \(refused), but its credential has not been let in anywhere in this run: "
                + "it may be no good at all. Add a request that allows it, or a 'verify' to the provider.")
    }

    func noAnswer(_ exchange: ProbeExchange) -> ContractVerdict {
        let reason = if case .failure(let error) = exchange.answer { error.message } else { "there was no answer" }
        return .noVerdict("No verdict: `\(planned.name)` \(exchange.sent): \(reason)")
    }
}
