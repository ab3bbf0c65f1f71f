import Secrets
import Tokens

extension TokenProbe {
    static let alteredRefreshToken = TokenProbe("T-17", from: .refresh, class: 3) { (material) throws(Impossible) in
        let token = try material.anyRefreshToken()
        let altered = Secret(MadeUp.altered(token.reveal()), label: "\(material.identity.name).alteredRefreshToken")
        var derived = DerivedTokenRequest(
            sent: "the refresh token with one character changed", request: try material.renewal(with: altered).request)
        derived.made = [altered]
        return [derived]
    }
}
