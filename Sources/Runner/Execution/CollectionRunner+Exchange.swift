import Diagnostics
import Expectations
import HTTP
import JSON
import Providers
import Results
import Secrets
import Templates
import Tokens
import Workspace

extension CollectionRunner {
    /// Sends one request and judges its answer.
    mutating func exchange(_ planned: PlannedRequest) async throws(Interruption) -> RequestOutcome {
        var grant: TokenBroker.Grant?
        for name in planned.dependsOn {
            let own = try await context.credentials.grant(of: name)
            if name == planned.sender.name { grant = own }
        }
        let credential = grant?.credential
        let scope = try scope(for: planned, credential)
        let expectation: ResolvedExpectation
        let rendered: RenderedRequest
        do throws(Diagnostic) {
            rendered = try RequestRenderer(request: planned.request, options: context.defaults).render(scope)
            // Captures may be used in `expect`; what can be resolved now decides how much of the body is kept.
            let judging = planned.request.captures.isEmpty ? scope : scope.pushing(planned.request.captureDummies)
            expectation = try planned.request.expectation.resolved(in: judging)
        } catch {
            throw Interruption(error)
        }
        let logins = context.identities.logins(planned.namedIdentities, rendered.request.url)
        // The whole of a login's answer is looked through for what is secret in it.
        // So are answers that others are compared with.
        let need = logins.isEmpty && context.contract == nil ? expectation.bodyNeed : .bytes
        let first = try finished(rendered, planned, credential, bodyNeed: need)
        let shown = rendered.request.shownURL
        let start = ContinuousClock.now
        var attempt = Attempt(
            request: first, token: credential?.token, result: await send(first, planned, credential))
        if let grant, attempt.isUnauthorized, !expectation.status.contains(401),
            let next = try await repetition(of: attempt, rendered, planned, grant, bodyNeed: need)
        {
            attempt = next
        }
        switch attempt.result {
        case .failure(let error):
            if error.kind == .cancelled || error.kind == .shutDown { throw .skipped("interrupted") }
            return failed(planned, error, attempt, shown, start.duration(to: .now))
        case .success(let result):
            context.freshSecrets.register(result.response, of: logins)
            let outcome = await judged(planned, result, scope, attempt, shown)
            if context.contract != nil, case .passed = outcome.verdict {
                passedExchange = PassedExchange(
                    rendered: rendered, request: attempt.request, response: result.response, scope: scope)
            }
            return outcome
        }
    }

    /// What was sent last, and what came of it.
    private struct Attempt {
        var request: HTTPRequest
        var token: TokenInfo?
        var result: Result<RedirectFollower.Result, TransportError>
        var number = 1
        /// The time of those before.
        var earlier = Duration.zero

        /// The credential itself was refused: an answer of another origin has not seen it.
        var isUnauthorized: Bool {
            guard case .success(let result) = result else { return false }
            return result.response.status == 401 && result.url.origin == request.url.origin
        }
    }

    /// The request once more with a new token, where a kept one was refused and it may be repeated; never a third time.
    private func repetition(
        of attempt: Attempt, _ rendered: RenderedRequest, _ planned: PlannedRequest, _ grant: TokenBroker.Grant,
        bodyNeed: BodyNeed
    ) async throws(Interruption) -> Attempt? {
        guard let name = planned.sender.name, case .success(let refused) = attempt.result else { return nil }
        let rule = try context.credentials.bound(name).provider.cache.repeatAfter401
        let isRepeated = rule == .all || (rule == .safe && planned.request.isSafe)
        guard
            let next = await context.credentials.replacement(for: grant, of: name, isRepeated: isRepeated)
        else { return nil }
        // The placeholders stay as they were filled: a {{uuid()}} is the same in both.
        let request = try finished(rendered, planned, next.credential, bodyNeed: bodyNeed)
        let second = Attempt(
            request: request, token: next.credential.token, result: await send(request, planned, next.credential),
            number: 2, earlier: refused.response.timings.total)
        if second.isUnauthorized { context.credentials.giveUp(next, of: name) }
        return second
    }

    private func send(
        _ request: HTTPRequest, _ planned: PlannedRequest, _ credential: Credential?
    ) async -> Result<RedirectFollower.Result, TransportError> {
        let pool = credential?.poolKey ?? PoolKey(identity: "")
        // One that signs each call, where the credential is a signature.
        let transport = credential?.transport(over: context.transport) ?? context.transport
        do throws(TransportError) {
            return .success(
                try await RedirectFollower(transport, maximum: planned.request.redirects)
                    .send(request, pool: pool))
        } catch {
            return .failure(error)
        }
    }

    // MARK: Before

