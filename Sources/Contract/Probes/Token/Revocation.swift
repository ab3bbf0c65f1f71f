import Tokens

/// Probes of a revocation endpoint (RFC 7009). Those that revoke a token get it for that; the run's own is never one of them.
extension TokenProbe {
    static let revokeByGet = TokenProbe("REV-01", from: .endpoint, class: 2) { (material) throws(Impossible) in
        let request = try material.asGet(try material.revocation(of: material.madeUpToken))
        return [
            DerivedTokenRequest(
                sent: "the revocation (giving back) of a made-up token, as a GET with the token in the URL",
                request: request)
        ]
    }

    /// Nobody can be locked out by it.
    static let revokeAsStranger = TokenProbe("REV-05", from: .endpoint, class: 1) { (material) throws(Impossible) in
        let request = try material.byStranger(try material.revocation(of: material.madeUpToken))
        var derived = DerivedTokenRequest(
            sent: "the revocation (giving back) of a made-up token, by a client that does not exist", request: request)
        derived.keepsCertificate = false
        return [derived]
    }

    /// RFC 7009 §2.2: what was wanted is so.
    static let revokeUnknown = TokenProbe("T-23", from: .endpoint, class: 2) { (material) throws(Impossible) in
        let request = try material.revocation(of: material.madeUpToken)
        return [DerivedTokenRequest(sent: "the revocation (giving back) of a made-up token", request: request)]
    }

    static let revokeNothing = TokenProbe("REV-04", from: .endpoint, class: 2) { (material) throws(Impossible) in
        [
            DerivedTokenRequest(
                sent: "a revocation (giving back) without 'token', so of none",
                request: try material.revocation(of: nil))
        ]
    }

    /// Whether the API hears of it shows by calls before and after.
    static let revoke = revocation("REV-02", "of a token that was got for it", hint: "access_token", isWatched: true)

    /// RFC 7009 §2.1: the server extends its search to the other kinds.
    static let revokeWithWrongHint = revocation(
        "REV-06", "of an access token, with the wrong hint that it is a refresh token", hint: "refresh_token",
        isJudgedByDeath: true)

    /// RFC 7009 §2.2: an invalid hint is ignored.
    static let revokeWithUnknownHint = revocation(
        "REV-07", "of a token, with the invented hint 'usher_unknown'", hint: "usher_unknown", isJudgedByDeath: true)

    private static func revocation(
        _ id: String, _ what: String, hint: String, isJudgedByDeath: Bool = false, isWatched: Bool = false
    ) -> TokenProbe {
        TokenProbe(id, from: .endpoint, class: 4, spendsTokens: true, isWatched: isWatched) {
            (material) throws(Impossible) in
            let token = try material.tokenToSpend().access
            let request = try material.revocation(of: token, hint: hint)
            if isJudgedByDeath { try material.requireIntrospection() }
            return try material.trial(request, sent: "the revocation (giving back) \(what)", token: token)
        }
    }

    /// RFC 7009 §2.1: the access tokens of the same grant should end with it.
    static let revokeRefreshToken = TokenProbe("REV-10", from: .endpoint, class: 4, spendsTokens: true) {
        (material) throws(Impossible) in
        let spare = try material.tokenToSpend()
        guard let refresh = spare.refresh else { throw Impossible("there is no refresh token") }
        let request = try material.revocation(of: refresh, hint: "refresh_token")
        try material.requireIntrospection()
        return try material.trial(
            request, sent: "the revocation (giving back) of a login's refresh token", token: spare.access)
    }
}
