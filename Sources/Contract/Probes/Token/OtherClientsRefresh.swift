import HTTP
import Providers
import Tokens

extension TokenProbe {
    /// A refresh token of this client, sent with the credentials of another one (RFC 6749 §6, §10.4). A service may take
    /// that for theft and end the session, so it is one that was begun for this.
    static let otherClientsRefresh = TokenProbe("T-18", from: .refresh, class: 4, mayGrant: true, spendsTokens: true) {
        (material) throws(Impossible) in
        guard material.rules.grant.isOAuth else {
            throw Impossible("the renewal shows no client, it is no OAuth request")
        }
        let other = try material.rival()
        guard let token = try material.tokenToSpend().refresh else { throw Impossible("there is no refresh token") }
        guard let request = try? other.renewal(with: token) else {
            throw Impossible("the other client's renewal cannot be built")
        }
        return [
            DerivedTokenRequest(sent: "a new refresh token with the credentials of another client", request: request)
        ]
    }
}

extension TokenProbeMaterial {
    /// Another client of the same service, which tries its hand at tokens of this one.
    func rival() throws(TokenProbe.Impossible) -> TokenServiceRequests {
        guard identity.poolKey.tls == nil else {
            throw TokenProbe.Impossible("clients of this service show themselves by certificates")
        }
        guard let otherClient else {
            throw TokenProbe.Impossible("no identity of a second client of this service takes part in the run")
        }
        return otherClient
    }
}