    /// The names this request may use, in the order of formats.md R1: the last one wins.
    ///
    /// - Parameter owner: whose values are used; nil: the sender's.
    func scope(
        for planned: PlannedRequest, _ credential: Credential?, owner: Scope.Layer? = nil
    ) throws(Interruption) -> Scope {
        var scope = Scope(functions: context.functions, redactor: context.redactor)
        if let base = try baseURL(for: planned, credential) { scope.push(["baseURL": TemplateValue(.string(base))]) }
        do throws(Diagnostic) {
            scope.push(try variables[planned.variables].get())
        } catch {
            throw Interruption(error)
        }
        if let owner {
            scope.push(owner)
        } else if let name = planned.sender.name {
            scope.push(context.identities.owned(by: name))
        }
        scope.push(captures)
        for name in planned.namedIdentities { scope.push(try secrets(of: name)) }
        return scope
    }

    /// The sender's, where it is one of the collection's provider; else that of the provider's usual identity.
    private func baseURL(for planned: PlannedRequest, _ credential: Credential?) throws(Interruption) -> String? {
        if let name = planned.sender.name, let identity = try? context.identities[name]?.get(),
            self.planned.provider == nil || identity.provider.id == self.planned.provider?.id
        {
            return credential?.baseURL ?? identity.baseURL
        }
        if let name = self.planned.baseIdentity { return try context.credentials.bound(name).baseURL }
        return self.planned.provider?.baseURL?.template.plain
    }

    /// `identities.NAME.SECRET`, bound to that identity's hosts.
    private func secrets(of name: String) throws(Interruption) -> Scope.Layer {
        let identity = try context.credentials.bound(name)
        var layer: Scope.Layer = [:]
        for (secret, value) in identity.secrets {
            layer["identities.\(name).\(secret)"] = TemplateValue(value, hosts: identity.hosts)
        }
        return layer
    }

    /// The request with its credential, once it is certain that everything secret in it may go there.
    private func finished(
        _ rendered: RenderedRequest, _ planned: PlannedRequest, _ credential: Credential?, bodyNeed: BodyNeed
    ) throws(Interruption) -> HTTPRequest {
        var request = rendered.request
        if let hosts = rendered.taint?.hosts, !hosts.allows(HostGuard.name(of: request.url)) {
            let names = rendered.taint?.labels.joined(separator: ", ") ?? ""
            throw .problem(
                RunProblem(
                    .invalid,
                    "the secret \(names) is not sent to \(HostGuard.name(of: request.url)); it is only for "
                        + hosts.phrase, at: planned.request.url.template.span))
        }
        try checkPlainText(rendered, planned)
        do throws(CredentialError) {
            try credential?.apply(to: &request)
        } catch {
            let own = planned.request.url.template.span
            let remark = error.place == nil ? "" : "; the request stands at \(own.place)"
            throw .problem(RunProblem(.invalid, error.message + remark, at: error.place ?? own))
        }
        request.bodyUse = planned.request.captures.reduce(bodyNeed) { max($0, $1.capture.bodyNeed) }.use
        return request
    }

    /// A list of hosts says nothing of TLS: `http://` to the right host would show the secret to everybody on the way.
    private func checkPlainText(_ rendered: RenderedRequest, _ planned: PlannedRequest) throws(Interruption) {
        guard let labels = rendered.taint?.labels else { return }
        for name in planned.namedIdentities {
            guard let label = labels.first(where: { $0.hasPrefix("\(name).") }),
                let objection = try context.credentials.bound(name).guardedHosts.objection(to: rendered.request.url)
            else { continue }
            throw .problem(
                RunProblem(.invalid, "the secret \(label) \(objection)", at: planned.request.url.template.span))
        }
    }

    // MARK: After

    private mutating func judged(
        _ planned: PlannedRequest, _ result: RedirectFollower.Result, _ scope: Scope, _ attempt: Attempt,
        _ shown: String
    ) async -> RequestOutcome {
        let (response, request) = (result.response, attempt.request)
        let time = attempt.earlier + response.timings.total
        var answer = Answer(response, url: result.url, duration: response.timings.total)
        if response.body.count > 256 << 10 { answer = await Self.parsedElsewhere(answer) }
        var summary = ExchangeSummary(
            method: request.method.rawValue, url: shown, status: response.status, bodySize: response.bodySize,
            timings: response.timings)
        do throws(Diagnostic) {
            let mismatches = try judge(planned, &answer, scope)
            if !mismatches.isEmpty {
                explain(&summary, request, planned, response)
                summary.refusal = RefusalNote(response, attempt.token, at: context.now(), context.redactor)
            }
            return outcome(
                planned, mismatches.isEmpty ? .passed : .failed(mismatches), time, summary, attempts: attempt.number)
        } catch {
            let isUnknown = error.code == "secret-too-large"
            explain(&summary, request, planned, isUnknown ? nil : response)
            return outcome(planned, Interruption(error).verdict, time, summary, attempts: attempt.number)
        }
    }

