import Contract
import Diagnostics
import Expectations
import HTTP
import Results
import Tokens

/// What the calls of others mean.
extension ContractStep {
    /// - Parameter control: what the request with its own credential was answered.
    mutating func judge(
        _ sent: [(AccessCell, ProbeExchange)], _ control: ProbeExchange, _ judging: DenialJudging
    ) async {
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
            report(cell, await keptOut(cell, exchange, control, judging, owners), exchange)
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
                "Deviation: `\(planned.name)` kept \(cell.caller) out, who is allowed: \(response.status), expected \(wanted).",
                expected: wanted, actual: String(response.status), sent: exchange.sent, source: planned.span.place))
    }

    private func keptOut(
        _ cell: AccessCell, _ exchange: ProbeExchange, _ control: ProbeExchange, _ judging: DenialJudging,
        _ owners: Set<String>
    ) async -> ContractVerdict {
        if let owner = cell.owner, let missing = [owner, cell.caller].first(where: { !owners.contains($0) }) {
            return .noVerdict(
                "No verdict: \(missing) was not let in to what is its own, so a refusal of \(cell.caller) says nothing.")
        }
        let documented = DocumentedDenial(insufficientFor: provider)
        var expectation: ResolvedExpectation?
        do throws(Diagnostic) {
            expectation = try (cell.given ?? documented.expectation)?.resolved(in: judging.scope)
        } catch {
            return .noVerdict("No verdict: \(error.title)")
        }
        let whose = cell.owner.map { " on what belongs to \($0)" } ?? ""
        let judge = DenialJudge(
            subject: planned.name,
            caller: cell.access.caller.map { "with the valid credential of \($0)\(whose)" } ?? "without credential",
            identity: planned.sender.name, expectation: expectation, malformed: false, source: documented.source,
            rule: cell.rule ?? "RES-10")
        let verdict = judge.verdict(
            of: exchange, control: control, ownHolds: judging.holds(exchange), judging.context)
        return await isMeaningful(verdict, cell, exchange) ? verdict : unproven(cell)
    }

    /// A 401 may also say that the credential is no good at all, and then nothing has been shown.
    private func isMeaningful(
        _ verdict: ContractVerdict, _ cell: AccessCell, _ exchange: ProbeExchange
    ) async -> Bool {
        guard exchange.status == 401, let caller = cell.access.caller, !session.isProven(caller) else { return true }
        guard let identity = try? context.credentials.bound(caller),
            let grant = try? await context.credentials.grant(of: caller)
        else { return false }
        let call = VerifyCall(
            transport: context.transport, functions: context.functions, redactor: context.redactor)
        guard case .passed? = await call.run(identity, grant.credential) else { return false }
        session.noteProven(caller)
        return true
    }

    private func unproven(_ cell: AccessCell) -> ContractVerdict {
        .noVerdict(
            "No verdict: \(cell.caller) was answered 401, but its credential has not been let in anywhere in this run: "
                + "it may be no good at all. Add a request that allows it, or a 'verify' to the provider.")
    }

    func noAnswer(_ exchange: ProbeExchange) -> ContractVerdict {
        let reason = if case .failure(let error) = exchange.answer { error.message } else { "there was no answer" }
        return .noVerdict("No verdict: `\(planned.name)` \(exchange.sent): \(reason)")
    }
}
