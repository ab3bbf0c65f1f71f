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
        var credential: Credential?
        for name in planned.dependsOn {
            let own = try await context.credentials.credential(of: name)
            if name == planned.sender.name { credential = own }
        }
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
        var request = try finished(rendered, planned, credential, bodyNeed: expectation.bodyNeed)
        let shown = rendered.request.shownURL
        let logins = context.identities.logins(planned.namedIdentities, request.url)
        // The whole of a login's answer is looked through for what is secret in it.
        if !logins.isEmpty { request.bodyUse = .keep }
        let start = ContinuousClock.now
        let result = await send(request, planned, credential)
        switch result {
        case .failure(let error):
            if error.kind == .cancelled || error.kind == .shutDown { throw .skipped("interrupted") }
            return failed(planned, error, request, shown, start.duration(to: .now))
        case .success(let result):
            context.freshSecrets.register(result.response, of: logins)
            return await judged(planned, result, scope, request, shown)
        }
    }

    private func send(
        _ request: HTTPRequest, _ planned: PlannedRequest, _ credential: Credential?
    ) async -> Result<RedirectFollower.Result, TransportError> {
        let pool = credential?.poolKey ?? PoolKey(identity: "")
        do throws(TransportError) {
            return .success(
                try await RedirectFollower(context.transport, maximum: planned.request.redirects)
                    .send(request, pool: pool))
        } catch {
            return .failure(error)
        }
    }

    // MARK: Before

    /// The names this request may use, in the order of formats.md R1: the last one wins.
    private func scope(for planned: PlannedRequest, _ credential: Credential?) throws(Interruption) -> Scope {
        var scope = Scope(functions: context.functions, redactor: context.redactor)
        if let base = try baseURL(for: planned, credential) { scope.push(["baseURL": TemplateValue(.string(base))]) }
        do throws(Diagnostic) {
            scope.push(try variables[planned.variables].get())
        } catch {
            throw Interruption(error)
        }
        if let name = planned.sender.name { scope.push(context.identities.owned(by: name)) }
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
        do throws(CredentialError) {
            try credential?.apply(to: &request)
        } catch {
            throw .problem(RunProblem(.invalid, error.message, at: planned.request.url.template.span))
        }
        request.bodyUse = planned.request.captures.reduce(bodyNeed) { max($0, $1.capture.bodyNeed) }.use
        return request
    }

    // MARK: After

    private mutating func judged(
        _ planned: PlannedRequest, _ result: RedirectFollower.Result, _ scope: Scope, _ request: HTTPRequest,
        _ shown: String
    ) async -> RequestOutcome {
        let response = result.response
        var answer = Answer(response, url: result.url, duration: response.timings.total)
        if response.body.count > 256 << 10 { answer = await Self.parsedElsewhere(answer) }
        var summary = ExchangeSummary(
            method: request.method.rawValue, url: shown, status: response.status, bodySize: response.bodySize,
            timings: response.timings)
        do throws(Diagnostic) {
            let mismatches = try judge(planned, &answer, scope)
            if !mismatches.isEmpty { explain(&summary, request, planned, response) }
            return outcome(
                planned, mismatches.isEmpty ? .passed : .failed(mismatches), response.timings.total, summary)
        } catch {
            let isUnknown = error.code == "secret-too-large"
            explain(&summary, request, planned, isUnknown ? nil : response)
            return outcome(planned, Interruption(error).verdict, response.timings.total, summary)
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
        _ planned: PlannedRequest, _ error: TransportError, _ request: HTTPRequest, _ shown: String,
        _ duration: Duration
    ) -> RequestOutcome {
        var summary = ExchangeSummary(method: request.method.rawValue, url: shown)
        summary.isTooLarge = error.kind == .bodyTooLarge
        explain(&summary, request, planned, nil)
        let problem = RunProblem(RunProblem.Kind(error.kind), error.message, at: planned.span)
        return outcome(planned, .error(problem), duration, summary)
    }

    /// Only for a case that did not pass: what it takes to see why.
    private func explain(
        _ summary: inout ExchangeSummary, _ request: HTTPRequest, _ planned: PlannedRequest, _ response: HTTPResponse?
    ) {
        summary.curl = context.describe(request, planned.sender.name, planned.request.redirects)
        guard let response, !response.body.isEmpty else { return }
        context.freshSecrets.registerTokens(in: response.body)
        let text = context.redactor.redact(String(decoding: response.body.prefix(64 << 10), as: UTF8.self))
        summary.bodyExcerpt = String(text.prefix(2000))
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
