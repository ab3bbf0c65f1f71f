package import Diagnostics
import Expectations
import HTTP
import JSON
import Templates

/// What can only be judged when the whole provider is known: names in templates, hosts, secrets that fit together.
struct ProviderCheck {
    private let provider: Provider
    private let names: ProviderNames
    private let hasAuth: Bool

    init(_ provider: Provider, hasAuth: Bool) {
        self.provider = provider
        self.hasAuth = hasAuth
        let rules = provider.tokenRules
        // What a renewal captures is known from the first token on as well: both name it alike.
        let captures = (rules?.response.capture ?? []) + (rules?.refresh.response.capture ?? [])
        names = ProviderNames(
            vars: provider.vars.map(\.name), secrets: provider.secrets.map(\.name), captures: captures.map(\.name),
            openCaptures: captures.filter { !$0.isSecret }.map(\.name),
            hasToken: rules != nil, steps: rules?.steps ?? [])
    }

    /// Once so many steps have been taken.
    private func names(after count: Int) -> ProviderNames {
        var names = names
        names.taken = count
        return names
    }

    func run(_ reader: MemberReader, _ context: inout ReadingContext) {
        checkID(reader, &context)
        checkCall(&context.bag)
        if let rules = provider.tokenRules { checkToken(rules, &context.bag) }
        if let sign = provider.sign { check(sign, &context.bag) }
        for variant in provider.variants { check(variant, &context.bag) }
        checkHosts(reader, &context)
    }

    private func checkID(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let node = reader["id"] else { return }
        let fits = provider.id.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
        if fits, !provider.id.isEmpty { return }
        context.error(
            "bad-id", "'\(provider.id)' cannot be a provider's id", at: node,
            help: "use lower-case letters, digits, '-' and '.'")
    }

    private func checkCall(_ bag: inout DiagnosticBag) {
        if let baseURL = provider.baseURL { names.check(baseURL.names, .openCall, &bag) }
        for host in provider.hosts ?? [] { names.check(host.names, .variables, &bag) }
        for header in provider.headers { names.check(header.value.names, .openCall, &bag) }
        if let verify = provider.verify {
            names.check(verify.url.names, .openCall, &bag)
            names.check(verify.expectation?.names ?? [], .openCall, &bag)
        }
        for template in provider.cache.keyExtra { names.check(template.names, .request, &bag) }
        for (_, template) in provider.tls.texts { names.check(template.names, .request, &bag) }
        for promise in provider.contract.promises { check(promise, &bag) }
        // Without a readable 'auth' nobody knows what is declared.
        guard hasAuth else { return }
        for placement in provider.placements { check(placement, &bag) }
    }

    private func check(_ placement: Placement, _ bag: inout DiagnosticBag) {
        names.check(placement.name.names, .openCall, &bag)
        if let condition = placement.condition { names.check(condition.names, .call, &bag) }
        switch placement.content {
        case .value(let value): names.check(value.names, .call, &bag)
        case .basic(let username, let password):
            names.check(username.names, .call, &bag)
            names.check(password.names, .call, &bag)
        }
    }

    /// An expectation of a promise sees what the promise captures, and the vars.
    private func check(_ promise: Promise, _ bag: inout DiagnosticBag) {
        let known = names.known(.variables).union(promise.captures.map(\.name))
        for name in promise.expectation?.names ?? [] where known.isDisjoint(with: name.path.prefixes) {
            bag.error(
                "undefined-name", "'\(name.path.text)' is not defined in this promise", at: name.span,
                help: nearest(to: name.path.text, among: known.sorted()).map { "did you mean '\($0)'?" }
                    ?? "capture it: \"capture\": { \"\(name.path.root)\": { \"json\": \"$.…\" } }")
        }
    }

    private func checkToken(_ rules: TokenRules, _ bag: inout DiagnosticBag) {
        for (index, step) in rules.steps.enumerated() {
            check(step.request, .request, names(after: index), &bag)
        }
        let later = names(after: rules.steps.count)
        check(rules.request, .request, later, &bag)
        if rules.refresh.mode != .reacquire { check(rules.refresh.request, .refresh, names, &bag) }
        check(rules.clientAuth, &bag)
        if let assertion = rules.assertion { check(assertion, &bag) }
        for param in rules.params { later.check(param.value.names, .request, &bag) }
        checkEndpoints(rules, &bag)
        for name in rules.grant.secrets where rules.request.body == nil && provider.secret(name) == nil {
            bag.error(
                "undeclared-secret", "the grant \"\(rules.grant.rawValue)\" sends the secret '\(name)'",
                at: rules.request.url?.template.span ?? rules.span,
                help: "declare it under 'secrets', or write the body yourself")
        }
    }

    private func checkEndpoints(_ rules: TokenRules, _ bag: inout DiagnosticBag) {
        names.check(rules.discovery?.issuer?.names ?? [], .variables, &bag)
        names.check(rules.discovery?.url?.names ?? [], .variables, &bag)
        for endpoint in [rules.revoke, rules.introspect] {
            names.check(endpoint?.url?.names ?? [], .variables, &bag)
            for param in endpoint?.params ?? [] { names.check(param.value.names, .refresh, &bag) }
            for header in endpoint?.headers ?? [] { names.check(header.value.names, .refresh, &bag) }
        }
        names.check(rules.interactive?.authorizeURL?.names ?? [], .variables, &bag)
        names.check(rules.interactive?.deviceURL?.names ?? [], .variables, &bag)
        for param in rules.interactive?.params ?? [] { names.check(param.value.names, .variables, &bag) }
    }

