package import HTTP
import Secrets
package import Tokens

/// A call that the API let pass in this run, ready to be repeated with another token of the same identity: so a token
/// service's doings with a token show at the API.
package struct ControlCall: Sendable {
    /// Every placeholder filled, no credential applied; changes nothing on the server.
    let request: HTTPRequest
    let credential: Credential

    package init(request: HTTPRequest, credential: Credential) {
        self.request = request
        self.credential = credential
    }

    /// The token that the run's own calls go with.
    var token: Secret? { credential.token?.value }

    /// nil where the credential is no token that could be exchanged for another.
    func request(with token: Secret, of identity: BoundIdentity) -> HTTPRequest? {
        let material = ProbeMaterial(request: request, credential: credential, identity: identity)
        guard credential.token != nil,
            case .requests(let derived) = material.replacingToken(by: token, "with that token"),
            var call = derived.first?.request
        else { return nil }
        call.bodyUse = .keep
        return call
    }
}
