extension TokenProbe {
    /// Tells echo, sliding and rotation apart (RFC 9700 §4.14.2): the used refresh token again, then the newest. May end
    /// the session, which is the probes' own.
    static let usedRefreshToken = TokenProbe("T-19", from: .refresh, class: 4, documented: 2, mayGrant: true) {
        (material) throws(Impossible) in
        let newest = try material.liveRefreshToken()
        guard let used = material.usedRefreshToken else { throw Impossible("no refresh token has been used") }
        let again = DerivedTokenRequest(
            sent: "the refresh token that was used before", request: try material.renewal(with: used).request)
        if used == newest { return [again] }
        return [
            again,
            DerivedTokenRequest(sent: "the newest refresh token", request: try material.renewal(with: newest).request),
        ]
    }
}
