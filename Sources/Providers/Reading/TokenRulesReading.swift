import Diagnostics
import HTTP
import JSON
import Templates

/// Reads the members of `auth` that have to do with tokens.
struct TokenRulesReading {
    let reader: MemberReader
    let secrets: [SecretSpec]
    /// Of the provider that is extended.
    let base: TokenRules?

    /// A token that is fetched.
    func fetched(_ context: inout ReadingContext) -> TokenRules? {
        let grant: TokenRules.Grant = reader.word("grant") ?? base?.grant ?? .login
        let discovery = reader["discovery"].flatMap { DiscoveryRules($0, &context) } ?? base?.discovery
        guard let request = request(grant, discovery, &context) else { return nil }
        let response = TokenResponseRules(
            reader["response"], base: base?.response ?? TokenResponseRules(), &context)
        let rules = TokenRules(
            grant: grant, isSelfSigned: false, discovery: discovery,
            steps: reader["steps"].map { StepRules.list($0, &context) } ?? base?.steps ?? [],
            assertion: assertion(grant, &context), request: request,
            clientAuth: clientAuth(grant, &context),
            scope: ScopeRules(reader["scope"], base: base?.scope ?? .standard, &context),
            params: params(&context), response: response,
            refresh: RefreshRules(
                reader["refresh"], grant: grant, request: request, response: response, base: base?.refresh, &context),
            interactive: interactive(grant, discovery, &context),
            revoke: reader["revoke"].flatMap { EndpointRules($0, TokenTables.revoke, &context) } ?? base?.revoke,
            introspect: reader["introspect"].flatMap { EndpointRules($0, TokenTables.introspect, &context) }
                ?? base?.introspect,
            span: context.span(reader["type"] ?? reader.node))
        check(rules, &context)
        return rules
    }

    /// A token that the client signs itself.
    func selfSigned(_ context: inout ReadingContext) -> TokenRules? {
        let span = context.span(reader["type"] ?? reader.node)
        guard
            let assertion = reader["assertion"].flatMap({
                AssertionRules($0, use: .token, secrets: secrets, &context)
            }) ?? base?.assertion
        else {
            if reader.node["assertion"] == nil {
                context.missing(
                    "assertion", in: reader, help: "\"assertion\": { \"alg\": \"RS256\", \"claims\": { … } }")
            }
            return nil
        }
        let request = TokenRequestRules(
            method: .post, url: nil, headers: [], query: [], format: .none, body: nil)
        return TokenRules(
            grant: .login, isSelfSigned: true, discovery: nil, steps: [], assertion: assertion, request: request,
            clientAuth: .none, scope: .standard, params: [], response: TokenResponseRules(),
            refresh: .reacquiring(request, TokenResponseRules()), interactive: nil, revoke: nil, introspect: nil,
            span: span)
    }

    private func request(
        _ grant: TokenRules.Grant, _ discovery: DiscoveryRules?, _ context: inout ReadingContext
    ) -> TokenRequestRules? {
        let node = reader["request"]
        if node == nil, reader.node["request"] != nil { return nil }
        guard node != nil || base != nil || discovery != nil else {
            context.error(
                "missing-member", "a token is fetched, but 'request' is missing", at: reader["type"] ?? reader.node,
                help: "add \"request\": { \"url\": \"https://…\" }")
            return nil
        }
        let usual = TokenRequestRules(
            method: .post, url: nil, headers: [], query: [], format: grant == .login ? .json : .form, body: nil)
        let inherited = base?.request ?? (node == nil ? usual : nil)
        let errors = context.bag.diagnostics.count
        guard
            let request = TokenRequestRules(
                node, TokenTables.request, grant: grant, base: inherited, keepsMembers: true, &context)
        else { return nil }
        // Where 'url' has been reported as misspelt or misshapen, it is not missing on top of it.
        if request.url == nil, discovery == nil, let node, context.bag.diagnostics.count == errors,
            let reader = MemberReader(node, TokenTables.request, &context)
        {
            context.missing("url", in: reader, help: TokenTables.request.spec("url")?.help)
        }
        return request
    }

