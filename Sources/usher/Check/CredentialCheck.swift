import Diagnostics
import Expectations
import HTTP
import JSON
import Providers
import Results
import Runner
import Secrets
import Templates
import Tokens
import Workspace

/// Gets a fresh token for identities, and looks at it.
///
/// Touches neither the cache nor the disk, but for identities with which a person signed in: what is kept of them is the
/// credential that is to be checked.
struct CredentialCheck: Sendable {
    let recorder: ExchangeRecorder
    let functions: FunctionTable
    let redactor: Redactor
    let clock: TokenClock
    let person: Person
    /// Of identities with which a person signs in.
    let store: any TokenStore
    /// Of token requests; nil: the usual one.
    let timeout: Duration?

    /// Side by side, but few at a time: token services limit how often they are asked.
    private static let width = 8

    /// In the order of the names.
    func run(_ names: [String], in directory: IdentityDirectory) async -> [CheckedCredential] {
        await withTaskGroup(of: (Int, CheckedCredential?).self) { group in
            var results = [CheckedCredential?](repeating: nil, count: names.count)
            for index in names.indices {
                if index >= Self.width, let (place, result) = await group.next() { results[place] = result }
                group.addTask { (index, await check(names[index], in: directory)) }
            }
            for await (place, result) in group { results[place] = result }
            return results.compactMap(\.self)
        }
    }

    private func check(_ name: String, in directory: IdentityDirectory) async -> CheckedCredential? {
        guard let spec = directory.environment?[identity: name] else { return nil }
        var checked = CheckedCredential(identity: name, provider: spec.provider.text, span: spec.span)
        switch directory[name] {
        case nil:
            checked.problem = .init(
                reason: .configuration, message: "its provider '\(spec.provider.text)' cannot be used",
                advice: "see the errors above")
        case .failure(let problem)?:
            checked.problem = .init(problem)
        case .success(let identity)?: await look(identity, &checked)
        }
        return checked
    }

    private func look(_ identity: BoundIdentity, _ checked: inout CheckedCredential) async {
        let start = ContinuousClock.now
        defer { checked.duration = start.duration(to: .now) }
        checked.scopeAsked = identity.scope
        let exchange = TokenExchange(
            transport: recorder, functions: functions, redactor: redactor, clock: clock, person: person,
            timeout: timeout)
        let broker = TokenBroker(exchange, store: identity.needsPerson ? store : MemoryTokenStore(), isFresh: true)
        do throws(CredentialError) {
            let credential = try await broker.credential(for: identity)
            note(await broker.statistics.first, identity, &checked)
            if let token = credential.token { await introspect(token.value, identity, exchange, &checked) }
            describe(credential, &checked)
            if checked.problem == nil { await verify(identity, credential, &checked) }
        } catch {
            if error.kind == .cancelled { await broker.cancelAll() }
            note(await broker.statistics.first, identity, &checked)
            let last = recorder.exchanges(of: identity.name).last
            let diagnosis = CredentialDiagnosis(
                error, transport: last?.failure, response: last?.response, offset: checked.clockOffset)
            checked.problem = .init(
                reason: diagnosis.reason, message: error.message, advice: diagnosis.advice,
                place: error.place ?? (diagnosis.reason == .wrongSecret ? identity.secretPlace : nil))
        }
    }

    private func note(_ statistics: TokenStatistics?, _ identity: BoundIdentity, _ checked: inout CheckedCredential) {
        checked.tokenRequests = statistics?.requests ?? 0
        checked.clockOffset = recorder.exchanges(of: identity.name).compactMap(\.offset).last
    }

    /// Where the provider can be asked (RFC 7662). That it does not answer says nothing about the token.
    private func introspect(
        _ token: Secret, _ identity: BoundIdentity, _ exchange: TokenExchange, _ checked: inout CheckedCredential
    ) async {
        do throws(CredentialError) {
            guard try await exchange.introspects(identity) else { return }
            let found = try await exchange.introspect(token, of: identity)
            checked.introspection = found
            if !found.isActive {
                checked.problem = .init(
                    reason: .inactive, message: "the service says that the token it just issued is not active",
                    advice: "is it introspected where it was issued, and by a client that may ask about it?")
            }
        } catch {
            checked.warnings.append("introspection: \(error.message)")
        }
    }