    private func check(_ assertion: AssertionRules, _ bag: inout DiagnosticBag) {
        names.check(assertion.key.value.names, .request, &bag)
        names.check(assertion.audience?.names ?? [], .variables, &bag)
        for member in assertion.header + assertion.claims { names.check(member.value.names, .assertion, &bag) }
    }

    private func check(_ sign: SignRules, _ bag: inout DiagnosticBag) {
        for template in sign.templates { names.check(template.names, .call, &bag) }
        guard case .hmac(let rules) = sign else { return }
        names.check(rules.string.names, .signing, &bag)
        for header in rules.headers + rules.query { names.check(header.value.names, .signature, &bag) }
    }

    private func check(
        _ request: TokenRequestRules, _ stage: ProviderNames.Stage, _ names: ProviderNames, _ bag: inout DiagnosticBag
    ) {
        let url = request.url?.names ?? []
        names.check(url.filter { $0.path.root != "steps" }, .variables, &bag)
        names.check(url.filter { $0.path.root == "steps" }, stage, &bag)
        for header in request.headers { names.check(header.value.names, stage, &bag) }
        for parameter in request.query { names.check(parameter.value.names, stage, &bag) }
        if let body = request.body { names.check(body.names, stage, &bag) }
    }

    private func check(_ clientAuth: ClientAuthRules, _ bag: inout DiagnosticBag) {
        if let id = clientAuth.id { names.check(id.names, .request, &bag) }
        if let secret = clientAuth.secret { names.check(secret.names, .request, &bag) }
        if let assertion = clientAuth.assertion { check(assertion, &bag) }
    }

    private func check(_ variant: ProviderVariant, _ bag: inout DiagnosticBag) {
        for url in [variant.baseURL, variant.tokenURL] {
            if let url { names.check(url.names, .variables, &bag) }
        }
        for host in variant.hosts ?? [] { names.check(host.names, .variables, &bag) }
        if let clientAuth = variant.clientAuth { check(clientAuth, &bag) }
        if provider.tokenRules == nil, variant.tokenURL != nil || variant.clientAuth != nil {
            bag.error("no-token", "this variant changes a token request, but the provider has none", at: variant.span)
        }
    }

    /// Without a base URL the hosts of the credential must be said; a base URL that the token answer names cannot give them.
    private func checkHosts(_ reader: MemberReader, _ context: inout ReadingContext) {
        if case .none = provider.auth { return }
        guard provider.hosts == nil else { return }
        if let baseURL = provider.baseURL, baseURL.names.allSatisfy({ $0.path.root != "captured" }) { return }
        context.error(
            "no-hosts", "nothing says where the credential may go",
            at: reader["baseURL"] ?? reader["auth"] ?? reader.node,
            help: provider.baseURL == nil
                ? "add 'baseURL', or \"hosts\": [\"api.example.com\"]"
                : "the token answer names the base URL; add \"hosts\": [\"*.example.com\"]")
    }
}

extension TokenRules.Grant {
    /// The secrets that the preset puts into the body by itself.
    package var secrets: [String] {
        switch self {
        case .clientCredentials, .login, .jwtBearer, .deviceCode, .authorizationCode: []
        case .password: ["username", "password"]
        case .refreshToken: ["refreshToken"]
        case .tokenExchange: ["subjectToken"]
        }
    }
}

extension Provider {
    /// Where every call needs that capture of the token answer; nil: nowhere, or only before `??` or in a placement with
    /// `when`, where it may be missing.
    package func place(needing capture: String) -> Span? {
        let placed = placements.filter { $0.condition == nil }.flatMap { placement -> [Template] in
            switch placement.content {
            case .value(let value): [placement.name, value]
            case .basic(let username, let password): [placement.name, username, password]
            }
        }
        let all = placed + headers.map(\.value) + [baseURL?.template].compactMap(\.self) + (sign?.templates ?? [])
        return all.flatMap(\.names)
            .first { !$0.isOptional && $0.path.prefixes.contains("captured.\(capture)") }?.span
    }
}

extension SignRules {
    /// Those that know what a call knows.
    fileprivate var templates: [Template] {
        switch self {
        case .awsSigV4(let rules):
            [rules.accessKey, rules.secretKey, rules.sessionToken, rules.region, rules.service].compactMap(\.self)
        case .hmac(let rules): rules.key.map { [$0.value] } ?? []
        case .httpSignature(let rules): [rules.key.value, rules.keyID].compactMap(\.self)
        case .wsse(let username, let password, _), .digest(let username, let password): [username, password]
        case .dpop(let rules): [rules.key?.value].compactMap(\.self)
        case .oauth1(let rules):
            [rules.consumerKey, rules.consumerSecret, rules.token, rules.tokenSecret, rules.realm].compactMap(\.self)
        }
    }
}
