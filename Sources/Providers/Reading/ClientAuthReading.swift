import Diagnostics
import HTTP
import JSON
import Templates

extension ClientAuthRules {
    /// The rules of a provider: where nothing stands, OAuth grants send id and secret in the body if both are declared.
    init(
        _ node: JSONNode?, grant: TokenRules.Grant, secrets: [SecretSpec], _ context: inout ReadingContext
    ) {
        if let node {
            self = ClientAuthRules(node, secrets: secrets, &context) ?? .none
        } else if grant.isOAuth, secrets.contains(where: { $0.name == "clientId" }) {
            self = ClientAuthRules.body(secrets)
        } else {
            self = .none
        }
    }

    private static func body(_ secrets: [SecretSpec]) -> ClientAuthRules {
        ClientAuthRules(
            method: .body, id: usual("clientId", secrets), secret: usual("clientSecret", secrets), idField: "client_id",
            secretField: "client_secret", scheme: "Basic", encoding: .raw, assertion: nil)
    }

    /// What stands in 'clientAuth', of a provider or a variant.
    init?(_ node: JSONNode, secrets: [SecretSpec], _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.clientAuth, &context),
            let method: Method = reader.word("method")
        else { return nil }
        let use: AssertionRules.Use = method == .clientSecretJWT ? .clientSecret : .client
        self.init(
            method: method, id: reader.template("id", &context) ?? Self.usual("clientId", secrets),
            secret: reader.template("secret", &context) ?? Self.usual("clientSecret", secrets),
            idField: reader.text("idField") ?? "client_id", secretField: reader.text("secretField") ?? "client_secret",
            scheme: reader.text("scheme") ?? "Basic", encoding: reader.word("encoding") ?? .raw,
            assertion: reader["assertion"].flatMap { AssertionRules($0, use: use, secrets: secrets, &context) }
                ?? (method == .clientSecretJWT ? .clientSecret(secrets, at: context.span(node)) : nil))
        check(reader, &context)
    }

    private func check(_ reader: MemberReader, _ context: inout ReadingContext) {
        if method != .none, id == nil {
            context.error(
                "no-client-id", "the client authenticates, but there is no id", at: reader.node,
                help: method.isAssertion || method == .tls
                    ? "declare the secret clientId, or set 'id' here"
                    : "declare the secrets clientId and clientSecret, or set 'id' and 'secret' here")
        }
        if !HeaderFields.isToken(scheme) {
            context.error(
                "bad-scheme", "'\(scheme)' is not a word for an Authorization header",
                at: reader["scheme"] ?? reader.node)
        }
        if !method.isAssertion, let name = reader.nameNode("assertion") {
            context.error(
                "no-assertion", "'assertion' has no meaning with the method \"\(method.rawValue)\"", at: name,
                help: "it belongs to \"private_key_jwt\" and \"client_secret_jwt\"")
        }
    }

    static func usual(_ name: String, _ secrets: [SecretSpec]) -> Template? {
        guard let spec = secrets.first(where: { $0.name == name }) else { return nil }
        return .secret(name, isOptional: !spec.isRequired, at: spec.span)
    }
}

extension Template {
    /// `{{secret.NAME}}`, as a preset fills it in; empty where an optional one is not bound.
    static func secret(_ name: String, isOptional: Bool = false, at span: Span) -> Template {
        var bag = DiagnosticBag()
        let text = isOptional ? "{{secret.\(name) ?? ''}}" : "{{secret.\(name)}}"
        return Template(parsing: text, span: span, bag: &bag, place: { _ in span })
    }
}
