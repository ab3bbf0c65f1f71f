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

/// The order of sending (formats.md R6): between two controls, safe requests after they passed, others before.
extension ContractStep {
    /// For the request itself, after what was sent before it.
    init(
        _ runner: CollectionRunner, _ planned: PlannedRequest, _ session: ContractSession, continuing step: ContractStep
    ) {
        self.init(runner, planned, session)
        outcomes = step.outcomes
        ledger = step.ledger
    }

    /// Of an unsafe request: broken credentials, in a form that no server can process; and callers who must be refused.
    ///
    /// - Parameter sendsRequest: the request itself is sent afterwards.
    mutating func before(sendsRequest: Bool) async -> [(AccessCell, ProbeExchange)] {
        if let identity, cases.denials.contains(where: isWanted) { await probeHarmlessly(identity) }
        guard sendsRequest else {
            for access in cases.access where isWanted(access) {
                let reason = access.missing ?? "the request changes something; use run --contract"
                report(access.kind(owner: nil), .skipped(reason), names: [], identity: access.caller)
            }
            return []
        }
        return await sendAccess(.early, nil)
    }

    /// Of a request that passed.
    ///
    /// - Parameter early: calls that were sent before it.
    mutating func after(_ passed: PassedExchange, _ early: [(AccessCell, ProbeExchange)]) async {
        let judging = judging(passed)
        var denials: [SentDenial] = []
        var credential: Credential?
        var expired: Secret?
        if let identity {
            expired = await expiredToken(identity)
            credential = try? await context.credentials.grant(of: identity.name).credential
            if let credential, planned.isSafe {
                denials = await sendDenials(passed.rendered.request, identity, credential, expired: expired)
            }
        }
        let access = early + (await sendAccess(planned.isSafe ? .any : .late, passed.rendered))
        let battery = await sendBattery(passed, credential, denials, expired: expired)
        let first = outcomes.count
        judge(denials, judging)
        await judge(access, judging)
        await judgeMatrix(access, passed)
        if planned.isSafe, !denials.isEmpty || !access.isEmpty || battery != nil {
            await controlAgain(passed, denials, from: first)
        }
        if let battery { report(battery) }
    }

    /// Of a request that did not pass: what is refused then says nothing. Who got in before it got in all the same, and
    /// may be the reason.
    mutating func withoutControl(_ verdict: Verdict, _ early: [(AccessCell, ProbeExchange)]) {
        let all: ContractVerdict
        switch verdict {
        case .skipped(let reason): all = .skipped(reason)
        case .error(let problem): all = .noVerdict("No verdict: `\(planned.name)` itself: \(problem.message)")
        case .failed(let mismatches):
            let first = mismatches.first?.sentence ?? "it did not pass"
            all = .noVerdict(
                "No verdict: `\(planned.name)` does not pass with its own credential (\(first)), so that others are refused "
                    + "proves nothing. Mend that first.")
        case .passed: return
        }
        if planned.isSafe { return reportAll(all) }
        for (cell, exchange) in early { report(cell, hole(cell, exchange) ?? all, exchange) }
    }

    private func judging(_ passed: PassedExchange) -> DenialJudging {
        DenialJudging(
            plain: passed.rendered.request, control: .answer(passed.response), scope: passed.scope,
            expectation: try? planned.request.expectation.resolved(in: passed.scope),
            context: judgingContext)
    }

    var judgingContext: JudgingContext {
        JudgingContext(digests: Digests(sha256: CryptoFunctions.sha256), redactor: context.redactor)
    }

    // MARK: Unsafe requests

    private mutating func probeHarmlessly(_ identity: BoundIdentity) async {
        do throws(Interruption) {
            let credential = try await context.credentials.grant(of: identity.name).credential
            let scope = try runner.scope(for: planned, credential)
            guard let harmless = try harmless(scope, credential) else {
                return reportDenials(
                    .skipped("the request changes something, and no form of it is certain to change nothing"))
            }
            let control = await ordinary(harmless.request, identity, credential)
            guard let status = control.status else { return reportDenials(noAnswer(control)) }
            guard status != 401, status != 403 else {
                return reportDenials(
                    .noVerdict(
                        "No verdict: `\(planned.name)` \(harmless.words) is answered \(status) to its own credential too, so that "
                            + "others are refused proves nothing."
                    ))
            }
            let sent = await sendDenials(harmless.request, identity, credential)
            reportBodyRules(identity, credential, control, sent)
            judge(
                sent,
                DenialJudging(
                    plain: harmless.request, control: .harmless(control.response), scope: scope, expectation: nil,
                    context: judgingContext))
        } catch {
            reportDenials(ContractVerdict(error))
        }
    }

