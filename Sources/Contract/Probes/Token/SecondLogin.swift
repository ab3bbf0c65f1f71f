extension TokenProbe {
    /// The control after the probes: refusals count only if the ordinary request still works. Its token is the second one
    /// in a row.
    static let secondLogin = TokenProbe("T-27", from: .ordinary, class: 2, mayGrant: true) { (material) in
        [DerivedTokenRequest(sent: "the ordinary token request once more", request: material.login)]
    }
}
