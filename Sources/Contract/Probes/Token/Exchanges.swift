import JSON
import Providers
import Secrets
import Tokens

/// Probes of token exchange (RFC 8693 §2.1).
extension TokenProbe {
    static let exchangeOfMadeUpToken = TokenProbe("EXC-03", class: 3) { (material) throws(Impossible) in
        var requests: [DerivedTokenRequest] = []
        for name in ["subject_token", "actor_token"] {
            var parts = try material.exchangeParts()
            guard let token = parts.text(name), !token.isEmpty else { continue }
            let madeUp = Secret(MadeUp.secret(like: token), label: "\(material.identity.name).madeUpToken")
            parts.set(.member([name]), madeUp.reveal())
            requests.append(
                DerivedTokenRequest(
                    sent: "the exchange of a made-up token (\(name)) for another", request: parts.request))
        }
        guard !requests.isEmpty else { throw Impossible("the exchange names no subject_token") }
        return requests
    }

    static let exchangeWithoutToken = TokenProbe("EXC-04", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var requests: [DerivedTokenRequest] = []
        for name in ["subject_token", "subject_token_type"] {
            var parts = try material.exchangeParts()
            guard parts.text(name) != nil else { throw Impossible("the ordinary exchange has no \(name)") }
            parts.remove(.member([name]))
            requests.append(DerivedTokenRequest(sent: "an exchange of tokens without \(name)", request: parts.request))
        }
        return requests
    }

    /// RFC 8693 §2.1: `actor_token_type` is required with `actor_token`, and must not be there without it. The subject's token
    /// stands for the actor's where there is none: a made-up one would be refused for itself.
    static let exchangeWithHalfAnActor = TokenProbe("EXC-05", class: 2, mayGrant: true) {
        (material) throws(Impossible) in
        var token = try material.exchangeParts()
        token.remove(.member(["actor_token_type"]))
        if token.text("actor_token") == nil {
            token.set("actor_token", .string(token.text("subject_token") ?? ""))
        }
        var kind = try material.exchangeParts()
        kind.remove(.member(["actor_token"]))
        kind.set("actor_token_type", "urn:ietf:params:oauth:token-type:access_token")
        return [
            DerivedTokenRequest(
                sent: "an exchange of tokens with an actor_token, but without actor_token_type", request: token.request),
            DerivedTokenRequest(
                sent: "an exchange of tokens with an actor_token_type, but without actor_token", request: kind.request),
        ]
    }

    static let exchangeForNobody = TokenProbe("EXC-06", class: 2, mayGrant: true) { (material) throws(Impossible) in
        var parts = try material.exchangeParts()
        parts.set("audience", "https://usher.invalid/no-such-audience")
        return [
            DerivedTokenRequest(
                sent: "an exchange of tokens for an API that does not exist (audience)", request: parts.request)
        ]
    }
}

extension TokenProbeMaterial {
    /// Those of a new exchange.
    fileprivate func exchangeParts() throws(Impossible) -> TokenRequestParts {
        guard rules.grant == .tokenExchange else { throw Impossible("the login is no token exchange") }
        return try loginParts()
    }
}
