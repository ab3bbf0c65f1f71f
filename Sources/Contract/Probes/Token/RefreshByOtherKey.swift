import Providers
import Tokens

extension TokenProbe {
    /// RFC 9449 §5: the refresh token of a client that shows itself by nothing else is bound to its key. A service may take
    /// the attempt for theft and end the session, so it is one that was begun for this.
    static let refreshByOtherKey = TokenProbe("POP-09", from: .refresh, class: 4, mayGrant: true, spendsTokens: true) {
        (material) throws(Impossible) in
        guard material.identity.proof != nil else { throw Impossible("the identity proves no key") }
        guard material.identity.clientAuth.method == .none else { throw Impossible("the client has a secret") }
        guard let token = try material.tokenToSpend().refresh else { throw Impossible("there is no refresh token") }
        let request = try material.renewal(with: token).request
        return [
            DerivedTokenRequest(sent: "a renewal \(ProofFault.key.phrase)", request: request, fault: .key),
            DerivedTokenRequest(sent: "the same renewal with a proof by the right key", request: request),
        ]
    }
}
