import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// Builds the token requests of one identity; refuses one that would take the credential to a host it is not for.
struct TokenRequestBuilder {
    let identity: BoundIdentity
    let rules: TokenRules
    var endpoints: Endpoints
    let functions: FunctionTable
    let redactor: Redactor
    /// Milliseconds since 1970, for assertions.
    let now: Int64
    let chance: Chance
    /// Answers of steps and of a person: `steps.ID.X`.
    var earlier: Scope.Layer = [:]
    /// Of the assertions of one use; nil: none.
    var change: (use: AssertionChange.Use, what: AssertionChange)?

    /// What a person's agreement adds to the request: a code and what proves that it is ours.
    typealias Extra = [(name: String, value: String)]

    /// The request that asks for a token with the credential.
    func login(_ extra: Extra = []) throws(CredentialError) -> HTTPRequest {
        let scope = scope()
        var members = RequestMembers()
        try addPreset(rules.grant, to: &members, scope)
        for (name, value) in extra { members.set(name, .string(value)) }
        if rules.request.body == nil {
            for name in rules.grant.secrets { members.set(name.snakeCase, try secret(name)) }
        }
        try addBody(rules.request, to: &members, scope)
        addScope(to: &members)
        try addParams(rules.params, to: &members, scope)
        return try request(rules.request, endpoints.token, members, scope)
    }

    /// The request that renews a token.
    func refresh(_ refresh: Secret, of token: StoredToken) throws(CredentialError) -> HTTPRequest {
        let scope = scope(TokenLayer.of(token, refresh: refresh, hosts: identity.hosts))
        var members = RequestMembers()
        let renewal = rules.refresh.request
        if rules.grant.isOAuth {
            try addPreset(.refreshToken, to: &members, scope)
            if renewal.body == nil { members.set("refresh_token", .string(refresh.reveal())) }
        }
        try addBody(renewal, to: &members, scope)
        return try request(renewal, try refreshURL(scope) ?? endpoints.token, members, scope)
    }

    /// The request that turns a token into a younger one: that of RFC 8693 §2.1, unless the profile writes its own.
    func exchange(_ token: StoredToken) throws(CredentialError) -> HTTPRequest {
        let scope = scope(TokenLayer.of(token, hosts: identity.hosts))
        var members = RequestMembers()
        let renewal = rules.refresh.request
        if renewal.body == nil, renewal.query.isEmpty, rules.grant.isOAuth {
            try addPreset(.tokenExchange, to: &members, scope)
            members.set("subject_token", .string(token.info.value.reveal()))
        } else {
            try ClientAuthenticator(builder: self, scope: scope).addMembers(to: &members)
        }
        try addBody(renewal, to: &members, scope)
        return try request(renewal, try refreshURL(scope) ?? endpoints.token, members, scope)
    }

    /// The request of a step.
    func step(_ step: StepRules) throws(CredentialError) -> HTTPRequest {
        let scope = scope()
        var members = RequestMembers()
        try addBody(step.request, to: &members, scope)
        var target: HTTPURL?
        if let template = step.request.url { target = try url(template, scope) }
        return try request(step.request, target, members, scope, answer: step.response.format, withClient: false)
    }

    /// A form to a further endpoint of the same server, with the client's authentication.
    func form(
        to url: HTTPURL?, _ pairs: Extra, params: [(name: String, value: JSONTemplate)],
        headers: [NamedTemplate] = [], asksForScope: Bool = false, token: Scope.Layer = [:]
    ) throws(CredentialError) -> HTTPRequest {
        let scope = scope(token)
        var members = RequestMembers()
        for (name, value) in pairs { members.set(name, .string(value)) }
        try ClientAuthenticator(builder: self, scope: scope).addMembers(to: &members)
        if asksForScope { addScope(to: &members) }
        try addParams(params, to: &members, scope)
        return try request(.form(headers: headers), url, members, scope)
    }

    /// The token of the type `jwt`.
    func selfSigned() throws(CredentialError) -> String {
        guard let assertion = rules.assertion else { throw profile("nothing says what is signed", at: rules.span) }
        return try jwt(assertion, AssertionBuilder.Usual(), scope())
    }

    func scope(_ layer: Scope.Layer = [:]) -> Scope {
        Scope([identity.layer, earlier, layer], functions: functions, redactor: redactor)
    }