    private func clientAuth(_ grant: TokenRules.Grant, _ context: inout ReadingContext) -> ClientAuthRules {
        if reader["clientAuth"] == nil, let base { return base.clientAuth }
        return ClientAuthRules(reader["clientAuth"], grant: grant, secrets: secrets, &context)
    }

    private func assertion(_ grant: TokenRules.Grant, _ context: inout ReadingContext) -> AssertionRules? {
        if let node = reader["assertion"] {
            return AssertionRules(node, use: grant == .jwtBearer ? .grant : .client, secrets: secrets, &context)
        }
        return base?.assertion
    }

    /// By name: what stands here wins.
    private func params(_ context: inout ReadingContext) -> [(name: String, value: JSONTemplate)] {
        let own = reader.members("params", &context)
        return (base?.params ?? []).filter { inherited in !own.contains { $0.name == inherited.name } } + own
    }

    private func interactive(
        _ grant: TokenRules.Grant, _ discovery: DiscoveryRules?, _ context: inout ReadingContext
    ) -> InteractiveRules? {
        if let node = reader["interactive"] {
            if !grant.isInteractive {
                context.error(
                    "no-person", "'interactive' has no meaning with the grant \"\(grant.rawValue)\"",
                    at: reader.nameNode("interactive") ?? node,
                    help: "only \"authorization_code\" and \"device_code\" ask a person")
            }
            return InteractiveRules(node, grant, hasDiscovery: discovery != nil, &context)
        }
        if let inherited = base?.interactive { return inherited }
        guard grant.isInteractive else { return nil }
        if discovery == nil {
            let name = grant == .deviceCode ? "deviceURL" : "authorizeURL"
            context.missing("interactive", in: reader, help: "\"interactive\": { \"\(name)\": \"https://…\" }")
        }
        return InteractiveRules(
            authorizeURL: nil, deviceURL: nil, params: [], pkce: .s256, port: 0, path: "/callback", requiresIssuer: nil,
            span: context.span(reader["grant"] ?? reader.node), portSpan: nil, issuerSpan: nil)
    }

    // MARK: What must fit together

    private func check(_ rules: TokenRules, _ context: inout ReadingContext) {
        if let node = reader["request"] { checkBody(rules, node, &context) }
        if rules.grant == .jwtBearer, rules.assertion == nil, reader.node["assertion"] == nil {
            context.missing(
                "assertion", in: reader, help: "\"assertion\": { \"alg\": \"RS256\", \"claims\": { \"iss\": … } }")
        }
        if rules.clientAuth.method.isAssertion, rules.clientAuth.assertion == nil, rules.assertion == nil,
            reader.node["assertion"] == nil
        {
            context.missing("assertion", in: reader, help: "\"assertion\": { \"alg\": \"RS256\" }")
        }
        for (name, endpoint) in [("revoke", rules.revoke), ("introspect", rules.introspect)] {
            guard let endpoint, endpoint.url == nil, rules.discovery == nil, let node = reader[name] else { continue }
            context.error(
                "no-url", "'\(name)' has no 'url', and nothing is discovered", at: node,
                help: "add \"url\": \"https://…\"")
        }
    }

    /// Scopes, params and the preset's members can only be added to an object.
    private func checkBody(_ rules: TokenRules, _ node: JSONNode, _ context: inout ReadingContext) {
        let addsMembers =
            rules.grant.isOAuth || !rules.params.isEmpty || !rules.scope.values.isEmpty
            || rules.clientAuth.method == .body
        guard addsMembers, let body = node["body"] else { return }
        let isText = rules.request.format == .text || rules.request.format == .xml || rules.request.format == .none
        if isText || body.kind != .object {
            context.error(
                "no-room-for-members", "the members of the grant, 'scope' and 'params' have no place in this body",
                at: body,
                help: "make the body an object, or use the grant \"login\" without 'scope' and 'params'")
        }
    }
}
