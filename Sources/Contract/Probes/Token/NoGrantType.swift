extension TokenProbe {
    /// RFC 6749 §5.2: a missing required parameter is `invalid_request`.
    static let noGrantType = TokenProbe("T-04", class: 2) { (material) throws(Impossible) in
        var parts = try material.oauthParts()
        parts.remove(.member(["grant_type"]))
        return [DerivedTokenRequest(sent: "the token request without grant_type", request: parts.request)]
    }
}
