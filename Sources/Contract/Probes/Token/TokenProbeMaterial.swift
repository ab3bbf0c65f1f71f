package import HTTP
import JSON
package import Providers
package import Secrets
package import Tokens

/// Tokens of a login made to give them back.
struct SpareTokens: Sendable {
    let access: Secret
    let refresh: Secret?
}

/// What a token probe is made from.
package struct TokenProbeMaterial: Sendable {
    package let identity: BoundIdentity
    package let rules: TokenRules
    /// Of the ordinary login.
    package var accessToken: Secret?
    /// The newest of this session.
    package var refreshToken: Secret?
    /// The one that the newest took the place of; the same where the service gives none.
    package var usedRefreshToken: Secret?
    /// A probe has ended the session: the refresh token is dead.
    package var sessionHasEnded = false

    private let places: CredentialPlaces?
    let requests: TokenServiceRequests
    /// Got for a probe that revokes: nobody else has them.
    var spare: SpareTokens?
    /// Of another client of the same service; nil: none takes part in the run.
    var otherClient: TokenServiceRequests?

    package init(_ identity: BoundIdentity, _ rules: TokenRules, _ requests: TokenServiceRequests) {
        self.identity = identity
        self.rules = rules
        self.requests = requests
        let parts = TokenRequestParts(requests.login, encoding: identity.clientAuth.encoding)
        places = parts.map { CredentialPlaces(in: $0, of: identity) }
    }

    /// The ordinary token request; each one may be sent once.
    package var login: HTTPRequest { requests.login }

    /// Those of a new login: a probe of several requests asks for each.
    ///
    /// - Throws: where the login has no members.
    func loginParts() throws(TokenProbe.Impossible) -> TokenRequestParts {
        guard let parts = TokenRequestParts(login, encoding: identity.clientAuth.encoding) else {
            throw TokenProbe.Impossible("the token request has no members that could be changed")
        }
        return parts
    }

    /// - Throws: where the login shows no credential that could be told from the rest.
    func credential() throws(TokenProbe.Impossible) -> CredentialPlaces {
        guard let places, !places.all.isEmpty else {
            throw TokenProbe.Impossible("the token request shows no credential in plain form")
        }
        return places
    }

    /// Who logs in; nil where the login does not show it.
    var clientName: String? {
        guard let place = places?.names.first else { return nil }
        return (try? loginParts())?.text(place)
    }

    /// The login by somebody who does not exist.
    func strangersLogin() throws(TokenProbe.Impossible) -> TokenRequestParts {
        try strangers(loginParts(), credential())
    }

    /// The request by somebody who does not exist.
    func strangers(
        _ parts: TokenRequestParts, _ credential: CredentialPlaces
    ) throws(TokenProbe.Impossible) -> TokenRequestParts {
        var parts = parts
        for place in credential.names { parts.set(place, MadeUp.name(like: parts.text(place) ?? "")) }
        for place in credential.secrets { parts.set(place, MadeUp.secret(like: parts.text(place) ?? "")) }
        // Half of a real credential would count as a failed login of it.
        guard !shows(parts.request) else {
            throw TokenProbe.Impossible("part of the credential stands where it cannot be told from the rest")
        }
        return parts
    }

    /// Whether a secret of the identity stands in the request, in any encoding.
    func shows(_ request: HTTPRequest) -> Bool {
        let net = Redactor()
        for (name, secret) in identity.secrets where identity.provider.secret(name)?.isSensitive ?? true {
            net.register(secret.reveal(), label: name)
        }
        var lines = request.headers.map(\.value) + [request.url.text]
        if case .bytes(let body) = request.body { lines.append(String(decoding: body, as: UTF8.self)) }
        return net.finds(in: Array(lines.joined(separator: "\n").utf8))
    }

    /// - Throws: where the provider's logins have no `grant_type`.
    func oauthParts() throws(TokenProbe.Impossible) -> TokenRequestParts {
        let parts = try loginParts()
        guard rules.grant.isOAuth, parts.text("grant_type") != nil else {
            throw TokenProbe.Impossible("the token request has no grant_type, it is no OAuth request")
        }
        return parts
    }

    /// The ordinary renewal with that refresh token.
    func renewal(with token: Secret) throws(TokenProbe.Impossible) -> TokenRequestParts {
        guard let request = try? requests.renewal(with: token),
            let parts = TokenRequestParts(request, encoding: identity.clientAuth.encoding)
        else { throw TokenProbe.Impossible("the renewal has no members that could be changed") }
        return parts
    }

    /// - Throws: where there is no refresh token, or its session has ended.
    func liveRefreshToken() throws(TokenProbe.Impossible) -> Secret {
        if sessionHasEnded { throw TokenProbe.Impossible("the session ended with the probe T-19") }
        return try anyRefreshToken()
    }

    func anyRefreshToken() throws(TokenProbe.Impossible) -> Secret {
        guard let refreshToken else { throw TokenProbe.Impossible("there is no refresh token") }
        return refreshToken
    }
}
