import JSON
import Templates

extension DiscoveryRules {
    init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.discovery, &context) else { return nil }
        self.init(issuer: reader.template("issuer", &context), url: reader.url("url", &context))
        if issuer == nil, url == nil {
            context.missing(
                "issuer", in: reader, help: "\"issuer\": \"https://login.example.com\", or the metadata's 'url'")
        }
    }
}

extension EndpointRules {
    init?(_ node: JSONNode, _ table: MemberTable, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, table, &context) else { return nil }
        self.init(
            url: reader.url("url", &context), params: reader.members("params", &context),
            headers: reader.headers("headers", &context), asExpiry: reader.flag("asExpiry", &context) ?? false,
            delay: reader.duration("delay", &context))
    }
}

extension InteractiveRules {
    init?(
        _ node: JSONNode, _ grant: TokenRules.Grant, hasDiscovery: Bool, _ context: inout ReadingContext
    ) {
        guard let reader = MemberReader(node, TokenTables.interactive, &context) else { return nil }
        let redirect = reader["redirect"].flatMap { MemberReader($0, TokenTables.redirect, &context) }
        let path = redirect?.text("path") ?? "/callback"
        self.init(
            authorizeURL: reader.url("authorizeURL", &context), deviceURL: reader.url("deviceURL", &context),
            params: reader.members("params", &context), pkce: reader.word("pkce") ?? .s256,
            port: redirect?.integer("port", 0...65535, &context) ?? 0, path: path,
            requiresIssuer: reader.flag("iss", &context), span: context.span(node),
            portSpan: redirect?["port"].map { context.span($0) }, issuerSpan: reader["iss"].map { context.span($0) })
        if !path.hasPrefix("/"), let node = redirect?["path"] {
            context.wrongKind("path", node, wanted: "a path that starts with '/'")
        }
        let name = grant == .deviceCode ? "deviceURL" : "authorizeURL"
        if grant.isInteractive, !hasDiscovery, reader.node[name] == nil {
            context.missing(name, in: reader, help: TokenTables.interactive.spec(name)?.help)
        }
    }
}

extension StepRules {
    static func list(_ node: JSONNode, _ context: inout ReadingContext) -> [StepRules] {
        var steps: [StepRules] = []
        for element in node.elements {
            guard let step = StepRules(element, &context) else { continue }
            if steps.contains(where: { $0.id == step.id }) {
                context.error("repeated-step", "the step '\(step.id)' stands here twice", at: element["id"] ?? element)
            }
            steps.append(step)
        }
        return steps
    }

    private init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.step, &context), let id = reader.text("id"),
            let idNode = reader["id"], let requestNode = reader["request"]
        else { return nil }
        if !ProviderNames.isName(id, at: idNode, &context) { return nil }
        guard
            let request = TokenRequestRules(requestNode, TokenTables.stepRequest, grant: .login, base: nil, &context)
        else { return nil }
        self.init(id: id, request: request, response: TokenResponseRules(step: reader["response"], &context))
    }
}