    private mutating func reportDenials(_ verdict: ContractVerdict) {
        for denial in cases.denials where !denial.isOptional && isWanted(denial) {
            report(
                .probe(denial.probe.rawValue), verdict, names: [denial.probe.rawValue, denial.probe.rule],
                identity: planned.sender.name)
        }
    }

    private func harmless(_ scope: Scope, _ credential: Credential) throws(Interruption) -> HarmlessForm? {
        do throws(Diagnostic) {
            let request = try RequestRenderer(request: planned.request, options: context.defaults).render(scope).request
            return HarmlessForm(
                request, idSegment: idSegment(request),
                keepsBody: credential.placements.contains { $0.place == .body && $0.belongs(in: request) })
        } catch {
            throw Interruption(error)
        }
    }

    /// The last segment of the path that came from a placeholder, counted from 0.
    func idSegment(_ request: HTTPRequest) -> Int? {
        let count = request.url.path.utf8.count { $0 == UInt8(ascii: "/") }
        return planned.request.url.lastPlaceholderSegment.map { count - 1 - $0 }
    }

    /// With its own credential, on its own connections.
    func ordinary(
        _ request: HTTPRequest, _ identity: BoundIdentity, _ credential: Credential
    ) async -> ProbeExchange {
        var request = request
        request.bodyUse = .keep
        let answer: Result<HTTPResponse, TransportError>
        do throws(CredentialError) {
            try credential.apply(to: &request)
        } catch {
            return ProbeExchange(
                sent: "with its credential", request: request,
                answer: .failure(TransportError(.invalidRequest, error.message)))
        }
        do throws(TransportError) {
            answer = .success(
                try await credential.transport(over: context.transport).send(request, pool: credential.poolKey))
        } catch {
            answer = .failure(error)
        }
        return ProbeExchange(sent: "with its credential", request: request, answer: answer)
    }

    // MARK: The second control

    /// The untouched request once more: where it no longer succeeds, refusals say nothing.
    private mutating func controlAgain(_ passed: PassedExchange, _ denials: [SentDenial], from first: Int) async {
        guard let failure = await controlFailure(passed) else { return }
        let culprit = await culprit(passed, denials)
        let blame = culprit.map { "; it stopped after the probe '\($0)'" } ?? ""
        for index in outcomes.indices.dropFirst(first) where !outcomes[index].isHole {
            guard !outcomes[index].verdict.isSkipped else { continue }
            outcomes[index].verdict = .noVerdict(
                "No verdict: `\(planned.name)` with its own credential \(failure) after the probes\(blame), so that "
                    + "others are refused proves nothing.")
        }
    }

    /// nil: it succeeds still. Completes "`list orders` with its own credential …".
    private func controlFailure(_ passed: PassedExchange) async -> String? {
        var request = passed.rendered.request
        request.bodyUse = .keep
        var exchange: ProbeExchange
        if let identity {
            guard let credential = try? await context.credentials.grant(of: identity.name).credential else {
                return "gets no token any more"
            }
            exchange = await ordinary(request, identity, credential)
        } else {
            let answer: Result<HTTPResponse, TransportError>
            do throws(TransportError) {
                answer = .success(try await context.transport.send(request, pool: PoolKey(identity: "")))
            } catch {
                answer = .failure(error)
            }
            exchange = ProbeExchange(sent: "as it stands", request: request, answer: answer)
        }
        guard let status = exchange.status else { return "gets no answer" }
        return status == passed.response.status ? nil : "is answered \(status)"
    }

    /// The probe after which the request stops to succeed, found by sending them once more, one by one, with a new token.
    private func culprit(_ passed: PassedExchange, _ denials: [SentDenial]) async -> String? {
        guard let identity, let name = planned.sender.name,
            let grant = try? await context.credentials.grant(of: name)
        else { return nil }
        _ = await context.credentials.replacement(for: grant, of: name, isRepeated: true)
        guard await controlFailure(passed) == nil else { return nil }
        let sender = ProbeSender(context: context, identity: identity)
        for denial in denials {
            for (_, exchange) in denial.exchanges {
                _ = await sender.send(DerivedRequest(sent: exchange.sent, request: exchange.request))
                if await controlFailure(passed) != nil { return denial.denial.probe.rawValue }
            }
        }
        return nil
    }
}

extension ContractOutcome {
    fileprivate var isHole: Bool {
        if case .failed(let finding) = verdict { finding.kind == .hole } else { false }
    }
}

extension ContractVerdict {
    var isSkipped: Bool { if case .skipped = self { true } else { false } }
}
