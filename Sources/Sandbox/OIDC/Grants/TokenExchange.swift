import JSON

extension OIDCGrant {
    /// RFC 8693: an access token for another token of the same tenant, which allows no more and lives no longer.
    static let tokenExchange = OIDCGrant(name: "urn:ietf:params:oauth:grant-type:token-exchange") {
        (request) throws(Refusal) in
        let exchange = OIDCTokenExchange(request: request)
        let subject = try exchange.subject()
        let actor = try exchange.actor()
        try exchange.checkWanted()
        let isWide = request.settings.has("EXC-07")
        let limit = isWide ? request.client.grants : subject.scope.intersection(request.client.grants)
        let scope = try OIDCClients.scope(request.form.fields["scope"], atMost: limit)
        var granted = OIDCGranted(
            holder: OIDCTokens.Holder(client: request.client, subject: subject.name, scope: scope))
        granted.ends = isWide ? nil : subject.ends
        granted.members = ["issued_token_type": .string(OIDCTokenExchange.accessToken)]
        // RFC 8693 §4.1.
        if let actor { granted.claims = ["act": ["sub": .string(actor.name)]] }
        return granted
    }
}

/// A request of RFC 8693 §2.1.
struct OIDCTokenExchange: Sendable {
    /// Of RFC 8693 §3.
    static let accessToken = "urn:ietf:params:oauth:token-type:access_token"
    private static let jwt = "urn:ietf:params:oauth:token-type:jwt"

    /// Whom a token stands for, how far and how long.
    struct Party: Sendable {
        let name: String
        let tenant: String
        let scope: Set<String>
        /// Seconds since 1970.
        let ends: Double
    }

    let request: OIDCGrantRequest

    private var fields: FormFields { request.form.fields }

    func subject() throws(Refusal) -> Party {
        guard let token = fields["subject_token"] else { throw .badRequest("'subject_token' is missing") }
        let usual = request.settings.has("EXC-04") ? Self.jwt : nil
        guard let type = fields["subject_token_type"] ?? usual else {
            throw .badRequest("'subject_token_type' is missing")
        }
        return try party(token, type)
    }

    /// nil: nobody but the subject.
    func actor() throws(Refusal) -> Party? {
        let (token, type) = (fields["actor_token"], fields["actor_token_type"])
        if token == nil, type == nil { return nil }
        guard let token, let type else {
            if request.settings.has("EXC-05") { return nil }
            throw .badRequest("'actor_token' and 'actor_token_type' belong together")
        }
        return try party(token, type)
    }

    /// What is given is an access token, which is a JWT here.
    func checkWanted() throws(Refusal) {
        guard [Self.accessToken, Self.jwt].contains(fields["requested_token_type"] ?? Self.accessToken) else {
            throw .badRequest("tokens of that type are not given")
        }
    }

    /// RFC 8693 §2.2.2: what is wrong with a token is a bad request.
    private func party(_ token: String, _ type: String) throws(Refusal) -> Party {
        guard let party = own(token, type) ?? signed(token, type), party.tenant == request.client.tenant else {
            throw Refusal(
                400, request.settings.has("EXC-03") ? "invalid_grant" : "invalid_request",
                "the token is not good here, or not of that type")
        }
        return party
    }

    private func own(_ token: String, _ type: String) -> Party? {
        guard [Self.accessToken, Self.jwt].contains(type), let holder = request.tokens.holder(token) else { return nil }
        let end = LooseJWT(token)?.claims["exp"]?.number?.double ?? 0
        return Party(name: holder.subject, tenant: holder.client.tenant, scope: holder.scope, ends: end)
    }

    /// A JWT that a client here signed about somebody; it may be exchanged again.
    private func signed(_ token: String, _ type: String) -> Party? {
        guard type == Self.jwt, let jwt = try? request.assertions.read(token, as: .subject),
            let end = jwt.claims["exp"]?.number?.double
        else { return nil }
        let scope = jwt.claims["scope"]?.string?.split(separator: " ").map(String.init) ?? []
        return Party(name: jwt.subject, tenant: jwt.issuer.tenant, scope: Set(scope), ends: end)
    }
}