    /// Captures first, so that `expect` may use them and later requests know the id even when an expectation fails.
    private mutating func judge(
        _ planned: PlannedRequest, _ answer: inout Answer, _ scope: Scope
    ) throws(Diagnostic) -> [Mismatch] {
        let judging = JudgingContext(digests: Digests(sha256: CryptoFunctions.sha256), redactor: context.redactor)
        guard !planned.request.captures.isEmpty else {
            return try mismatches(planned, &answer, scope, judging)
        }
        var scope = scope
        var missing: [Mismatch] = []
        for (name, capture) in planned.request.captures {
            switch try capture.value(from: &answer, in: scope, judging) {
            case .missing(let mismatch): missing.append(mismatch)
            case .value(let value):
                guard context.freshSecrets.register(value) else {
                    throw Diagnostic(
                        code: "secret-too-large",
                        "the secret capture '\(name.text)' holds more than \(FreshSecrets.limit) values",
                        at: capture.span, help: "capture the one that is secret")
                }
                captures[name.text] = value
                scope.push([name.text: value])
            }
        }
        // A name in `expect` whose capture found nothing has no value; the missing capture is what to report.
        if !missing.isEmpty, planned.request.expectation.names.contains(where: { scope[$0.path.root] == nil }) {
            return missing
        }
        return try mismatches(planned, &answer, scope, judging) + missing
    }

    /// Judged anew where it turns out that the answer holds tokens: the words of a mismatch are cut, and half a token is
    /// no longer recognised in them.
    private func mismatches(
        _ planned: PlannedRequest, _ answer: inout Answer, _ scope: Scope, _ judging: JudgingContext
    ) throws(Diagnostic) -> [Mismatch] {
        let expectation = try planned.request.expectation.resolved(in: scope)
        let mismatches = expectation.mismatches(&answer, judging)
        guard !mismatches.isEmpty, context.freshSecrets.registerTokens(in: answer.response.body) else {
            return mismatches
        }
        return expectation.mismatches(&answer, judging)
    }

    private func failed(
        _ planned: PlannedRequest, _ error: TransportError, _ attempt: Attempt, _ shown: String, _ duration: Duration
    ) -> RequestOutcome {
        var summary = ExchangeSummary(method: attempt.request.method.rawValue, url: shown)
        summary.isTooLarge = error.kind == .bodyTooLarge
        explain(&summary, attempt.request, planned, nil)
        let problem = RunProblem(RunProblem.Kind(error.kind), error.message, at: planned.span)
        return outcome(planned, .error(problem), duration, summary, attempts: attempt.number)
    }

    /// Only for a case that did not pass: what it takes to see why.
    private func explain(
        _ summary: inout ExchangeSummary, _ request: HTTPRequest, _ planned: PlannedRequest, _ response: HTTPResponse?
    ) {
        summary.curl = context.describe(request, planned.sender.name, planned.request.redirects)
        guard let response, !response.body.isEmpty else { return }
        context.freshSecrets.registerTokens(in: response.body)
        let start = Array(response.body.prefix(64 << 10))
        let masked =
            start.count < response.bodySize ? context.redactor.redact(beginning: start) : context.redactor.redact(start)
        summary.bodyExcerpt = String(String(decoding: masked, as: UTF8.self).prefix(2000))
    }

    /// Work on the loop's thread shows up in other transfers' timings, so large bodies are parsed on another one.
    private static func parsedElsewhere(_ answer: Answer) async -> Answer {
        await Task.detached {
            var answer = answer
            _ = try? answer.json()
            return answer
        }.value
    }
}

extension Workspace.Request {
    /// Stand-ins for its own captures, so that an expectation that uses them can be looked at before they exist.
    fileprivate var captureDummies: Scope.Layer {
        Dictionary(captures.map { ($0.name.text, TemplateValue(.string(""))) }) { first, _ in first }
    }
}

extension RunProblem.Kind {
    fileprivate init(_ kind: TransportError.Kind) {
        switch kind {
        case .tls: self = .tls
        case .timeout: self = .timeout
        case .bodyTooLarge: self = .bodyTooLarge
        case .invalidRequest, .hostNotAllowed, .redirect: self = .invalid
        case .resolve, .connect, .proxy, .send, .receive, .cancelled, .shutDown, .other: self = .network
        }
    }
}
