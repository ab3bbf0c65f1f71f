extension TokenProbe {
    static let unknownGrantType = TokenProbe("T-05", class: 2) { (material) throws(Impossible) in
        var parts = try material.oauthParts()
        parts.set(.member(["grant_type"]), "urn:usher:no-such-grant")
        return [DerivedTokenRequest(sent: "a grant_type that does not exist", request: parts.request)]
    }
}
