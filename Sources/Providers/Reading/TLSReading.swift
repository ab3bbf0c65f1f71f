import HTTP
import JSON
import Templates

extension TLSRules {
    /// What stands in `tls`; each member takes the place of the inherited one.
    init(_ node: JSONNode?, base: TLSRules, secrets: [SecretSpec], _ context: inout ReadingContext) {
        self = base
        guard let node, let reader = MemberReader(node, ProviderTables.tls, &context) else { return }
        authorities = Self.certificate("ca", reader, &context) ?? authorities
        certificate = Self.certificate("clientCert", reader, &context) ?? certificate
        key = Self.key(reader, secrets, &context) ?? key
        minimum = reader.word("minVersion") ?? minimum
        if key != nil, certificate == nil, let name = reader.nameNode("clientKey") {
            context.error("no-certificate", "'clientKey' is of no use without 'clientCert'", at: name)
        }
    }

    /// Text that stands here must be a certificate; a placeholder's value is looked at when it is bound.
    private static func certificate(
        _ name: String, _ reader: MemberReader, _ context: inout ReadingContext
    ) -> Template? {
        guard let node = reader[name], let template = reader.template(name, &context) else { return nil }
        if let text = template.plain {
            if holdsKey(text) {
                reportKey(at: node, &context)
            } else if !text.contains("-----BEGIN CERTIFICATE-----") {
                context.error(
                    "bad-pem", "'\(name)' holds no certificate", at: node,
                    help: "write the PEM text itself (-----BEGIN CERTIFICATE-----), or declare a secret and write "
                        + "{{secret.\(name)}}: an environment binds it to a file, a provider names none")
            }
        }
        return template
    }

    /// A key is a secret: nothing but a placeholder for one.
    private static func key(
        _ reader: MemberReader, _ secrets: [SecretSpec], _ context: inout ReadingContext
    ) -> Template? {
        guard let node = reader["clientKey"], let template = reader.template("clientKey", &context) else { return nil }
        guard let name = template.names.first(where: { $0.path.root == "secret" }) else {
            reportKey(at: node, &context)
            return nil
        }
        if let spec = secrets.first(where: { "secret.\($0.name)" == name.path.text }), !spec.isSensitive {
            context.error(
                "open-key", "'clientKey' cannot be the secret '\(spec.name)', which is shown in reports", at: node,
                help: "remove \"sensitive\": false from it")
        }
        return template
    }

    private static func reportKey(at node: JSONNode, _ context: inout ReadingContext) {
        context.error(
            "key-in-provider", "a provider holds no key and names no file of one", at: node,
            help: "declare it under 'secrets' and write {{secret.clientKey}}; an environment binds it")
    }

    /// Whether a text must not be quoted.
    static func holdsKey(_ text: String) -> Bool { text.contains("PRIVATE KEY-----") }
}
