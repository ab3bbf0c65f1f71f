extension OIDCGrant {
    /// RFC 6749 §6: for the client it was given to, with no more scopes than before, and once.
    static let refreshToken = OIDCGrant(name: "refresh_token") { (request) throws(Refusal) in
        guard let token = request.form.fields["refresh_token"] else { throw .badRequest("'refresh_token' is missing") }
        let wanted = request.form.fields["scope"]
        guard case .good(let holder, let family) = request.tokens.use(refresh: token, of: request.client) else {
            throw Refusal(400, "invalid_grant", "the refresh token is unknown, used, expired or another client's")
        }
        let scope = try OIDCClients.scope(wanted, atMost: holder.scope)
        return OIDCGranted(holder: holder.with(scope: scope), family: family, isRenewal: true)
    }
}
