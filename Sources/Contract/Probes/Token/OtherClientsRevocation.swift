import Tokens

extension TokenProbe {
    /// RFC 7009 §2.1: a token that was issued to another client stays as it is.
    static let revokeByOtherClient = TokenProbe("REV-08", from: .endpoint, class: 4, spendsTokens: true) {
        (material) throws(Impossible) in
        let other = try material.rival()
        let token = try material.tokenToSpend().access
        try material.requireIntrospection()
        guard other.revokes, let request = try? other.revocation(of: token, hint: "access_token") else {
            throw Impossible("the other client's revocation cannot be built")
        }
        return try material.trial(
            request, sent: "the revocation (giving back) of this client's token, by another client", token: token)
    }
}
