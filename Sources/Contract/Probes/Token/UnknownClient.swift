extension TokenProbe {
    /// RFC 6749 §5.2: an unknown client is `invalid_client`. Nobody can be locked out by it.
    static let unknownClient = TokenProbe("T-02", class: 3) { (material) throws(Impossible) in
        var derived = DerivedTokenRequest(
            sent: "the token request of a client that does not exist", request: try material.strangersLogin().request)
        derived.keepsCertificate = false
        return [derived]
    }
}
