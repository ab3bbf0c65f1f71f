import Diagnostics
import HTTP
import JSON
import Templates

extension ProviderAuth {
    init?(_ node: JSONNode, secrets: [SecretSpec], _ context: inout ReadingContext) {
        guard let reader = memberReader(node, TokenTables.auth, &context), let kind: Kind = reader.word("type") else {
            return nil
        }
        switch kind {
        case .none: self = .none
        case .fixed: self = .fixed
        case .token:
            guard let rules = TokenRules(reader, secrets: secrets, &context) else { return nil }
            self = .token(rules)
            return
        }
        for name in ["grant", "request", "clientAuth", "scope", "params", "response", "refresh"] {
            guard let nameNode = reader.nameNode(name) else { continue }
            context.error(
                "no-token", "'\(name)' has no meaning with the type \"\(kind.rawValue)\"", at: nameNode,
                help: "only the type \"token\" fetches one")
        }
    }
}

extension TokenRules {
    init?(_ reader: MemberReader, secrets: [SecretSpec], _ context: inout ReadingContext) {
        let grant: Grant = reader.word("grant") ?? .login
        guard let node = reader["request"] else {
            if reader.node["request"] == nil {
                context.error(
                    "missing-member", "a token is fetched, but 'request' is missing", at: reader["type"] ?? reader.node,
                    help: "add \"request\": { \"url\": \"https://…\" }")
            }
            return nil
        }
        guard let request = TokenRequestRules(node, TokenTables.request, grant: grant, base: nil, &context) else {
            return nil
        }
        let response = TokenResponseRules(reader["response"], base: TokenResponseRules(), &context)
        self.init(
            grant: grant, request: request,
            clientAuth: ClientAuthRules(reader["clientAuth"], grant: grant, secrets: secrets, &context),
            scope: reader["scope"].map { ScopeRules($0, &context) } ?? .standard,
            params: reader.members("params", &context),
            response: response,
            refresh: RefreshRules(reader["refresh"], grant: grant, request: request, response: response, &context))
        checkBody(node, &context)
    }

    /// Scopes, params and the preset's members can only be added to an object.
    private func checkBody(_ node: JSONNode, _ context: inout ReadingContext) {
        let addsMembers = grant.isOAuth || !params.isEmpty || !scope.values.isEmpty || clientAuth.method == .body
        guard addsMembers, let body = node["body"] else { return }
        if request.format == .text || request.format == .none || body.kind != .object {
            context.error(
                "no-room-for-members", "the members of the grant, 'scope' and 'params' have no place in this body",
                at: body,
                help: "make the body an object, or use the grant \"login\" without 'scope' and 'params'")
        }
    }
}

extension TokenRequestRules {
    init?(
        _ node: JSONNode?, _ table: MemberTable, grant: TokenRules.Grant, base: TokenRequestRules?,
        _ context: inout ReadingContext
    ) {
        guard let node else {
            guard let base else { return nil }
            self = base
            return
        }
        guard let reader = memberReader(node, table, &context), let url = reader.url("url", &context) ?? base?.url
        else {
            return nil
        }
        let method = reader.method("method", &context) ?? base?.method ?? .post
        let usual: Format = method == .get ? .query : grant == .login ? .json : .form
        let format: Format = reader.word("format") ?? base?.format ?? usual
        self.init(
            method: method, url: url, headers: reader.headers("headers", &context),
            query: reader.members("query", &context), format: format,
            body: reader["body"].map { JSONTemplate($0, &context) })
        checkBody(reader, &context)
    }

