extension TokenProbe {
    /// Half a credential is none.
    static let missingLoginField = TokenProbe("T-26", class: 2) { (material) throws(Impossible) in
        let places = try material.credential().all
        guard places.count > 1 else { throw Impossible("the credential has one part only") }
        var requests: [DerivedTokenRequest] = []
        for place in places {
            var half = try material.loginParts()
            half.remove(place)
            requests.append(
                DerivedTokenRequest(sent: "the token request without \(phrase(place))", request: half.request))
        }
        return requests
    }

    private static func phrase(_ place: TokenRequestParts.Place) -> String {
        switch place {
        case .basicID: "the client's id in Basic"
        case .basicSecret: "the client's secret in Basic"
        case .member(let path): path.joined(separator: ".")
        }
    }
}
