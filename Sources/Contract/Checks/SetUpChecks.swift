extension ResourceRuleCheck {
    /// What one good request of one identity cannot show: the reasons.
    static let setUp: [ResourceRuleCheck] = [
        untestable("RES-10", "it takes an identity with a smaller scope; write one into 'access'"),
        untestable("RES-19", "it takes a valid credential that is not enough; write one into 'access'"),
        untestable("RES-20", "it takes an object of another identity; write 'own' into 'access'"),
        untestable("RES-27", "it takes a token that is revoked, and this version revokes none"),
        untestable("RES-28", "it takes a genuine token for another audience, and this version asks for none"),
        untestable("RES-29", "it takes a genuine token of another issuer, and this version asks for none"),
        untestable("RES-31", "it takes an ID token of the same login, and this version keeps none"),
    ]

    private static func untestable(_ id: String, _ reason: String) -> ResourceRuleCheck {
        ResourceRuleCheck(id) { _ in .notTestable(reason) }
    }
}
