extension ResourceRuleCheck {
    /// What one good request of one identity cannot show: the reasons.
    static let setUp: [ResourceRuleCheck] = [
        untried("RES-29", "it takes a genuine token of another issuer, and this version asks for none")
    ]
}
