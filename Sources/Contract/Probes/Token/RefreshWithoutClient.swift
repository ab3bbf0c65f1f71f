import Providers
import Tokens

extension TokenProbe {
    /// RFC 6749 §6: a client with credentials must authenticate.
    static let refreshWithoutClient = TokenProbe("T-21", from: .refresh, class: 2, mayGrant: true) {
        (material) throws(Impossible) in
        let token = try material.liveRefreshToken()
        let auth = material.identity.clientAuth
        var parts = try material.renewal(with: token)
        guard material.rules.grant.isOAuth, auth.method != .none else {
            throw Impossible("the provider documents no client authentication for renewals")
        }
        for name in [auth.secretField, "client_assertion", "client_assertion_type"] { parts.remove(.member([name])) }
        if let id = parts.text(.basicID) {
            parts.removeBasic()
            parts.set(.member([auth.idField]), id)
        }
        var derived = DerivedTokenRequest(sent: "a renewal without the client's secret", request: parts.request)
        derived.keepsCertificate = false
        return [derived]
    }
}
