extension TokenProbe {
    /// An ordinary renewal with the refresh token that the first one gave: what that one allows shows in what it gets
    /// (RFC 6749 §6).
    static let secondRenewal = TokenProbe("REF-05", from: .refresh, class: 2, mayGrant: true) {
        (material) throws(Impossible) in
        let newest = try material.liveRefreshToken()
        guard let used = material.usedRefreshToken else { throw Impossible("no refresh token has been used") }
        guard newest != used else { throw Impossible("the renewal gave no new refresh token") }
        return [
            DerivedTokenRequest(
                sent: "a renewal with the refresh token that the first renewal gave",
                request: try material.renewal(with: newest).request)
        ]
    }
}
