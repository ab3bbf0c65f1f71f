import Providers
import Tokens

extension ResourceProbe {
    /// A token of the same identity whose time is over.
    static let expiredCredential = ResourceProbe("N-20", .expiredCredential, class: 2) { material in
        guard let expired = material.expiredToken else {
            return .impossible(
                material.credential.token == nil
                    ? "the credential does not expire" : "no expired token of this identity is at hand")
        }
        return material.replacingToken(by: expired, "with a token that has expired")
    }
}
