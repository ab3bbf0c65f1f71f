import JSON

extension TokenProbe {
    /// RFC 6749 §3.2: unrecognised parameters must be ignored.
    static let unknownParameter = TokenProbe("T-10", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.loginParts()
        parts.set("usher_unknown", "1")
        return [DerivedTokenRequest(sent: "one more parameter, usher_unknown", request: parts.request)]
    }
}
