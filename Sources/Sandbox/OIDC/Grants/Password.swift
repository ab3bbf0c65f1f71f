/// A user of the textbook server, for the grant that needs one.
struct OIDCUser: Sendable {
    let name: String
    let password: String

    /// Public on purpose, like the clients.
    static let demo = OIDCUser(name: "ada@acme.test", password: "demo-oidc-password-ada-not-real")
}

extension OIDCGrant {
    /// RFC 6749 §4.3, which RFC 9700 §2.4 forbids: only for one client, as some servers still have it, and the only way
    /// to a refresh token that needs no person.
    static let password = OIDCGrant(name: "password") { (request) throws(Refusal) in
        try request.require(role: "desk")
        let fields = request.form.fields
        guard let name = fields["username"], let password = fields["password"] else {
            throw .badRequest("'username' and 'password' are required")
        }
        guard name == OIDCUser.demo.name, password == OIDCUser.demo.password else {
            throw Refusal(400, "invalid_grant", "the user name or the password is wrong")
        }
        let scope = try OIDCClients.scope(fields["scope"], atMost: request.client.grants.union(["openid"]))
        return OIDCGranted(
            holder: OIDCTokens.Holder(client: request.client, subject: "user-ada", scope: scope), family: "")
    }
}