    // MARK: Members

    private func addPreset(
        _ grant: TokenRules.Grant, to members: inout RequestMembers, _ scope: Scope
    ) throws(CredentialError) {
        if grant.isOAuth { members.set("grant_type", .string(grant.wireName)) }
        switch grant {
        case .jwtBearer:
            guard let assertion = rules.assertion else {
                throw profile("the grant jwt_bearer needs an 'assertion'", at: rules.span)
            }
            let usual = AssertionBuilder.Usual(client: try clientID(scope), audience: endpoints.token?.text)
            members.set("assertion", .string(try jwt(assertion, usual, scope, for: .grant)))
        case .tokenExchange:
            members.set("subject_token_type", "urn:ietf:params:oauth:token-type:access_token")
        case .clientCredentials, .password, .refreshToken, .deviceCode, .authorizationCode, .login: break
        }
        try ClientAuthenticator(builder: self, scope: scope).addMembers(to: &members)
    }

    /// RFC 7523 §3: the issuer of an assertion grant is whoever signs, usually the client.
    private func clientID(_ scope: Scope) throws(CredentialError) -> String? {
        try (identity.clientAuth.id).map { (template) throws(CredentialError) in try text(template, scope).text }
    }

    private func secret(_ name: String) throws(CredentialError) -> JSONValue {
        guard let secret = identity.secrets[name] else {
            throw profile("the secret '\(name)' has no value", at: identity.span)
        }
        return .string(secret.reveal())
    }

    private func addBody(
        _ request: TokenRequestRules, to members: inout RequestMembers, _ scope: Scope
    ) throws(CredentialError) {
        guard let body = request.body, request.format != .text, request.format != .xml else { return }
        if let object = try filled({ () throws(Diagnostic) in try body.value(scope) }).json.object {
            members.set(object)
        }
    }

    private func addParams(
        _ params: [(name: String, value: JSONTemplate)], to members: inout RequestMembers, _ scope: Scope
    ) throws(CredentialError) {
        for param in params {
            members.set(param.name, try filled { () throws(Diagnostic) in try param.value.value(scope) }.json)
        }
    }

    private func addScope(to members: inout RequestMembers) {
        let (scope, rules) = (identity.scope, rules.scope)
        if scope.isEmpty, rules.omitWhenEmpty { return }
        switch rules.form {
        case .string: members.set(rules.field, .string(scope.joined(separator: rules.separator)))
        case .array, .repeat: members.set(rules.field, .array(scope.map { .string($0) }))
        }
    }

    // MARK: The request

    private func request(
        _ rules: TokenRequestRules, _ url: HTTPURL?, _ members: RequestMembers, _ scope: Scope,
        answer: TokenResponseRules.Format? = nil, withClient: Bool = true
    ) throws(CredentialError) -> HTTPRequest {
        guard let url else {
            throw profile(
                "the server's metadata names no URL for it",
                identity.discoveryFault ?? .init(place: self.rules.span, remark: ""))
        }
        try guardHost(url)
        var request = HTTPRequest(rules.method, url, maxBody: 1 << 20)
        request.bodyIsSensitive = true
        for parameter in rules.query {
            var one = RequestMembers()
            one.set(parameter.name, try filled { () throws(Diagnostic) in try parameter.value.value(scope) }.json)
            request.url.appendQuery(try rendered { () throws(RequestMembers.NotText) in try one.query() })
        }
        try TokenRequestContent(builder: self, scope: scope).add(rules, members, to: &request)
        request.headers.append(HeaderField("Accept", Self.accept(answer ?? self.rules.response.format)))
        try addHeaders(rules, scope, withClient: withClient, to: &request)
        return request
    }

    private static func accept(_ format: TokenResponseRules.Format) -> String {
        switch format {
        case .json: "application/json"
        case .xml: "application/xml, text/xml"
        case .form, .text: "*/*"
        }
    }

    private func guardHost(_ url: HTTPURL) throws(CredentialError) {
        if endpoints.discovered.contains(url) { return }
        guard let objection = identity.guardedHosts.objection(to: url) else { return }
        let fault = identity.addressFault(url) ?? identity.tokenURL.map { identity.given.fault(in: $0.template) }
        throw CredentialError(
            .hostNotAllowed, identity: identity.name,
            "the credential of '\(identity.name)' \(objection); the token URL must be one of the provider's 'hosts'"
                + (fault?.remark ?? ""), place: fault?.place)
    }

