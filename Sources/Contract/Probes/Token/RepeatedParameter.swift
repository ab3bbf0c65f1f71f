extension TokenProbe {
    /// RFC 6749 §3.2: parameters must not be included more than once.
    static let repeatedParameter = TokenProbe("T-08", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.oauthParts()
        guard parts.carrier != .json else { throw Impossible("a member of a JSON object stands once") }
        parts.repeatMember("grant_type")
        return [DerivedTokenRequest(sent: "grant_type twice, with the same value", request: parts.request)]
    }
}
