import JSON

extension ResourceProbe {
    /// HMAC with the issuer's public key as the shared one (RFC 8725 §2.1): everybody has it.
    static let keyConfusion = ResourceProbe("N-14", class: 2) { material in
        material.withJWT { part, jwt in
            guard jwt.isAsymmetric else { return .impossible("no public key belongs to the token's algorithm") }
            let keys = material.publicKeys + (jwt.header["jwk"].map { [$0.text()] } ?? [])
            guard !keys.isEmpty else { return .impossible("the public key of the token's issuer is not known") }
            return material.forged(
                part,
                keys.map { key in
                    (
                        "with a token signed anew by HS256, the issuer's public key as the secret",
                        Forgery.hashed(jwt, header: jwt.header, key: Array(key.utf8))
                    )
                })
        }
    }
}
