extension OIDCGrant {
    /// RFC 7523 §2.1: a client asks in its own name, or for the user whom its assertion is about. The assertion says who asks
    /// where no client shows itself (§3.1).
    static let jwtBearer = OIDCGrant(
        name: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        client: { (form, clients) throws(Refusal) in
            if form.showsClient { return try clients.authenticate(form) }
            return try issuer(of: form, clients)
        },
        give: { (request) throws(Refusal) in
            let assertion = try read(request)
            let users = [request.client.name: request.client.name, OIDCUser.demo.name: "user-ada"]
            guard assertion.issuer == request.client, let subject = users[assertion.subject] else { throw refusal() }
            let scope = try OIDCClients.scope(request.form.fields["scope"], atMost: request.client.grants)
            return OIDCGranted(
                holder: OIDCTokens.Holder(client: request.client, subject: subject, scope: scope))
        })

    /// Whom it names: the grant itself looks at the signature.
    private static func issuer(of form: OAuthForm, _ clients: OIDCClients) throws(Refusal) -> DemoCredential {
        guard let text = form.fields["assertion"] else { throw .badRequest("'assertion' is missing") }
        guard let issuer = clients.issuer(of: text) else { throw refusal() }
        return issuer
    }

    private static func read(_ request: OIDCGrantRequest) throws(Refusal) -> Assertion {
        guard let text = request.form.fields["assertion"] else { throw .badRequest("'assertion' is missing") }
        do throws(AssertionFault) {
            return try request.assertions.read(text, as: .grant)
        } catch {
            guard case .claim = error, request.settings.has("AST-05") else { throw refusal() }
            throw .badRequest("the assertion is not as it should be")
        }
    }

    /// Whatever is wrong (RFC 7523 §3.1).
    private static func refusal() -> Refusal { Refusal(400, "invalid_grant", "the assertion is not good here") }
}
