import JSON
import Providers

extension TokenProbe {
    /// RFC 9700 §2.4: the password grant must not be used; a client of another grant has no use for it at all.
    static let forbiddenGrant = TokenProbe("T-06", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.oauthParts()
        guard material.rules.grant != .password else {
            throw Impossible("the provider's own grant is the password grant")
        }
        parts.set(.member(["grant_type"]), "password")
        parts.set("username", .string("usher-nobody"))
        parts.set("password", .string("usher-no-secret"))
        return [
            DerivedTokenRequest(sent: "the grant_type password, with a user who does not exist", request: parts.request)
        ]
    }
}