    private func describe(_ credential: Credential, _ checked: inout CheckedCredential) {
        checked.token = credential.token
        checked.isSigned = credential.isSigned
        let secret = credential.token?.value ?? credential.placements.first.map(\.bareValue)
        checked.claims = secret.flatMap { TokenClaims($0) }
        checked.warnings += CheckWarnings(now: clock.wall()).of(checked)
        // A token that was handed out, not fetched, may have ended long ago.
        if credential.token == nil, let end = checked.claims?.expires, end <= clock.wall() {
            checked.problem = .init(
                reason: .expiredCredential, message: "the credential expired on \(CheckText.moment(end))",
                advice: "issue a new one")
        }
    }

    private func verify(
        _ identity: BoundIdentity, _ credential: Credential, _ checked: inout CheckedCredential
    ) async {
        let call = VerifyCall(transport: recorder, functions: functions, redactor: redactor)
        guard let outcome = await call.run(identity, credential) else { return }
        let last = recorder.exchanges(of: identity.name).last
        let name = last.map { "\($0.request.method.rawValue) \($0.request.shownPath)" } ?? "the verify call"
        checked.clockOffset = last?.offset ?? checked.clockOffset
        switch outcome {
        case .passed(let response):
            checked.verified = .init(call: name, status: response.status, duration: response.timings.total)
        case .failed(let response, let mismatches):
            checked.verified = .init(call: name, status: response.status, duration: response.timings.total)
            // A token that was just issued is known there: 403 speaks of its rights, which may be as they should be.
            if response.status == 403, checked.token != nil {
                checked.warnings.append("the credential may not call \(name): status 403")
                return
            }
            checked.problem = .init(
                reason: .verifyFailed,
                message: (response.status >= 400
                    ? "\(name) does not take the credential: " : "\(name) answers, but not as 'verify' expects: ")
                    + mismatches.map(\.sentence).joined(separator: "; ") + said(response),
                advice: response.isAboutCredential
                    ? "is it for this API and this environment?"
                    : "does the provider's 'verify' ask for what the API has?"
                        + (checked.isSigned ? " or is something else signed than the API expects ('sign')?" : ""),
                place: place(response, mismatches, identity))
        case .noAnswer(let error, let place):
            let diagnosis = CredentialDiagnosis(
                CredentialError(.transport, identity: identity.name, ""), transport: error)
            checked.problem = .init(
                reason: diagnosis.reason, message: "there is a token, but no answer to \(name): \(error.message)",
                advice: diagnosis.advice, place: place)
        case .impossible(let error):
            let diagnosis = CredentialDiagnosis(error)
            checked.problem = .init(
                reason: diagnosis.reason, message: error.message, advice: diagnosis.advice, place: error.place)
        }
    }
}

extension CredentialCheck {
    /// What in the provider's file the API may object to: an address where nothing is, what is signed, what is expected.
    private func place(_ response: HTTPResponse, _ mismatches: [Mismatch], _ identity: BoundIdentity) -> Span? {
        if response.isNowhere { return identity.provider.verify?.url.template.span }
        if (400...499).contains(response.status), case .hmac(let rules)? = identity.provider.sign {
            return rules.string.span
        }
        return response.isAboutCredential ? nil : mismatches.first?.span
    }

    /// What an error answer says in words.
    private func said(_ response: HTTPResponse) -> String {
        guard response.status >= 400, let root = (try? JSONDocument.parse(response.body))?.root,
            let text = ErrorWords.first(in: root)
        else { return "" }
        return "; it says: \(ForeignText.readable(text, redactor))"
    }
}

extension CheckedCredential.Problem {
    /// Why the identity could not be bound.
    fileprivate init(_ problem: RunProblem) {
        let isSecret = problem.kind == .secret
        self.init(
            reason: isSecret ? .secretNotBound : .configuration, message: problem.message,
            advice: isSecret
                ? "set what its environment file names"
                : "the provider and what the environment gives it do not fit together", place: problem.span)
    }
}

extension HTTPResponse {
    /// It refuses whoever calls; all else may be due to what is called.
    fileprivate var isAboutCredential: Bool { status == 401 || status == 403 }

    /// Nothing is there that could be asked so.
    fileprivate var isNowhere: Bool { [404, 405, 410].contains(status) }
}

extension RecordedExchange {
    var response: HTTPResponse? { try? result.get() }

    var failure: TransportError? {
        if case .failure(let error) = result { error } else { nil }
    }
}

extension Credential.Placed {
    /// Without the word in front: `Bearer eyJ…` is a token after a blank.
    fileprivate var bareValue: Secret {
        let text = value.reveal()
        return Secret(String(text.split(separator: " ").last ?? ""), label: value.label)
    }
}
