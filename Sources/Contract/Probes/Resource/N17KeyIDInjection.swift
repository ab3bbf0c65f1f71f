import JSON

extension ResourceProbe {
    /// The name of the key as a path to an empty file, and as SQL that yields a key we know.
    static let keyIDInjection = ResourceProbe("N-17", class: 5) { material in
        material.withJWT { part, jwt in
            let path = jwt.header(("alg", "HS256"), ("kid", "../../../../../../../../dev/null"))
            let query = jwt.header(("alg", "HS256"), ("kid", "usher' UNION SELECT 'usher' -- "))
            return material.forged(
                part,
                [
                    (
                        "with a token whose key's name is a path to an empty file",
                        Forgery.hashed(jwt, header: path, key: [])
                    ),
                    (
                        "with a token whose key's name is a database query",
                        Forgery.hashed(jwt, header: query, key: Array("usher".utf8))
                    ),
                ])
        }
    }
}
