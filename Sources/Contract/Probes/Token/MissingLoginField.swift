extension TokenProbe {
    /// Half a credential is none.
    static let missingLoginField = TokenProbe("T-26", class: 2) { (material) throws(Impossible) in
        let parts = try material.loginParts()
        let places = try material.credential().all
        guard places.count > 1 else { throw Impossible("the credential has one part only") }
        return places.map { place in
            var half = parts
            half.remove(place)
            return DerivedTokenRequest(sent: "the token request without \(phrase(place))", request: half.request)
        }
    }

    private static func phrase(_ place: TokenRequestParts.Place) -> String {
        switch place {
        case .basicID: "the client's id in Basic"
        case .basicSecret: "the client's secret in Basic"
        case .member(let path): path.joined(separator: ".")
        }
    }
}
