import JSON

extension ResourceProbe {
    /// A token that brings the key it is signed with (RFC 8725 §3.10).
    static let ownKey = ResourceProbe("N-15", class: 2) { material in
        material.withJWT { part, jwt in
            let header = jwt.header(("alg", "ES256"), ("jwk", Forgery.publicKey))
            guard let token = Forgery.signed(jwt, header: header) else {
                return .impossible("the token's claims cannot be signed anew")
            }
            return material.forged(
                part, [("with a token signed by a key of our own, which stands in its header", token)])
        }
    }
}
