import Contract
import HTTP
import Secrets
import Tokens

/// Sends requests that should be refused, on connections of their own: no probe inherits one that a good credential
/// opened. Follows no redirect, repeats nothing.
struct ProbeSender: Sendable {
    let context: RunContext
    /// Whose credential is broken; names the connections.
    let identity: BoundIdentity

    func send(_ derived: DerivedRequest) async -> ProbeExchange {
        var request = derived.request
        request.bodyUse = .keep
        register(request)
        let pool = PoolKey(
            identity: "probe of \(identity.name)", tls: derived.keepsCertificate ? identity.poolKey.tls : nil,
            policy: identity.poolKey.policy)
        let answer: Result<HTTPResponse, TransportError>
        do throws(TransportError) {
            answer = .success(try await context.transport.send(request, pool: pool))
        } catch {
            answer = .failure(error)
        }
        if case .success(let response) = answer { context.freshSecrets.registerTokens(in: response.body) }
        return ProbeExchange(sent: derived.sent, request: request, answer: answer)
    }

    /// Half of a token is a secret too, and the redactor knows only whole ones. What was made up is none.
    private func register(_ request: HTTPRequest) {
        for field in request.headers where field.isSensitive {
            for word in field.value.split(separator: " ") where word.utf8.count >= 12 && !FakeCredential.isMade(word) {
                context.redactor.register(String(word), label: "\(identity.name).probe")
            }
        }
        for pair in (request.url.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, request.sensitiveQuery.contains(String(parts[0])) else { continue }
            context.redactor.register(String(parts[1]), label: "\(identity.name).probe")
        }
    }
}
