extension TokenProbe {
    /// RFC 6749 §1.5: an access token renews nothing.
    static let accessTokenAsRefresh = TokenProbe("T-16", from: .refresh, class: 3, mayGrant: true) {
        (material) throws(Impossible) in
        guard let token = material.accessToken else { throw Impossible("there is no access token") }
        _ = try material.anyRefreshToken()
        return [
            DerivedTokenRequest(
                sent: "the access token in place of the refresh token",
                request: try material.renewal(with: token).request)
        ]
    }
}
