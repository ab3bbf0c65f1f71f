import JSON
import Providers
import Tokens

extension TokenProbe {
    static let unknownScope = "usher-no-such-scope"

    /// RFC 6749 §3.3, §5.2.
    static let invalidScope = TokenProbe("T-07", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.loginParts()
        let scope = material.rules.scope
        guard material.rules.grant.isOAuth || !material.identity.scope.isEmpty else {
            throw Impossible("the provider's login asks for no scope")
        }
        parts.set(
            scope.field,
            scope.form == .array && parts.carrier == .json ? [.string(unknownScope)] : .string(unknownScope))
        return [DerivedTokenRequest(sent: "a scope that does not exist", request: parts.request)]
    }
}
