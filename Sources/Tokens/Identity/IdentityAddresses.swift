import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// Where an identity's requests go, and which hosts its credential is for.
struct IdentityAddresses {
    var baseURL: String?
    var hosts = HostGuard(hosts: HostList())
    var credentialHeaders: Set<String> = []
}

extension IdentityDraft {
    private var baseURLTemplate: URLTemplate? { variant?.baseURL ?? provider.baseURL }
    private var tokenURL: URLTemplate? { variant?.tokenURL ?? provider.tokenRules?.request.url }

    /// Vars bare, secrets as `secret.X`; those that are not sensitive are plain texts.
    func layer(_ hosts: HostList?) -> Scope.Layer {
        var layer: Scope.Layer = [:]
        for (name, text) in vars { layer[name] = TemplateValue(.string(text)) }
        for (name, secret) in secrets {
            layer["secret.\(name)"] =
                isSensitive(name) ? TemplateValue(secret, hosts: hosts) : TemplateValue(.string(secret.reveal()))
        }
        return layer
    }

    mutating func resolveAddresses(_ functions: FunctionTable) {
        let scope = Scope([layer(nil)], functions: functions)
        var urls: [HTTPURL] = []
        if let template = baseURLTemplate, !template.usesCaptures, let url = url(template, "base URL", scope) {
            addresses.baseURL = Self.withoutSlash(url.text)
            urls.append(url)
        }
        for (kind, template) in tokenAddresses where !template.usesSteps {
            if let url = url(template, kind, scope) { urls.append(url) }
        }
        let plain = HostList(urls.filter { $0.scheme == "http" }.map(HostGuard.name(of:)))
        addresses.hosts = HostGuard(hosts: hosts(urls, scope), plainHosts: plain)
        addresses.credentialHeaders = credentialHeaders(scope)
    }

    /// All URLs that get something of the credential, with their names for messages.
    private var tokenAddresses: [(kind: String, url: URLTemplate)] {
        guard let rules = provider.tokenRules else { return [] }
        var all: [(String, URLTemplate?)] = [("token URL", tokenURL)]
        if rules.refresh.mode != .reacquire { all.append(("refresh URL", refreshURL(rules.refresh))) }
        for step in rules.steps { all.append(("URL of the step '\(step.id)'", step.request.url)) }
        all += [
            ("revocation URL", rules.revoke?.url), ("introspection URL", rules.introspect?.url),
            ("device URL", rules.interactive?.deviceURL), ("metadata URL", rules.discovery?.url),
            ("issuer", rules.discovery?.issuer.map { URLTemplate($0) }),
        ]
        return all.compactMap { kind, url in url.map { (kind, $0) } }
    }

    /// A renewal at the token URL follows the variant there.
    private func refreshURL(_ refresh: RefreshRules) -> URLTemplate? {
        guard let moved = variant?.tokenURL, let rules = provider.tokenRules,
            refresh.request.url?.template.span == rules.request.url?.template.span
        else { return refresh.request.url }
        return moved
    }

    private mutating func url(_ template: URLTemplate, _ kind: String, _ scope: Scope) -> HTTPURL? {
        do throws(Diagnostic) {
            let rendered = try template.text(scope)
            do throws(HTTPURL.ParseError) {
                return try HTTPURL(parsing: rendered.text)
            } catch {
                report(
                    "the \(kind) of '\(binding.name)' \(error.reason(isSecret: rendered.taint != nil))",
                    given.fault(in: template.template))
            }
        } catch {
            report("the \(kind) of '\(binding.name)' has no value: \(error.title)", given.fault(in: template.template))
        }
        return nil
    }

    private mutating func report(
        _ title: String, _ fault: GivenPlaces.Fault, help: String = "check the 'vars' of the identity"
    ) {
        bag.error("bad-address", title + fault.remark, at: fault.place, help: help)
    }

    private mutating func hosts(_ urls: [HTTPURL], _ scope: Scope) -> HostList {
        guard let templates = variant?.hosts ?? provider.hosts else { return HostList(urls.map(HostGuard.name(of:))) }
        var names: [String] = []
        for template in templates {
            do throws(Diagnostic) {
                let text = try template.text(scope).text
                if let name = HostEntry.pattern(text) {
                    names.append(name)
                } else {
                    report(
                        "'\(text)' in the hosts of '\(provider.id)' is not a host", given.fault(in: template),
                        help: HostEntry.help)
                }
            } catch {
                report("a host of '\(provider.id)' has no value: \(error.title)", given.fault(in: template))
            }
        }
        return HostList(names)
    }

    private func credentialHeaders(_ scope: Scope) -> Set<String> {
        var names: Set<String> = []
        for placement in provider.placements where placement.kind == .header || placement.kind == .basic {
            if let name = try? placement.name.text(scope).text { names.insert(name.lowercased()) }
        }
        names.formUnion(provider.sign?.headerNames ?? [])
        return names
    }

    private static func withoutSlash(_ text: String) -> String {
        var result = text[...]
        while result.hasSuffix("/") { result = result.dropLast() }
        return String(result)
    }

    func identity(_ functions: FunctionTable) -> BoundIdentity {
        let rules = provider.tokenRules
        let scope = binding.scope ?? rules?.scope.values ?? []
        return BoundIdentity(
            name: binding.name, provider: provider, variant: variant?.name, vars: vars, secrets: secrets, scope: scope,
            hasOwnScope: binding.scope != nil,
            guardedHosts: addresses.hosts, baseURL: addresses.baseURL, span: binding.span, given: given,
            poolKey: PoolKey(identity: binding.name, tls: tls.client, policy: tls.policy), key: key(scope),
            rules: rules,
            tokenURL: tokenURL, issuer: rules?.discovery?.issuer ?? rules?.discovery?.url?.template,
            refreshURL: rules.flatMap { refreshURL($0.refresh) }, clientAuth: clientAuth, proof: proof,
            baseURLTemplate: baseURLTemplate, layer: layer(addresses.hosts.hosts),
            isVolatile: provider.isVolatile, keyExtra: keyExtra, endsAt: endsAt, goodUntil: goodUntil,
            credentialHeaders: addresses.credentialHeaders)
    }

    /// A digest over a canonical JSON of everything that decides which token comes.
    private func key(_ scope: [String]) -> String {
        func object(_ values: [String: String]) -> JSONValue {
            .object(JSONObject(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        }
        let parts: JSONValue = .object(
            JSONObject(
                [
                    ("provider", .string(provider.id)), ("identity", .string(binding.name)),
                    ("variant", variant.map { .string($0.name) } ?? .null), ("vars", object(vars)),
                    ("scope", .array(Set(scope).sorted().map { .string($0) })),
                    ("secrets", object(secrets.mapValues { $0.reveal() })),
                ] + (tls.client.map { [("tls", .string($0.certificate))] } ?? [])
                    + (keyExtra.isEmpty ? [] : [("extra", .array(keyExtra.map { .string($0) }))])))
        return CryptoFunctions.sha256(Array(parts.text().utf8))
    }
}

extension Provider {
    fileprivate var isVolatile: Bool {
        headers.contains { $0.value.isVolatile }
            || placements.contains { placement in
                switch placement.content {
                case .value(let value): value.isVolatile
                case .basic(let username, let password): username.isVolatile || password.isVolatile
                }
            }
    }
}

extension URLTemplate {
    /// Needs a value of the token answer.
    fileprivate var usesCaptures: Bool { names.contains { $0.path.root == "captured" } }
}
