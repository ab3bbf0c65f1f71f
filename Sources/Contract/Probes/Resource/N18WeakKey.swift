extension ResourceProbe {
    /// A key that samples and tutorials use: looked for without a request, then proved with one.
    static let weakKey = ResourceProbe("N-18", class: 2) { material in
        material.withJWT { part, jwt in
            guard jwt.isHashed else { return .impossible("the token is not signed with a shared key") }
            guard let key = WeakKeys.all.first(where: { Forgery.isKey(Array($0.utf8), of: jwt) }) else {
                return .impossible("none of \(WeakKeys.all.count) well-known keys signs the token")
            }
            let (claims, name) = jwt.claims.raised
            let token = Forgery.hashed(jwt, header: jwt.header, claims: claims, key: Array(key.utf8))
            return material.forged(
                part, [("with more in the token's claim '\(name)', signed anew with a key out of a tutorial", token)])
        }
    }
}

/// Keys of samples, tutorials and defaults.
enum WeakKeys {
    static let all = [
        "", "secret", "Secret", "SECRET", "password", "changeme", "change-me", "key", "jwt", "jwt-secret", "jwt_secret",
        "jwtsecret", "secretkey", "secret-key", "secret_key", "mysecret", "my-secret", "mysecretkey", "my-secret-key",
        "supersecret", "super-secret", "your-256-bit-secret", "your-384-bit-secret", "your-512-bit-secret",
        "your-secret-key", "your_secret_key", "a-string-secret-at-least-256-bits-long", "test", "test-secret", "demo",
        "dev", "development", "admin", "default", "token", "private", "example", "example_key", "example-secret",
        "123456", "1234567890", "0123456789", "qwerty", "hello", "hmac", "null", "undefined", "none", "shhhhh",
        "shhhhhared-secret", "keyboard cat",
    ]
}
