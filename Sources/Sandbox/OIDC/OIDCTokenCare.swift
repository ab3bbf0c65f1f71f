import JSON

/// `POST /revoke` (RFC 7009) and `POST /introspect` (RFC 7662).
struct OIDCTokenCare: Sendable {
    let tokens: OIDCTokens
    let clients: OIDCClients

    var routes: [SideRoute] {
        [
            SideRoute("/revoke", methods: ["POST"]) { request in
                answer(request, clients.identify) { (token, client) throws(Refusal) in
                    tokens.revoke(token, of: client)
                    return SandboxResponse(200)
                }
            },
            SideRoute("/introspect", methods: ["POST"]) { request in
                // Not to whoever knows a client's name (RFC 7662 §2.1).
                answer(request, clients.authenticate) { (token, client) throws(Refusal) in
                    guard let facts = tokens.introspect(token, by: client) else { return .json(200, ["active": false]) }
                    var members: JSONObject = ["active": true]
                    members.merge(facts)
                    return .json(200, .object(members))
                }
            },
        ]
    }

    private func answer(
        _ request: SandboxRequest, _ shown: (OAuthForm) throws(Refusal) -> DemoCredential,
        _ give: (String, DemoCredential) throws(Refusal) -> SandboxResponse
    ) -> SandboxResponse {
        do throws(Refusal) {
            let form = try OAuthForm(request)
            let client = try shown(form)
            guard let token = form.fields["token"] else { throw .badRequest("'token' is missing") }
            return try give(token, client)
        } catch {
            return ErrorShape.oauth.response(error)
        }
    }
}
