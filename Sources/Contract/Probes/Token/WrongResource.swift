import JSON
import Providers

extension TokenProbe {
    /// RFC 8707 §2: a resource is an absolute URI without fragment; another one is `invalid_target`.
    static let wrongResource = TokenProbe("T-15", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.loginParts()
        if parts.text("resource") == nil, parts.text("audience") != nil {
            parts.set("audience", "https://usher.invalid/no-such-audience")
            return [DerivedTokenRequest(sent: "an audience that does not exist", request: parts.request)]
        }
        guard material.rules.grant.isOAuth else { throw Impossible("the provider's login names no audience") }
        parts.set("resource", "not-absolute#fragment")
        return [DerivedTokenRequest(sent: "a resource that is no absolute URI", request: parts.request)]
    }
}
