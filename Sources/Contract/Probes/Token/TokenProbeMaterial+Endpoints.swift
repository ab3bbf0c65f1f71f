import HTTP
import Providers
import Secrets
import Tokens

/// Requests to revocation and introspection endpoints, right and wrong.
extension TokenProbeMaterial {
    typealias Impossible = TokenProbe.Impossible

    /// A token that nobody issued.
    var madeUpToken: Secret {
        Secret(MadeUp.secret(like: accessToken?.reveal() ?? ""), label: "\(identity.name).madeUpToken")
    }

    func tokenToSpend() throws(Impossible) -> SpareTokens {
        guard let spare else { throw Impossible("there is no token that may be revoked") }
        return spare
    }

    /// - Throws: where nothing says where tokens are given back.
    func revocation(of token: Secret?, hint: String? = "access_token") throws(Impossible) -> HTTPRequest {
        guard rules.revoke != nil else { throw Impossible("the provider has no 'revoke'") }
        guard requests.revokes else { throw Impossible("the server's metadata names no revocation endpoint") }
        do throws(CredentialError) {
            return try requests.revocation(of: token, hint: hint)
        } catch {
            throw Impossible(error.message)
        }
    }

    /// - Throws: where nothing says where tokens are described.
    func introspection(of token: Secret, hint: String? = "access_token") throws(Impossible) -> HTTPRequest {
        guard rules.introspect != nil else { throw Impossible("the provider has no 'introspect'") }
        guard requests.introspects else { throw Impossible("the server's metadata names no introspection endpoint") }
        do throws(CredentialError) {
            return try requests.introspection(of: token, hint: hint)
        } catch {
            throw Impossible(error.message)
        }
    }

    /// A question about a token, that request, and the question again: what the request did to the token. The request
    /// alone where nobody can be asked.
    func trial(
        _ request: HTTPRequest, sent: String, token: Secret
    ) throws(Impossible) -> [DerivedTokenRequest] {
        let trial = DerivedTokenRequest(sent: sent, request: request)
        guard requests.introspects else { return [trial] }
        return [
            DerivedTokenRequest(
                sent: "the question whether a token is alive (introspection) that was got for what follows",
                request: try introspection(of: token)),
            trial,
            DerivedTokenRequest(
                sent: "the question whether a token is alive (introspection) after its revocation",
                request: try introspection(of: token)),
        ]
    }

    /// - Throws: where nobody tells whether a token is dead.
    func requireIntrospection() throws(Impossible) {
        guard requests.introspects else {
            throw Impossible("whether the token is dead shows by introspection, which the provider does not have")
        }
    }

    // MARK: Wrong callers

    /// The form without anything that shows the client.
    func withoutClient(_ request: HTTPRequest) throws(Impossible) -> HTTPRequest {
        var parts = try formParts(request)
        for place in CredentialPlaces(in: parts, of: identity).all { parts.remove(place) }
        let auth = identity.clientAuth
        for name in [auth.idField, auth.secretField, "client_assertion", "client_assertion_type"] {
            parts.remove(.member([name]))
        }
        var bare = parts.request
        bare.headers.removeAll(named: "Authorization")
        bare.headers.fields.removeAll(where: \.isSensitive)
        guard !shows(bare) else {
            throw Impossible("part of the credential stands where it cannot be told from the rest")
        }
        return bare
    }

    /// The form by a client that does not exist.
    func byStranger(_ request: HTTPRequest) throws(Impossible) -> HTTPRequest {
        let parts = try formParts(request)
        let credential = CredentialPlaces(in: parts, of: identity)
        guard !credential.secrets.isEmpty else {
            throw Impossible("the request shows no secret of the client in plain form")
        }
        return try strangers(parts, credential).request
    }

    /// The form as a GET with the members in the URL: without a secret, which would end in logs.
    func asGet(_ request: HTTPRequest) throws(Impossible) -> HTTPRequest {
        var parts = try formParts(request)
        for place in CredentialPlaces(in: parts, of: identity).secrets {
            if case .member = place { parts.remove(place) }
        }
        var get = parts.request
        get.method = .get
        get.body = .none
        get.headers.removeAll(named: "Content-Type")
        get.url.appendQuery(parts.query)
        var url = HTTPRequest(.get, get.url)
        url.headers = []
        guard !shows(url) else { throw Impossible("a secret would stand in the URL") }
        return get
    }

    private func formParts(_ request: HTTPRequest) throws(Impossible) -> TokenRequestParts {
        guard let parts = TokenRequestParts(request, encoding: identity.clientAuth.encoding) else {
            throw Impossible("the request has no members that could be changed")
        }
        return parts
    }
}
