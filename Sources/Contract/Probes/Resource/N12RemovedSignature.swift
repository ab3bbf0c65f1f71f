import Providers

extension ResourceProbe {
    /// The token without its signature, with the last dot and without.
    static let removedSignature = ResourceProbe("N-12", .unsignedToken, class: 2) { material in
        material.withJWT { part, jwt in
            let rest = jwt.headerText + "." + jwt.claimsText
            return material.forged(
                part,
                [
                    ("with the token's signature removed", rest + "."),
                    ("with the token's signature and the dot before it removed", rest),
                ])
        }
    }
}
