extension ResourceRuleCheck {
    /// What one good request of one identity cannot show: the reasons.
    static let setUp: [ResourceRuleCheck] = [
        untried("RES-27", "it takes calls of the API with a revoked token, and that of the run is not revoked"),
        untried("RES-29", "it takes a genuine token of another issuer, and this version asks for none"),
        untried("RES-31", "it takes an ID token of the same login, and this version keeps none"),
    ]
}
