import HTTP
import JSON
import Templates

extension TokenRequestRules {
    /// What stands there over what is inherited.
    ///
    /// - Parameter keepsMembers: headers, query and body are inherited too; a renewal says other things than a login.
    init?(
        _ node: JSONNode?, _ table: MemberTable, grant: TokenRules.Grant, base: TokenRequestRules?,
        keepsMembers: Bool = false, _ context: inout ReadingContext
    ) {
        guard let node else {
            guard let base else { return nil }
            self = base
            return
        }
        guard let reader = MemberReader(node, table, &context) else { return nil }
        let method = reader.method("method", &context) ?? base?.method ?? .post
        let usual: Format = method == .get ? .query : grant == .login ? .json : .form
        let kept = keepsMembers ? base : nil
        let own = reader.headers("headers", &context)
        let query = reader.members("query", &context)
        self.init(
            method: method, url: reader.url("url", &context) ?? base?.url,
            headers: (kept?.headers ?? []).filter { old in !own.contains { HeaderFields.sameName($0.name, old.name) } }
                + own,
            query: (kept?.query ?? []).filter { old in !query.contains { $0.name == old.name } } + query,
            format: reader.word("format") ?? base?.format ?? usual,
            body: reader["body"].map { JSONTemplate($0, &context) } ?? kept?.body)
        checkBody(reader, &context)
    }

    private func checkBody(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let body = reader["body"] else {
            if format == .xml, self.body == nil, reader.node["body"] == nil {
                context.missing("body", in: reader, help: "\"body\": \"<Login><user>{{secret.user}}</user>…</Login>\"")
            }
            return
        }
        switch format {
        case .json: return
        case .none: context.error("no-body", "a body stands here, but the format is \"none\"", at: body)
        case .text where body.kind != .string, .xml where body.kind != .string:
            context.wrongKind("body", body, wanted: "a text, for the format \"\(format.rawValue)\"")
        case .text, .xml: return
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

    /// The same endpoint, without what is said to it.
    var withoutMembers: TokenRequestRules {
        TokenRequestRules(method: method, url: url, headers: headers, query: [], format: format, body: nil)
    }
}

extension TokenRequestRules {
    /// In a header or in the URL.
    fileprivate var namesRefreshToken: Bool {
        (headers.map(\.value) + [url?.template].compactMap(\.self)).flatMap(\.names)
            .contains { $0.path.prefixes.contains("token.refresh") }
    }
}

extension ScopeRules {
    init(_ node: JSONNode?, base: ScopeRules, _ context: inout ReadingContext) {
        guard let node, let reader = MemberReader(node, TokenTables.scope, &context) else {
            self = base
            return
        }
        self.init(
            values: reader.texts("values") ?? base.values, field: reader.text("field") ?? base.field,
            form: reader.word("as") ?? base.form, separator: reader.text("separator") ?? base.separator,
            omitWhenEmpty: reader.flag("omitWhenEmpty", &context) ?? base.omitWhenEmpty,
            span: reader["values"].map { context.span($0) } ?? base.span)
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
        base: RefreshRules?, _ context: inout ReadingContext
    ) {
        let plain = request.withoutMembers
        guard let node, let reader = MemberReader(node, TokenTables.refresh, &context) else {
            let usual = RefreshRules.reacquiring(plain, response, mode: grant.isInteractive ? .token : .reacquire)
            self = base.map { $0.following(request, response, grant) } ?? usual
            return
        }
        let own = TokenRequestRules(
            reader["request"], TokenTables.refreshRequest, grant: grant, base: base?.request ?? plain,
            keepsMembers: base != nil, &context)
        self.init(
            mode: reader.word("mode") ?? .token, request: own ?? plain,
            response: TokenResponseRules(reader["response"], base: response, &context),
            rotation: reader.word("rotation") ?? base?.rotation ?? .observe,
            reuse: reader.word("reuse") ?? base?.reuse ?? .multiple,
            onInvalid: reader.word("onInvalid") ?? base?.onInvalid ?? .reacquire,
            invalidStatuses: reader.integers("invalidStatuses", 300...599, &context) ?? base?.invalidStatuses
                ?? [400, 401])
        documentsReuse = reader["reuse"] != nil || base?.documentsReuse ?? false
        check(reader, grant, &context)
    }

    /// By asking again, or with the refresh token where one comes.
    static func reacquiring(
        _ request: TokenRequestRules, _ response: TokenResponseRules, mode: Mode = .reacquire
    ) -> RefreshRules {
        RefreshRules(
            mode: mode, request: request, response: response, rotation: .observe, reuse: .multiple,
            onInvalid: .reacquire, invalidStatuses: [400, 401])
    }

    /// Inherited, but at the token URL of the provider that inherits where it was at that of the other one.
    private func following(
        _ request: TokenRequestRules, _ response: TokenResponseRules, _ grant: TokenRules.Grant
    ) -> RefreshRules {
        let isOwn = self.request.body != nil || !self.request.query.isEmpty
        var rules = RefreshRules(
            // Nobody is asked twice where a refresh token comes.
            mode: grant.isInteractive ? .token : mode, request: isOwn ? self.request : request.withoutMembers,
            response: response, rotation: rotation,
            reuse: reuse, onInvalid: onInvalid, invalidStatuses: invalidStatuses)
        rules.documentsReuse = documentsReuse
        return rules
    }

    private func check(_ reader: MemberReader, _ grant: TokenRules.Grant, _ context: inout ReadingContext) {
        let node = reader.node
        if mode == .exchange { checkExchange(reader, grant, &context) }
        guard mode == .token else { return }
        if grant == .login, request.body == nil, request.query.isEmpty, !request.namesRefreshToken {
            context.error(
                "no-refresh-body", "the renewal does not say where the refresh token goes", at: node,
                help:
                    "write {{token.refresh}} into 'request': \"body\": { \"refreshToken\": \"{{token.refresh}}\" }, or into a "
                    + "header")
        }
        if response.refreshToken == nil {
            context.error(
                "no-refresh-token", "tokens are renewed, but no place is named for the refresh token", at: node,
                help: "add \"refreshToken\": \"/refresh_token\" to 'response'")
        }
    }

    private func checkExchange(_ reader: MemberReader, _ grant: TokenRules.Grant, _ context: inout ReadingContext) {
        for name in ["rotation", "reuse"] {
            guard let nameNode = reader.nameNode(name) else { continue }
            context.error(
                "no-refresh-token", "'\(name)' has no meaning with the mode \"exchange\"", at: nameNode,
                help: "no refresh token is used: the token itself is sent")
        }
        let names = request.headers.flatMap { $0.value.names } + request.query.flatMap { $0.value.names }
        if !grant.isOAuth, request.body == nil, !names.contains(where: { $0.path.text == "token.value" }) {
            context.error(
                "no-exchange-body", "the renewal does not say where the token goes", at: reader.node,
                help: "add \"request\": { \"body\": { \"token\": \"{{token.value}}\" } }, or a header with it")
        }
    }
}
