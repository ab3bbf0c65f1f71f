extension OIDCGrant {
    /// RFC 6749 §4.4: without a refresh token (§4.4.3).
    static let clientCredentials = OIDCGrant(name: "client_credentials") { (request) throws(Refusal) in
        let scope = try OIDCClients.scope(request.form.fields["scope"], atMost: request.client.grants)
        return OIDCGranted(
            holder: OIDCTokens.Holder(client: request.client, subject: request.client.name, scope: scope))
    }
}
