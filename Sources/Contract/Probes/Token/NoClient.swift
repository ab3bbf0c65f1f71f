extension TokenProbe {
    /// RFC 6749 §5.2: no client authentication included is `invalid_client`.
    static let noClient = TokenProbe("T-03", class: 1) { (material) throws(Impossible) in
        var parts = try material.loginParts()
        for place in try material.credential().all { parts.remove(place) }
        if parts.hasBasic { parts.removeBasic() }
        var derived = DerivedTokenRequest(sent: "the token request without credential", request: parts.request)
        derived.keepsCertificate = false
        return [derived]
    }
}
