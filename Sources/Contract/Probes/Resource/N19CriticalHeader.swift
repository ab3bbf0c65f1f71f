import JSON

extension ResourceProbe {
    /// A header that must be understood and cannot be (RFC 7515 §4.1.11).
    static let criticalHeader = ResourceProbe("N-19", class: 2) { material in
        material.withJWT { part, jwt in
            let header = jwt.header(("crit", ["usher"]), ("usher", true))
            return material.forged(
                part,
                [("with a token whose header asks for an extension nobody knows", jwt.text(header: header))])
        }
    }
}
