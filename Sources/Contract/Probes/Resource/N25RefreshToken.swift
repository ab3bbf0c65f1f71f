import Providers

extension ResourceProbe {
    /// The token that only the token service should take (RFC 6749 §1.5).
    static let refreshToken = ResourceProbe("N-25", .refreshToken, class: 2) { material in
        guard let refresh = material.refreshToken else { return .impossible("the identity has no refresh token") }
        return material.replacingToken(by: refresh, "with the refresh token in place of the access token")
    }
}
