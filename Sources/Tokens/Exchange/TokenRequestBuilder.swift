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
    let functions: FunctionTable
    let redactor: Redactor

    /// The request that asks for a token with the credential.
    func login() throws(CredentialError) -> HTTPRequest {
        let scope = Scope([identity.layer], functions: functions, redactor: redactor)
        var members = RequestMembers()
        try addPreset(rules.grant, to: &members, scope)
        if rules.request.body == nil {
            for name in rules.grant.secrets { members.set(name.snakeCase, try secret(name)) }
        }
        try addBody(rules.request, to: &members, scope)
        addScope(to: &members)
        for param in rules.params {
            members.set(param.name, try filled { () throws(Diagnostic) in try param.value.value(scope) }.json)
        }
        return try request(rules.request, identity.tokenURL ?? rules.request.url, members, scope)
    }

    /// The request that renews a token.
    func refresh(_ refresh: Secret, of token: StoredToken) throws(CredentialError) -> HTTPRequest {
        let layer = TokenLayer.of(token, refresh: refresh, hosts: identity.hosts)
        let scope = Scope([identity.layer, layer], functions: functions, redactor: redactor)
        var members = RequestMembers()
        let renewal = rules.refresh.request
        if rules.grant.isOAuth {
            try addPreset(.refreshToken, to: &members, scope)
            if renewal.body == nil { members.set("refresh_token", .string(refresh.reveal())) }
        }
        try addBody(renewal, to: &members, scope)
        return try request(renewal, identity.refreshURL ?? renewal.url, members, scope)
    }

    private func addPreset(
        _ grant: TokenRules.Grant, to members: inout RequestMembers, _ scope: Scope
    ) throws(CredentialError) {
        if grant.isOAuth { members.set("grant_type", .string(grant.rawValue)) }
        let auth = identity.clientAuth
        guard auth.method == .body else { return }
        if let id = auth.id { members.set(auth.idField, .string(try text(id, scope).text)) }
        if let secret = auth.secret { members.set(auth.secretField, .string(try text(secret, scope).text)) }
    }

    private func secret(_ name: String) throws(CredentialError) -> JSONValue {
        guard let secret = identity.secrets[name] else { throw profile("the secret '\(name)' has no value") }
        return .string(secret.reveal())
    }

    private func addBody(
        _ request: TokenRequestRules, to members: inout RequestMembers, _ scope: Scope
    ) throws(CredentialError) {
        guard let body = request.body, request.format != .text else { return }
        if let object = try filled({ () throws(Diagnostic) in try body.value(scope) }).json.object {
            members.set(object)
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

    private func request(
        _ rules: TokenRequestRules, _ template: URLTemplate, _ members: RequestMembers, _ scope: Scope
    ) throws(CredentialError) -> HTTPRequest {
        let url = try url(template, scope)
        if let objection = identity.guardedHosts.objection(to: url) {
            throw CredentialError(
                .hostNotAllowed, identity: identity.name,
                "the credential of '\(identity.name)' \(objection); the token URL must be one of the provider's 'hosts'"
            )
        }
        var request = HTTPRequest(rules.method, url, maxBody: 1 << 20)
        request.bodyIsSensitive = true
        for parameter in rules.query {
            var one = RequestMembers()
            one.set(parameter.name, try filled { () throws(Diagnostic) in try parameter.value.value(scope) }.json)
            request.url.appendQuery(try rendered { () throws(RequestMembers.NotText) in try one.query() })
        }
        try addContent(rules, members, scope, to: &request)
        try addHeaders(rules, scope, to: &request)
        return request
    }

    private func url(_ template: URLTemplate, _ scope: Scope) throws(CredentialError) -> HTTPURL {
        let text = try filled { () throws(Diagnostic) in try template.text(scope) }.text
        do throws(HTTPURL.ParseError) {
            return try HTTPURL(parsing: text)
        } catch {
            throw profile("the token URL \(error.reason)")
        }
    }

    private func addContent(
        _ rules: TokenRequestRules, _ members: RequestMembers, _ scope: Scope, to request: inout HTTPRequest
    ) throws(CredentialError) {
        switch rules.format {
        case .form:
            let form = try rendered { () throws(RequestMembers.NotText) in try members.form() }
            setBody(form, "application/x-www-form-urlencoded", of: &request)
        case .json:
            let isFree = members.members.isEmpty
            let free = try rules.body.map { (body) throws(CredentialError) in
                try filled { () throws(Diagnostic) in try body.value(scope) }.json
            }
            let whole: JSONValue = .object(JSONObject(members.present.map { ($0.name, $0.value) }))
            setBody((isFree ? free ?? whole : whole).text(), "application/json", of: &request)
        case .query:
            request.url.appendQuery(try rendered { () throws(RequestMembers.NotText) in try members.query() })
        case .text:
            guard let body = rules.body else { return }
            let value = try filled { () throws(Diagnostic) in try body.value(scope) }
            setBody(value.text ?? "", "text/plain; charset=utf-8", of: &request)
        case .none: return
        }
    }

    private func setBody(_ text: String, _ type: String, of request: inout HTTPRequest) {
        request.body = .bytes(Array(text.utf8))
        request.headers.append(HeaderField("Content-Type", type))
    }

    private func addHeaders(
        _ rules: TokenRequestRules, _ scope: Scope, to request: inout HTTPRequest
    ) throws(CredentialError) {
        request.headers.append(HeaderField("Accept", "application/json"))
        if identity.clientAuth.method == .basic { request.headers.append(try basic(scope)) }
        for header in rules.headers {
            let value = try text(header.value, scope)
            guard HeaderFields.isSafeValue(value.text) else {
                throw profile("the header \(header.name) of the token request would hold a line break")
            }
            request.headers.removeAll(named: header.name)
            request.headers.append(HeaderField(header.name, value.text, isSensitive: value.taint != nil))
        }
    }

    /// RFC 6749 §2.3.1; the pair is registered, since encoding may have changed the secret.
    private func basic(_ scope: Scope) throws(CredentialError) -> HeaderField {
        let auth = identity.clientAuth
        guard let idTemplate = auth.id else { throw profile("the client has no id") }
        var id = try text(idTemplate, scope).text
        var secret = try auth.secret.map { (template) throws(CredentialError) in try text(template, scope).text } ?? ""
        if auth.encoding == .form { (id, secret) = (PercentEncoding.form(id), PercentEncoding.form(secret)) }
        if auth.encoding == .raw, id.contains(":") {
            throw profile(
                "the client id holds a colon, which Basic cannot carry; use the encoding \"form\" or the body")
        }
        redactor.register(secret, label: "\(identity.name).clientSecret")
        let pair = Base64.encode(Array("\(id):\(secret)".utf8))
        redactor.register(pair, label: "\(identity.name).basic")
        return HeaderField("Authorization", "\(auth.scheme) \(pair)", isSensitive: true)
    }

    private func text(_ template: Template, _ scope: Scope) throws(CredentialError) -> RenderedText {
        try filled { () throws(Diagnostic) in try template.text(scope) }
    }

    private func filled<Value>(_ body: () throws(Diagnostic) -> Value) throws(CredentialError) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw profile(error.title)
        }
    }

    private func rendered(_ body: () throws(RequestMembers.NotText) -> String) throws(CredentialError) -> String {
        do throws(RequestMembers.NotText) {
            return try body()
        } catch {
            throw profile("'\(error.name)' is an object, which a form cannot hold")
        }
    }

    private func profile(_ reason: String) -> CredentialError {
        CredentialError(
            .profile, identity: identity.name,
            redactor.redact("the token request of '\(identity.name)' cannot be built: \(reason)"))
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

/// `token.X` and `captured.X` for templates.
enum TokenLayer {
    static func of(_ token: StoredToken, refresh: Secret? = nil, hosts: HostList) -> Scope.Layer {
        var layer: Scope.Layer = [
            "token.value": TemplateValue(token.info.value, hosts: hosts),
            "token.type": TemplateValue(.string(token.info.type)),
        ]
        if let refresh = refresh ?? token.refresh?.value {
            layer["token.refresh"] = TemplateValue(refresh, hosts: hosts)
        }
        for (name, value) in token.captured {
            layer["captured.\(name)"] =
                value.isSecret
                ? TemplateValue(value.secret, hosts: hosts) : TemplateValue(.string(value.secret.reveal()))
        }
        return layer
    }
}
