extension OIDCGrant {
    /// RFC 6749 §6: for the client it was given to, with no more scopes than before, and once.
    static let refreshToken = OIDCGrant(name: "refresh_token") { (request) throws(Refusal) in
        guard let token = request.form.fields["refresh_token"] else { throw .badRequest("'refresh_token' is missing") }
        let wanted = request.form.fields["scope"]
        switch request.tokens.use(refresh: token, of: request.client, wanted: wanted, key: request.binding.key) {
        case .good(let login, let scope, let family):
            return OIDCGranted(holder: login.with(scope: scope), login: login, family: family, isRenewal: true)
        case .tooWide: throw Refusal(400, "invalid_scope", "the login did not give one of these scopes")
        case .unknown:
            throw Refusal(400, "invalid_grant", "the refresh token is unknown, used, expired or another client's")
        }
    }
}
