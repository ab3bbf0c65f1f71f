import Tokens

extension ResourceProbe {
    /// A token that is good elsewhere (RFC 9068 §4, RFC 8725 §3.8). A read with somebody's valid credential, as calls of
    /// `access` are.
    static let otherIssuer = ResourceProbe("N-23", class: 2) { material in
        switch material.foreignToken {
        case .missing(let reason): return .impossible(reason)
        case .genuine(let token, let owner):
            if material.credential.isSigned {
                return .impossible(
                    "each call is signed, and a token that does not belong to the key is refused for that")
            }
            return material.replacingToken(by: token, "with the token of \(owner), which another token service gave")
        }
    }
}
