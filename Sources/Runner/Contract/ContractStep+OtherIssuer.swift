import Contract
import Expectations
import HTTP
import Secrets
import Templates
import Tokens
import Workspace

/// RES-29 needs a token of an issuer that the API has nothing to do with. A credential goes only where its own provider lets
/// it, and whether an API trusts a second issuer is for `access` to say.
extension ContractStep {
    /// Of the first such identity by name; asks for its token, as calls of `access` do.
    func foreignToken(_ identity: BoundIdentity, _ credential: Credential, _ url: HTTPURL) async -> ForeignToken {
        guard let own = TokenIssuer(of: credential, identity) else {
            return .missing("no token service gave the credential")
        }
        var reason = "no identity of another issuer takes part in the run whose secrets may go to \(url.host)"
        for other in strangers(to: identity, url) {
            guard let grant = try? await context.credentials.grant(of: other.name), let token = grant.credential.token,
                TokenIssuer(of: grant.credential, other)?.differs(from: own) == true
            else { continue }
            guard let objection = objection(to: other, url) else { return .genuine(token.value, of: other.name) }
            reason = objection
        }
        return .missing(reason)
    }

    /// Whether both have tokens, of two issuers.
    func isForeign(_ other: BoundIdentity, to identity: BoundIdentity) async -> Bool {
        guard let own = try? await context.credentials.grant(of: identity.name),
            let theirs = try? await context.credentials.grant(of: other.name),
            let issuer = TokenIssuer(of: own.credential, identity)
        else { return false }
        return TokenIssuer(of: theirs.credential, other)?.differs(from: issuer) ?? false
    }

    /// Whether this request is the one to try it on: its `access` keeps out somebody who may be a stranger, or that of no
    /// request does.
    func isAboutIssuers(_ identity: BoundIdentity, _ url: HTTPURL) -> Bool {
        let strangers = strangers(to: identity, url).map(\.name)
        func keepsOut(_ request: PlannedRequest) -> Bool {
            strangers.contains { request.callers.contains($0) && isKeptOut($0, of: request) }
        }
        return keepsOut(planned)
            || !runner.planned.requests.contains {
                $0.isSafe && $0.skip == nil && $0.sender.name == identity.name && keepsOut($0)
            }
    }

    /// Those whose own providers let their secrets go there, over a connection that is trusted as theirs are.
    private func strangers(to identity: BoundIdentity, _ url: HTTPURL) -> [BoundIdentity] {
        context.identities.bound.filter { other in
            other.name != identity.name && other.rules != nil && other.guardedHosts.objection(to: url) == nil
                && other.poolKey.policy == identity.poolKey.policy
        }.sorted { $0.name < $1.name }
    }

    /// Why that identity may be a rightful caller; completes "skipped: …".
    private func objection(to other: BoundIdentity, _ url: HTTPURL) -> String? {
        guard runner.planned.requests.allSatisfy({ isKeptOut(other.name, of: $0) }) else {
            return "'access' lets '\(other.name)' in, whose tokens are of another issuer"
        }
        guard other.apiHost == url.host, !planned.callers.contains(other.name) else { return nil }
        return
            "'\(other.name)' has tokens of another issuer and calls \(url.host) too; it takes a request whose 'access' "
            + "keeps it out"
    }

    /// True where the request's `access` does not speak of it; only requests that do are looked into.
    private func isKeptOut(_ name: String, of request: PlannedRequest) -> Bool {
        guard request.callers.contains(name) else { return true }
        let cases = RequestCases(
            request.request.contract, sender: request.sender.name, provider: nil,
            environment: context.identities.environment)
        return cases.access.filter { $0.caller == name }.allSatisfy(\.cell.isRefusal)
    }
}

extension TokenIssuer {
    fileprivate init?(of credential: Credential, _ identity: BoundIdentity) {
        guard let token = credential.token else { return nil }
        self.init(of: token.value, from: identity.tokenHost)
    }
}

extension RequestContract.Access {
    /// Not where somebody is let in, if only to see nothing; nor where that shows in the run alone.
    fileprivate var isRefusal: Bool {
        switch self {
        case .deny: return true
        case .allow, .own: return false
        case .expectation(let given):
            guard let resolved = try? given.resolved(in: Scope(functions: FunctionTable([]))) else { return false }
            return !(200...299).contains(where: resolved.status.contains)
        }
    }
}
