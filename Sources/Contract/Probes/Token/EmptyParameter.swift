import JSON

extension TokenProbe {
    /// RFC 6749 §3.2: a parameter without a value is treated as if it were left out.
    static let emptyParameter = TokenProbe("T-09", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var required = try material.oauthParts()
        required.set(.member(["grant_type"]), "")
        var optional = try material.oauthParts()
        let name = optional.text("scope") == nil ? "scope" : "resource"
        optional.set(name, "")
        return [
            DerivedTokenRequest(sent: "an empty grant_type", request: required.request),
            DerivedTokenRequest(sent: "an empty \(name)", request: optional.request),
        ]
    }
}
