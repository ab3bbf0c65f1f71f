package import Diagnostics
package import Expectations
package import HTTP
import JSON
import Providers
package import Secrets
package import Templates

/// The provider's `verify` call: does the API let this credential in?
package struct VerifyCall: Sendable {
    /// What came of it.
    package enum Outcome: Sendable {
        case passed(HTTPResponse)
        /// An answer that is not the expected one.
        case failed(HTTPResponse, [Mismatch])
        /// With what says where the call goes, where nobody is there.
        case noAnswer(TransportError, at: Span?)
        /// The call cannot be made.
        case impossible(CredentialError)
    }

    private let transport: any HTTPTransport
    private let functions: FunctionTable
    private let redactor: Redactor

    package init(transport: any HTTPTransport, functions: FunctionTable, redactor: Redactor) {
        self.transport = transport
        self.functions = functions
        self.redactor = redactor
    }

    /// nil where the provider names no such call.
    package func run(_ identity: BoundIdentity, _ credential: Credential) async -> Outcome? {
        guard let verify = identity.provider.verify else { return nil }
        let scope = scope(identity, credential)
        do throws(CredentialError) {
            let request = try request(verify, identity, credential, scope)
            let expectation = try filled(identity) { () throws(Diagnostic) in
                try (verify.expectation ?? Expectation(at: verify.span)).resolved(in: scope)
            }
            return await send(request, identity, expectation)
        } catch {
            return .impossible(error)
        }
    }

    private func scope(_ identity: BoundIdentity, _ credential: Credential) -> Scope {
        var token: Scope.Layer = [:]
        if let info = credential.token {
            token["token.value"] = TemplateValue(info.value, hosts: identity.hosts)
            token["token.type"] = TemplateValue(.string(info.type))
        }
        if let base = credential.baseURL { token["baseURL"] = TemplateValue(.string(base)) }
        return Scope([identity.layer, token], functions: functions, redactor: redactor)
    }

    private func request(
        _ verify: VerifyRequest, _ identity: BoundIdentity, _ credential: Credential, _ scope: Scope
    ) throws(CredentialError) -> HTTPRequest {
        let rendered = try filled(identity) { () throws(Diagnostic) in try verify.url.text(scope) }
        let base = rendered.text.hasPrefix("/") ? credential.baseURL : ""
        guard let base else {
            throw failure(
                "its URL starts with '/', but the provider has no 'baseURL'", identity,
                identity.given.fault(in: verify.url.template))
        }
        var request: HTTPRequest
        do throws(HTTPURL.ParseError) {
            request = HTTPRequest(verify.method, try HTTPURL(parsing: base + rendered.text), maxBody: 1 << 20)
        } catch {
            throw failure(
                "its URL \(error.reason(isSecret: rendered.taint != nil))", identity,
                identity.given.fault(in: verify.url.template))
        }
        try credential.apply(to: &request)
        return request
    }

    private func filled<Value>(
        _ identity: BoundIdentity, _ body: () throws(Diagnostic) -> Value
    ) throws(CredentialError) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            let place = error.span ?? identity.provider.verify?.span ?? identity.span
            throw failure(error.title, identity, .init(place: place, remark: ""))
        }
    }

    private func failure(_ reason: String, _ identity: BoundIdentity, _ fault: GivenPlaces.Fault) -> CredentialError {
        let message = "the verify call of '\(identity.name)' cannot be made: \(reason)\(fault.remark)"
        return CredentialError(.profile, identity: identity.name, redactor.redact(message), place: fault.place)
    }

    /// What says where the call goes.
    private func address(_ identity: BoundIdentity) -> Span? {
        guard let url = identity.provider.verify?.url else { return nil }
        return identity.given.fault(
            in: url.isRelative ? identity.baseURLTemplate?.template ?? url.template : url.template
        )
        .place
    }

    private func send(
        _ request: HTTPRequest, _ identity: BoundIdentity, _ expectation: ResolvedExpectation
    ) async -> Outcome {
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.send(request, pool: identity.poolKey)
        } catch {
            return .noAnswer(error, at: error.isNobodyThere ? address(identity) : nil)
        }
        var answer = Answer(response, url: request.url, duration: response.timings.total)
        let context = JudgingContext(digests: Digests(sha256: CryptoFunctions.sha256), redactor: redactor)
        let mismatches = expectation.mismatches(&answer, context)
        return mismatches.isEmpty ? .passed(response) : .failed(response, mismatches)
    }
}

extension TransportError {
    /// There is no such host, or nobody listens: the address may be wrong.
    var isNobodyThere: Bool { kind == .resolve || kind == .connect }
}
