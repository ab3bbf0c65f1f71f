import Diagnostics
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
        case noAnswer(TransportError)
        /// The call cannot be made: a sentence.
        case impossible(String)
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
        do throws(Diagnostic) {
            let text = try url(verify, credential, scope)
            let request: HTTPRequest
            do throws(CredentialError) {
                request = try self.request(verify, credential, text)
            } catch {
                return .impossible(error.message)
            }
            let expectation = try (verify.expectation ?? Expectation(at: verify.span)).resolved(in: scope)
            return await send(request, identity, expectation)
        } catch {
            return .impossible("the verify call of '\(identity.provider.id)' cannot be made: \(error.title)")
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

    private func url(_ verify: VerifyRequest, _ credential: Credential, _ scope: Scope) throws(Diagnostic) -> String {
        let text = try verify.url.text(scope).text
        return text.hasPrefix("/") ? (credential.baseURL ?? "") + text : text
    }

    private func request(
        _ verify: VerifyRequest, _ credential: Credential, _ text: String
    ) throws(CredentialError) -> HTTPRequest {
        guard let url = try? HTTPURL(parsing: text) else {
            throw CredentialError(
                .profile, identity: credential.identity,
                "the URL of the verify call of '\(credential.identity)' is none")
        }
        var request = HTTPRequest(verify.method, url, maxBody: 1 << 20)
        try credential.apply(to: &request)
        return request
    }

    private func send(
        _ request: HTTPRequest, _ identity: BoundIdentity, _ expectation: ResolvedExpectation
    ) async -> Outcome {
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await transport.send(request, pool: identity.poolKey)
        } catch {
            return .noAnswer(error)
        }
        var answer = Answer(response, url: request.url, duration: response.timings.total)
        let context = JudgingContext(digests: Digests(sha256: CryptoFunctions.sha256), redactor: redactor)
        let mismatches = expectation.mismatches(&answer, context)
        return mismatches.isEmpty ? .passed(response) : .failed(response, mismatches)
    }
}
