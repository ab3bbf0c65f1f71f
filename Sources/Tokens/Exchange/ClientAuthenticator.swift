import HTTP
import JSON
import Providers
import Secrets
import Templates

/// Shows the server which client asks (RFC 6749 §2.3, RFC 7523 §2.2, RFC 8705 §2).
struct ClientAuthenticator {
    let builder: TokenRequestBuilder
    let scope: Scope

    private var auth: ClientAuthRules { builder.identity.clientAuth }

    /// Members of the body.
    func addMembers(to members: inout RequestMembers) throws(CredentialError) {
        switch auth.method {
        case .basic: return
        case .none:
            // RFC 6749 §4.1.3: a client without a secret says who it is.
            guard builder.rules.grant.isInteractive, let id = try present(auth.id) else { return }
            members.set(auth.idField, .string(id))
        case .body:
            if let id = try present(auth.id) { members.set(auth.idField, .string(id)) }
            if let secret = try present(auth.secret) { members.set(auth.secretField, .string(secret)) }
        case .tls:
            // Beside a client certificate a secret does harm: some servers answer 403 to both.
            if let id = try present(auth.id) { members.set(auth.idField, .string(id)) }
        case .privateKeyJWT, .clientSecretJWT:
            guard let id = try present(auth.id) else { throw builder.profile("the client has no id") }
            members.set(auth.idField, .string(id))
            members.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            members.set("client_assertion", .string(try assertion(id)))
        }
    }

    private func assertion(_ id: String) throws(CredentialError) -> String {
        guard let rules = auth.assertion ?? builder.rules.assertion else {
            throw builder.profile("the method \(auth.method.rawValue) needs an 'assertion'")
        }
        let usual = AssertionBuilder.Usual(client: id, audience: builder.endpoints.token?.text)
        return try builder.jwt(rules, usual, scope, for: .client)
    }

    /// An optional secret that is not bound is an empty text: it is not sent.
    private func present(_ template: Template?) throws(CredentialError) -> String? {
        guard let template else { return nil }
        let text = try builder.text(template, scope).text
        return text.isEmpty ? nil : text
    }

    /// The `Authorization` of Basic; the pair is registered, since encoding may have changed the secret.
    func header() throws(CredentialError) -> HeaderField? {
        guard auth.method == .basic else { return nil }
        guard var id = try present(auth.id) else { throw builder.profile("the client has no id") }
        var secret = try present(auth.secret) ?? ""
        if auth.encoding == .form { (id, secret) = (PercentEncoding.form(id), PercentEncoding.form(secret)) }
        if auth.encoding == .raw, id.contains(":") {
            throw builder.profile(
                "the client id holds a colon, which Basic cannot carry; use the encoding \"form\" or the body")
        }
        let name = builder.identity.name
        builder.redactor.register(secret, label: "\(name).clientSecret")
        let pair = Base64.encode(Array("\(id):\(secret)".utf8))
        builder.redactor.register(pair, label: "\(name).basic")
        return HeaderField("Authorization", "\(auth.scheme) \(pair)", isSensitive: true)
    }
}
