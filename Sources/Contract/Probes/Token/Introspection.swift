import Secrets

/// Probes of an introspection endpoint (RFC 7662). The tokens asked about are made up, or of the login before the probes.
extension TokenProbe {
    /// RFC 7662 §2.1: the endpoint must require authorization, or tokens could be tried out.
    static let introspectAnonymous = TokenProbe("T-24", from: .endpoint, class: 1) { (material) throws(Impossible) in
        let request = try material.withoutClient(try material.introspection(of: material.madeUpToken))
        var derived = DerivedTokenRequest(
            sent: "the question whether a made-up token is alive (introspection), without credential", request: request)
        derived.keepsCertificate = false
        return [derived]
    }

    static let introspectByGet = TokenProbe("INT-01", from: .endpoint, class: 2) { (material) throws(Impossible) in
        let request = try material.asGet(try material.introspection(of: material.madeUpToken))
        return [
            DerivedTokenRequest(
                sent: "the question whether a made-up token is alive (introspection), as a GET", request: request)
        ]
    }

    /// The ordinary question.
    static let introspect = TokenProbe("INT-03", from: .endpoint, class: 2) { (material) throws(Impossible) in
        let request = try material.introspection(of: try material.token())
        return [
            DerivedTokenRequest(sent: "the question whether a good token is alive (introspection)", request: request)
        ]
    }

    static let introspectUnknown = TokenProbe("INT-05", from: .endpoint, class: 2) { (material) throws(Impossible) in
        let request = try material.introspection(of: material.madeUpToken)
        return [
            DerivedTokenRequest(sent: "the question whether a made-up token is alive (introspection)", request: request)
        ]
    }

    /// RFC 7662 §2.1: the server extends its search to the other kinds.
    static let introspectWithWrongHint = TokenProbe("INT-10", from: .endpoint, class: 2) {
        (material) throws(Impossible) in
        let request = try material.introspection(of: try material.token(), hint: "refresh_token")
        return [
            DerivedTokenRequest(
                sent:
                    "the question whether a good access token is alive, with the wrong hint that it is a refresh token",
                request: request)
        ]
    }
}

extension TokenProbeMaterial {
    fileprivate func token() throws(Impossible) -> Secret {
        guard let accessToken else { throw Impossible("there is no token") }
        return accessToken
    }
}
