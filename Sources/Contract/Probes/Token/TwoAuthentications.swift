import Providers
import Secrets
import Tokens

extension TokenProbe {
    /// RFC 6749 §2.3: not more than one authentication method in each request; §2.3.1: Basic must be supported for
    /// clients with a password.
    static let twoAuthentications = TokenProbe("T-13", class: 2, mayGrant: true) { (material) throws(Impossible) in
        let parts = try material.oauthParts()
        let auth = material.identity.clientAuth
        switch auth.method {
        case .basic:
            guard let id = parts.text(.basicID), let secret = parts.text(.basicSecret) else { break }
            var both = parts
            both.set(.member([auth.idField]), id)
            both.set(.member([auth.secretField]), secret)
            return [DerivedTokenRequest(sent: "the client's secret in Basic and in the body", request: both.request)]
        case .body:
            guard let id = parts.text(auth.idField), let secret = parts.text(auth.secretField) else { break }
            var both = parts
            both.addBasic(id: id, secret: secret)
            var alone = both
            alone.remove(.member([auth.idField]))
            alone.remove(.member([auth.secretField]))
            return [
                derived("the client's secret in the body and in Basic", both, material),
                derived("the client's secret in Basic instead of the body", alone, material),
            ]
        case .none, .privateKeyJWT, .clientSecretJWT, .tls: break
        }
        throw Impossible("the client has no secret of RFC 6749 §2.3.1")
    }

    private static func derived(
        _ sent: String, _ parts: TokenRequestParts, _ material: TokenProbeMaterial
    ) -> DerivedTokenRequest {
        var derived = DerivedTokenRequest(sent: sent, request: parts.request)
        derived.made = parts.basicPair.map { [Secret($0, label: "\(material.identity.name).basic")] } ?? []
        return derived
    }
}
