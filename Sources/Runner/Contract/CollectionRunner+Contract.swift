import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Templates
import Tokens
import Workspace

extension CollectionRunner {
    /// One request with its contract: those of an unsafe one right before it, since its objects may be gone afterwards;
    /// those of a safe one right after it, since they exist by then.
    mutating func runWithContract(_ planned: PlannedRequest, _ session: ContractSession) async {
        var step = ContractStep(self, planned, session)
        if let reason = contractSkipReason(planned) {
            if session.extent != .alone { finish(planned, await outcome(of: planned)) }
            step.reportAll(.skipped(reason))
            return take(step)
        }
        var early: [(AccessCell, ProbeExchange)] = []
        if !planned.isSafe { early = await step.before(sendsRequest: session.extent != .alone) }
        if session.extent == .alone, !planned.isSafe { return take(step) }
        passedExchange = nil
        let outcome = await outcome(of: planned)
        step = ContractStep(self, planned, session, continuing: step)
        if let passed = passedExchange {
            if let name = planned.sender.name {
                session.noteProven(name)
                if planned.isSafe, (200...299).contains(passed.response.status) {
                    let isLasting = planned.request.url.lastPlaceholderSegment == nil
                    session.note(control: passed.rendered.request, of: name, isLasting: isLasting)
                }
            }
            await step.after(passed, early)
        } else {
            step.withoutControl(outcome.verdict, early)
        }
        for covered in planned.request.contract.covers {
            step.ledger.note(covering: covered.text, planned.name, ContractVerdict(outcome, step.outcomes))
        }
        passedExchange = nil
        finish(planned, outcome)
        take(step)
    }

    private mutating func take(_ step: ContractStep) {
        for outcome in step.outcomes { post(.contractFinished(outcome)) }
        contractLedger = step.ledger
    }

    /// What is known before anything of the request is sent.
    private func contractSkipReason(_ planned: PlannedRequest) -> String? {
        planned.contractSkip ?? skipReason(planned)
    }

    /// Whose documentation counts: the sender's provider, else the collection's.
    func provider(of planned: PlannedRequest) -> Provider? {
        planned.sender.name.flatMap { try? context.identities[$0]?.get() }?.provider ?? self.planned.provider
    }

    func caseVerdict(_ session: ContractSession) -> CaseVerdict {
        let waivers =
            (planned.provider?.contract.waivers ?? []) + planned.collection.waivers + session.policy.waivers
        return CaseVerdict(
            policy: session.policy, waivers: WaiverBook(waivers, today: session.policy.today))
    }
}

extension ContractVerdict {
    /// How a request that covers a promise stands for it: it passed, and so did its cases of the access matrix.
    fileprivate init(_ outcome: RequestOutcome, _ cases: [ContractOutcome]) {
        switch outcome.verdict {
        case .skipped(let reason): self = .skipped(reason)
        case .error(let problem): self = .noVerdict("No verdict: \(problem.message)")
        case .failed(let mismatches):
            let words = mismatches.map(\.sentence).joined(separator: "; ")
            self = .failed(
                ContractFinding(
                    .deviation, "Deviation: `\(outcome.name)` did not pass: \(words)",
                    expected: mismatches.first?.expected ?? "", actual: mismatches.first?.actual ?? "",
                    sent: "the request as it stands in the file"))
        case .passed:
            let others = cases.filter { if case .access = $0.kind { true } else { false } }.map(\.verdict)
            self =
                others.first { if case .failed = $0 { true } else { false } } ?? others.first(where: \.isBad) ?? .passed
        }
    }
}
