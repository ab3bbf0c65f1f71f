import JSON

extension TokenProbe {
    /// RFC 6749 §3.2: a parameter without a value is treated as if it were left out.
    static let emptyParameter = TokenProbe("T-09", class: 2, mayGrant: true) { (material) throws(Impossible) in
        let parts = try material.oauthParts()
        var required = parts
        required.set(.member(["grant_type"]), "")
        let name = parts.text("scope") == nil ? "scope" : "resource"
        var optional = parts
        optional.set(name, "")
        return [
            DerivedTokenRequest(sent: "an empty grant_type", request: required.request),
            DerivedTokenRequest(sent: "an empty \(name)", request: optional.request),
        ]
    }
}
