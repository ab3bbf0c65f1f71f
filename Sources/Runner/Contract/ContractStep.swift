import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Secrets
import Templates
import Tokens
import Workspace

/// The contract of one request: sends what must be refused, judges it, and keeps the outcomes until they are posted.
struct ContractStep {
    let runner: CollectionRunner
    let planned: PlannedRequest
    let session: ContractSession
    let cases: RequestCases
    var ledger: ContractLedger
    var outcomes: [ContractOutcome] = []

    init(_ runner: CollectionRunner, _ planned: PlannedRequest, _ session: ContractSession) {
        self.runner = runner
        self.planned = planned
        self.session = session
        ledger = runner.contractLedger
        cases = RequestCases(
            planned.request.contract, sender: planned.sender.name, provider: runner.provider(of: planned),
            environment: runner.context.identities.environment)
    }

    var context: RunContext { runner.context }
    var provider: Provider? { runner.provider(of: planned) }

    /// Who is asked for; nil where nobody sends the request, or where that identity cannot be used.
    var identity: BoundIdentity? { planned.sender.name.flatMap { try? context.credentials.bound($0) } }

    // MARK: Outcomes

    /// One case, settled by waivers and weight; the worst of a probe is noted for the promises that it is the test of.
    mutating func report(
        _ kind: ContractOutcome.Kind, _ verdict: ContractVerdict, weight: CaseVerdict.Weight = .failure,
        rule: Rule? = nil, names: [String], identity: String?, exchange: ProbeExchange? = nil
    ) {
        let settled = runner.caseVerdict(session).settle(
            verdict, weight: weight, names: names, request: planned.name)
        var outcome = ContractOutcome(
            kind, of: planned.name, groups: planned.groups, identity: identity, at: planned.span,
            verdict: settled.verdict, rule: rule.map { kind.isRule ? $0.note : $0.noteOfRefusal },
            remarks: settled.remarks)
        if let exchange { outcome.note(exchange, context) }
        if context.failFast, settled.verdict.isBad { context.control.stop(.failFast) }
        outcomes.append(outcome)
    }

    /// Every case with the same end: the request did not pass, or nothing may be sent any more.
    mutating func reportAll(_ verdict: ContractVerdict) {
        for denial in cases.denials where !denial.isOptional && isWanted(denial) {
            report(
                .probe(denial.probe.rawValue), verdict, names: [denial.probe.rawValue], identity: planned.sender.name)
        }
        for access in cases.access where isWanted(access) {
            report(
                access.kind(owner: nil), access.missing.map { .skipped($0) } ?? verdict, names: [],
                identity: access.caller)
        }
    }

    func isWanted(_ denial: RequestCases.Denial) -> Bool {
        guard !session.policy.only.isEmpty else { return true }
        let promises = denial.documented.promises.map(\.id)
        return !session.policy.only.isDisjoint(with: promises + [denial.probe.rawValue, denial.probe.rule])
    }

    /// Of the matrix only what asks for a refusal stands for a rule.
    func isWanted(_ access: RequestCases.Access) -> Bool {
        session.policy.wants("access")
            || !session.policy.only.isDisjoint(with: planned.request.contract.covers.map(\.text))
    }
}

extension RequestCases.Access {
    func kind(owner: String?) -> ContractOutcome.Kind { .access(caller: caller ?? "anonymous", owner: owner) }
}

extension ContractVerdict {
    var isBad: Bool {
        switch self {
        case .failed, .noVerdict: true
        case .passed, .warned, .skipped: false
        }
    }

    var isPassed: Bool { if case .passed = self { true } else { false } }
}

extension ContractOutcome {
    /// What was sent and what came; for a case that did not pass also how to repeat it, and the beginning of the answer.
    mutating func note(_ exchange: ProbeExchange, _ context: RunContext) {
        let request = exchange.request
        var summary = ExchangeSummary(method: request.method.rawValue, url: request.shownURL)
        if let response = exchange.response {
            summary.status = response.status
            summary.bodySize = response.bodySize
            summary.timings = response.timings
            duration = response.timings.total
        }
        if !verdict.isPassed {
            summary.curl = context.describe(request, nil, 0)
            if let body = exchange.response?.body, !body.isEmpty {
                let text = context.redactor.redact(String(decoding: body.prefix(64 << 10), as: UTF8.self))
                summary.bodyExcerpt = String(text.prefix(2000))
            }
        }
        self.exchange = summary
    }
}

extension ContractOutcome.Kind {
    fileprivate var isRule: Bool {
        switch self {
        case .rule: true
        case .probe, .access, .promise: false
        }
    }
}
