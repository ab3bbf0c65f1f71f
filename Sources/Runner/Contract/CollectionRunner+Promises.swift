import Contract
import Diagnostics
import Expectations
import HTTP
import Providers
import Results
import Tokens
import Workspace

/// What is known only at the end of a collection: token services, and promises that requests cover.
extension CollectionRunner {
    mutating func finishContract(_ session: ContractSession) async {
        guard context.control.skipReason == nil, !Task.isCancelled else { return }
        let fetching = senders.compactMap { try? context.credentials.bound($0) }.filter { $0.rules != nil }
        for (place, identity) in fetching.enumerated() where session.claim("tokens \(identity.name)") {
            let isLast = !fetching[(place + 1)...].contains { $0.tokenHost == identity.tokenHost }
            await reportTokens(identity, session, isLast: isLast)
        }
        for name in senders { await reportUntested(name, session) }
        if let provider = planned.provider { reportPromises(of: provider, session) }
    }

    /// Rules of the access matrix that nobody in it was the test of.
    private func reportUntested(_ name: String, _ session: ContractSession) async {
        guard let identity = try? context.credentials.bound(name), session.isProven(name)
        else { return }
        let claims = PackClaims(identity, try? await context.credentials.grant(of: name).credential)
        for check in MatrixRuleCheck.all where session.policy.wants(check.id) {
            guard let rule = RuleCatalogue.builtIn[check.id], claims.applicable.contains(rule.pack),
                session.claim(ContractStep.claim(check.id, name))
            else { continue }
            post(.rule(rule.id), RuleReport.Settled(verdict: .skipped(check.lack)), rule, identity, session)
        }
    }

    /// The identities that send this collection's requests, in the order of their first.
    private var senders: [String] {
        var seen: Set<String> = []
        return planned.requests.compactMap { request in
            guard let name = request.sender.name, request.skip == nil, seen.insert(name).inserted else { return nil }
            return name
        }
    }

    /// - Parameter isLast: no other identity of this collection asks the same service afterwards.
    private mutating func reportTokens(
        _ identity: BoundIdentity, _ session: ContractSession, isLast: Bool
    ) async {
        // Where no token was to be had, that is an error of its own, and nothing more can be learned.
        guard context.credentials.deadReason(identity.name) == nil else { return }
        let credential = try? await context.credentials.grant(of: identity.name).credential
        let claims = PackClaims(identity, credential)
        let checks = TokenRuleCheck.all.compactMap { check -> (TokenRuleCheck, Rule)? in
            guard session.policy.wants(check.id), let rule = RuleCatalogue.builtIn[check.id],
                claims.applicable.contains(rule.pack)
            else { return nil }
            return (check, rule)
        }
        let promises = identity.provider.contract.promises.filter { $0.isAboutTokens && session.policy.wants($0.id) }
        guard !checks.isEmpty || !promises.isEmpty,
            let evidence = await session.tokenEvidence(of: identity, context, mayGuess: isLast)
        else { return }
        for (check, rule) in checks {
            let settled = RuleReport(rule: rule, claims: claims).settle(check.judge(evidence), subject: identity.name)
            post(.rule(rule.id), settled, rule, identity, session)
        }
        if !promises.isEmpty, session.claim("token promises \(identity.provider.id)") {
            reportPromises(evidence, session)
        }
    }

    private func reportPromises(_ evidence: TokenEvidence, _ session: ContractSession) {
        let identity = evidence.identity
        let judge = PromiseJudge(
            functions: context.functions, digests: Digests(sha256: CryptoFunctions.sha256), redactor: context.redactor)
        for (promise, verdict) in judge.verdicts(evidence) where session.policy.wants(promise.id) {
            let told = PromiseReport(promise).told(verdict)
            post(promise, told.verdict, told.exchange, subject: identity.name, at: identity.span, request: nil, session)
        }
    }

    private func post(
        _ kind: ContractOutcome.Kind, _ settled: RuleReport.Settled, _ rule: Rule, _ identity: BoundIdentity,
        _ session: ContractSession
    ) {
        let result = caseVerdict(session).settle(
            settled.verdict, weight: settled.weight, names: [rule.id], request: nil)
        var outcome = ContractOutcome(
            kind, of: identity.name, identity: identity.name, at: identity.span, verdict: result.verdict,
            rule: rule.note, remarks: result.remarks + settled.remarks)
        if let exchange = settled.exchange { outcome.note(exchange, context) }
        post(.contractFinished(outcome))
    }

    // MARK: Promises

    private func reportPromises(of provider: Provider, _ session: ContractSession) {
        for promise in provider.contract.promises where session.policy.wants(promise.id) {
            guard let shown = shown(promise) else { continue }
            post(
                promise, PromiseReport(promise).told(shown.verdict), nil, subject: shown.request,
                at: planned.collection.span, request: shown.request, session)
        }
    }

    /// What this collection's requests and probes showed of a promise; nil: nothing.
    private func shown(_ promise: Promise) -> ContractLedger.Coverage? {
        switch promise.subject {
        case .probe(let probe): contractLedger.probes[probe]
        case .answer(.collection): contractLedger.covered[promise.id]
        case .answer(.token), .answer(.refresh): nil
        }
    }

    private func post(
        _ promise: Promise, _ verdict: ContractVerdict, _ exchange: ProbeExchange?, subject: String, at span: Span,
        request: String?, _ session: ContractSession
    ) {
        let weight: CaseVerdict.Weight = promise.level == .ambiguous ? .remark : .failure
        let result = caseVerdict(session).settle(verdict, weight: weight, names: [promise.id], request: request)
        var outcome = ContractOutcome(
            .promise(promise.id), of: subject, at: span, verdict: result.verdict,
            rule: PromiseReport(promise).note, remarks: result.remarks)
        if let exchange { outcome.note(exchange, context) }
        post(.contractFinished(outcome))
    }
}

extension Promise {
    /// Shown by the answers of a token service, not by the API.
    fileprivate var isAboutTokens: Bool {
        switch subject {
        case .answer(.token), .answer(.refresh): true
        case .answer(.collection), .probe: false
        }
    }
}
