import JSON

extension ResourceProbe {
    /// A token that says where its key is; the host cannot exist (RFC 2606 §2), so that nobody is called.
    static let linkedKey = ResourceProbe("N-16", class: 5) { material in
        material.withJWT { part, jwt in
            let tokens = ["jku", "x5u"].compactMap { name -> (sent: String, token: String)? in
                let header = jwt.header(("alg", "ES256"), (name, "https://keys.usher.invalid/keys.json"))
                return Forgery.signed(jwt, header: header).map {
                    ("with a token signed by a key of our own, to which '\(name)' in its header points", $0)
                }
            }
            return material.forged(part, tokens).orImpossible("the token's claims cannot be signed anew")
        }
    }
}