    private func refreshURL(_ scope: Scope) throws(CredentialError) -> HTTPURL? {
        guard let template = identity.refreshURL else { return nil }
        return try url(template, scope)
    }

    func url(_ template: URLTemplate, _ scope: Scope) throws(CredentialError) -> HTTPURL {
        let rendered = try filled { () throws(Diagnostic) in try template.text(scope) }
        do throws(HTTPURL.ParseError) {
            return try HTTPURL(parsing: rendered.text)
        } catch {
            throw profile(
                "the token URL \(error.reason(isSecret: rendered.taint != nil))",
                identity.given.fault(in: template.template))
        }
    }

    private func addHeaders(
        _ rules: TokenRequestRules, _ scope: Scope, withClient: Bool, to request: inout HTTPRequest
    ) throws(CredentialError) {
        if withClient, let field = try ClientAuthenticator(builder: self, scope: scope).header() {
            request.headers.append(field)
        }
        for header in rules.headers {
            let value = try text(header.value, scope)
            guard HeaderFields.isSafeValue(value.text) else {
                throw profile(
                    "the header \(header.name) of the token request would hold a control character",
                    identity.given.fault(in: header.value))
            }
            request.headers.removeAll(named: header.name)
            request.headers.append(HeaderField(header.name, value.text, isSensitive: value.taint != nil))
        }
    }

    // MARK: Pieces

    func jwt(
        _ rules: AssertionRules, _ usual: AssertionBuilder.Usual, _ scope: Scope, for use: AssertionChange.Use? = nil
    ) throws(CredentialError) -> String {
        do throws(AssertionBuilder.Failure) {
            let wrong = change.flatMap { $0.use == use ? $0.what : nil }
            let builder = AssertionBuilder(rules: rules, scope: scope, now: now, chance: chance, change: wrong)
            let jwt = try builder.jwt(usual)
            redactor.register(jwt, label: "\(identity.name).assertion")
            return jwt
        } catch {
            switch error {
            case .template(let diagnostic): throw profile(diagnostic.title, at: diagnostic.span)
            case .unreadable(let key, let reason): throw profile("the key \(reason)", identity.given.unreadable(key))
            case .unfit(let key, let reason): throw profile("the key \(reason)", identity.given.unfit(key))
            }
        }
    }

    func text(_ template: Template, _ scope: Scope) throws(CredentialError) -> RenderedText {
        try filled { () throws(Diagnostic) in try template.text(scope) }
    }

    func filled<Value>(_ body: () throws(Diagnostic) -> Value) throws(CredentialError) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw profile(error.title + gifts(error), at: error.span)
        }
    }

    /// Where a name has no value: the names of what the steps gave, so that one of theirs is found; never a value.
    private func gifts(_ error: Diagnostic) -> String {
        guard error.code == "undefined-name", !earlier.isEmpty else { return "" }
        let gifts = earlier.sorted { $0.key < $1.key }.map { name, value in
            let members = value.json.object.map { $0.prefix(12).map(\.name).joined(separator: ", ") } ?? ""
            return members.isEmpty ? name : "\(name) with \(ForeignText.readable(members, redactor))"
        }
        return "; the steps so far gave \(gifts.joined(separator: ", "))"
    }

    func rendered(_ body: () throws(RequestMembers.NotText) -> String) throws(CredentialError) -> String {
        do throws(RequestMembers.NotText) {
            return try body()
        } catch {
            throw profile("'\(error.name)' is an object, which a form cannot hold", at: rules.span)
        }
    }

    func profile(_ reason: String, _ fault: GivenPlaces.Fault) -> CredentialError {
        profile(reason + fault.remark, at: fault.place)
    }

    /// - Parameter span: what in the profile's file is at fault.
    func profile(_ reason: String, at span: Span? = nil) -> CredentialError {
        CredentialError(
            .profile, identity: identity.name,
            redactor.redact("the token request of '\(identity.name)' cannot be built: \(reason)"), place: span)
    }
}

extension String {
    /// `refreshToken` → `refresh_token`.
    fileprivate var snakeCase: String {
        reduce(into: "") { result, character in
            result += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
    }
}
