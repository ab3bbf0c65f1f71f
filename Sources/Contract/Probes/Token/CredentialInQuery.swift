import HTTP
import Providers
import Secrets
import Tokens

extension TokenProbe {
    /// RFC 6749 §2.3.1: the parameters must not be included in the request URI.
    static let credentialInQuery = TokenProbe("T-12", class: 1) { (material) throws(Impossible) in
        let stranger = try material.strangersLogin()
        guard stranger.carrier != .query else { throw Impossible("the provider's credential stands in the URL") }
        var parts = stranger
        let credential = try material.credential()
        let members = credential.all.compactMap { place -> (String, String)? in
            guard let text = stranger.text(place) else { return nil }
            switch place {
            case .basicID: return (material.identity.clientAuth.idField, text)
            case .basicSecret: return (material.identity.clientAuth.secretField, text)
            case .member(let path): return (path.last ?? "", text)
            }
        }
        for place in credential.all { parts.remove(place) }
        if parts.hasBasic { parts.removeBasic() }
        var request = parts.request
        for (name, text) in members {
            request.url.appendQuery("\(PercentEncoding.encode(name))=\(PercentEncoding.encode(text))")
        }
        return [
            DerivedTokenRequest(sent: "the credential of a client that does not exist in the URL", request: request)
        ]
    }
}
