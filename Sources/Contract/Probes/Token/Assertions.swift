import HTTP
import Providers
import Secrets
import Tokens

/// Probes of signed assertions (RFC 7523 §3): signed with the real key, one claim wrong. They guess nothing, so they are
/// not counted against the failed logins of a run; that with a wrong signature is. A service that counts whatever it
/// refuses still sees no two in a row (`isRefusal`).
extension TokenProbe {
    static let assertionLacking = TokenProbe("AST-01", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        var requests: [DerivedTokenRequest] = []
        let facts = [
            ("iss", "by whom"), ("sub", "about whom"), ("aud", "for which service"), ("exp", "until when"),
        ]
        for (claim, meaning) in facts {
            let sent = "the token request with a signed assertion without \(claim) (\(meaning))"
            requests.append(try material.assertion(sent, .without(claim: claim)))
        }
        return requests
    }

    static let assertionEnded = TokenProbe("AST-02", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        [try material.assertion("the token request with a signed assertion that ended an hour ago", .end(-3600))]
    }

    static let assertionForOthers = TokenProbe("AST-03", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        let wrong = AssertionChange.text(claim: "aud", "https://usher.invalid/token")
        return [try material.assertion("the token request with a signed assertion for another service (aud)", wrong)]
    }

    static let assertionUnsigned = TokenProbe("AST-04", class: 3, isFailedLogin: true, mayGrant: true) {
        (material) throws(Impossible) in
        let use = try material.assertionUse()
        var parts = try material.loginParts()
        guard let text = parts.text(use.member) else {
            throw Impossible("the assertion stands where it cannot be found")
        }
        let altered = MadeUp.alteredSignature(text)
        parts.set(.member([use.member]), altered)
        var derived = DerivedTokenRequest(
            sent: "the token request with a signed assertion whose signature was changed", request: parts.request)
        derived.made = [Secret(altered, label: "\(material.identity.name).alteredAssertion")]
        return [derived]
    }

    static let assertionOfOthers = TokenProbe("AST-07", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        guard try material.assertionUse() == .client else {
            throw Impossible("the assertion stands for a user, not for the client")
        }
        return [
            try material.assertion(
                "the token request with a signed assertion about another name (sub)",
                .text(claim: "sub", "usher-nobody"))
        ]
    }

    /// OpenID Connect Core §9: the server must take a `jti` once.
    static let assertionTwice = TokenProbe("AST-08", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        guard let rules = material.assertionRules(of: try material.assertionUse()), rules.hasID else {
            throw Impossible("the provider's assertions have no jti")
        }
        let request = material.login
        return [
            DerivedTokenRequest(sent: "the token request with a signed assertion that is new", request: request),
            DerivedTokenRequest(sent: "the same token request with the same signed assertion again", request: request),
        ]
    }

    static let assertionForEver = TokenProbe("AST-09", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        [
            try material.assertion(
                "the token request with a signed assertion that ends in ten years", .end(10 * 365 * 86400))
        ]
    }

    static let assertionForIssuer = TokenProbe("AST-10", class: 3, isRefusal: true, mayGrant: true) {
        (material) throws(Impossible) in
        _ = try material.assertionUse()
        guard let issuer = material.requests.issuer else {
            throw Impossible("the provider is not read from metadata, so the issuer is not known")
        }
        return [
            try material.assertion(
                "the token request with a signed assertion for the issuer's address (aud)", .text(claim: "aud", issuer))
        ]
    }
}

extension AssertionChange.Use {
    /// Of the token request.
    var member: String {
        switch self {
        case .client: "client_assertion"
        case .grant: "assertion"
        }
    }
}