    private func checkBody(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let body = reader["body"] else { return }
        switch format {
        case .json: return
        case .none: context.error("no-body", "a body stands here, but the format is \"none\"", at: body)
        case .text where body.kind != .string:
            context.wrongKind("body", body, wanted: "a text, for the format \"text\"")
        case .text: return
        case .form, .query:
            guard body.kind == .object else {
                context.wrongKind("body", body, wanted: "an object, for the format \"\(format.rawValue)\"")
                return
            }
            for member in body.members where member.value.kind == .object {
                context.wrongKind(
                    member.name, member.value, wanted: "a value or a list of values: a form holds no objects")
            }
        }
    }
}

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
            secretField: "client_secret", scheme: "Basic", encoding: .raw)
    }

    /// What stands in 'clientAuth', of a provider or a variant.
    init?(_ node: JSONNode, secrets: [SecretSpec], _ context: inout ReadingContext) {
        guard let reader = memberReader(node, TokenTables.clientAuth, &context),
            let method: Method = reader.word("method")
        else { return nil }
        self.init(
            method: method, id: reader.template("id", &context) ?? Self.usual("clientId", secrets),
            secret: reader.template("secret", &context) ?? Self.usual("clientSecret", secrets),
            idField: reader.text("idField") ?? "client_id", secretField: reader.text("secretField") ?? "client_secret",
            scheme: reader.text("scheme") ?? "Basic", encoding: reader.word("encoding") ?? .raw)
        if method != .none, id == nil {
            context.error(
                "no-client-id", "the client authenticates, but there is no id", at: node,
                help: "declare the secrets clientId and clientSecret, or set 'id' and 'secret' here")
        }
        if !HeaderFields.isToken(scheme) {
            context.error(
                "bad-scheme", "'\(scheme)' is not a word for an Authorization header", at: reader["scheme"] ?? node)
        }
    }

    private static func usual(_ name: String, _ secrets: [SecretSpec]) -> Template? {
        guard let spec = secrets.first(where: { $0.name == name }) else { return nil }
        return .secret(name, at: spec.span)
    }
}

extension ScopeRules {
    init(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, TokenTables.scope, &context) else {
            self = .standard
            return
        }
        self.init(
            values: reader.texts("values") ?? [], field: reader.text("field") ?? "scope",
            form: reader.word("as") ?? .string, separator: reader.text("separator") ?? " ",
            omitWhenEmpty: reader.flag("omitWhenEmpty", &context) ?? true)
        if form != .string, let separator = reader["separator"] {
            context.error(
                "separator-without-string", "a separator joins texts, but 'as' is \"\(form.rawValue)\"", at: separator,
                help: "remove one of the two")
        }
    }
}

extension RefreshRules {
    init(
        _ node: JSONNode?, grant: TokenRules.Grant, request: TokenRequestRules, response: TokenResponseRules,
        _ context: inout ReadingContext
    ) {
        let plain = request.withoutMembers
        guard let node, let reader = memberReader(node, TokenTables.refresh, &context) else {
            self.init(
                mode: .reacquire, request: plain, response: response, rotation: .observe, reuse: .multiple,
                onInvalid: .reacquire, invalidStatuses: [400, 401])
            return
        }
        let own = TokenRequestRules(reader["request"], TokenTables.refreshRequest, grant: grant, base: plain, &context)
        self.init(
            mode: reader.word("mode") ?? .token, request: own ?? plain,
            response: TokenResponseRules(reader["response"], base: response, &context),
            rotation: reader.word("rotation") ?? .observe, reuse: reader.word("reuse") ?? .multiple,
            onInvalid: reader.word("onInvalid") ?? .reacquire,
            invalidStatuses: reader.integers("invalidStatuses", 300...599, &context) ?? [400, 401])
        check(node, grant, &context)
    }

    private func check(_ node: JSONNode, _ grant: TokenRules.Grant, _ context: inout ReadingContext) {
        guard mode == .token else { return }
        if grant == .login, request.body == nil, request.query.isEmpty {
            context.error(
                "no-refresh-body", "the renewal does not say where the refresh token goes", at: node,
                help: "add \"request\": { \"body\": { \"refreshToken\": \"{{token.refresh}}\" } }")
        }
        if response.refreshToken == nil {
            context.error(
                "no-refresh-token", "tokens are renewed, but no place is named for the refresh token", at: node,
                help: "add \"refreshToken\": \"/refresh_token\" to 'response'")
        }
    }
}

extension TokenRequestRules {
    /// The same endpoint, without what is said to it.
    fileprivate var withoutMembers: TokenRequestRules {
        TokenRequestRules(method: method, url: url, headers: headers, query: [], format: format, body: nil)
    }
}

extension Template {
    /// `{{secret.NAME}}`, as a preset fills it in.
    static func secret(_ name: String, at span: Span) -> Template {
        var bag = DiagnosticBag()
        return Template(parsing: "{{secret.\(name)}}", span: span, bag: &bag, place: { _ in span })
    }
}
