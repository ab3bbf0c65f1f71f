import JSON
import Providers
import Tokens

extension TokenProbe {
    /// RFC 6749 §6: the scope must not include any that was not granted.
    static let widerScope = TokenProbe("T-20", from: .refresh, class: 3, mayGrant: true) {
        (material) throws(Impossible) in
        let token = try material.liveRefreshToken()
        var parts = try material.renewal(with: token)
        guard material.rules.grant.isOAuth else { throw Impossible("the renewal has no scope, it is no OAuth request") }
        let scope = material.identity.scope + [unknownScope]
        parts.set("scope", .string(scope.joined(separator: material.rules.scope.separator)))
        return [DerivedTokenRequest(sent: "a renewal that asks for a scope never granted", request: parts.request)]
    }
}
