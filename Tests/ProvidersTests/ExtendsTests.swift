import Diagnostics
import HTTP
import JSON
import Providers
import Templates
import Testing

@Suite("Providers that extend others")
struct ExtendsTests {
    private static func catalog(_ files: [String: String]) -> (ProviderCatalog, DiagnosticBag) {
        var bag = DiagnosticBag()
        let sources = files.sorted { $0.key < $1.key }.map {
            SourceFile(path: "providers/\($0.key).json", text: $0.value)
        }
        return (ProviderCatalog(files: sources, bag: &bag), bag)
    }

    private static func provider(_ id: String, _ files: [String: String]) throws -> Provider {
        var (catalog, bag) = catalog(files)
        let provider = catalog.provider(id, at: nil, bag: &bag)
        #expect(bag.isEmpty, "\(bag.diagnostics.map(\.description).joined(separator: "\n"))")
        return try #require(provider)
    }

    @Test("An alias: nothing but another name and another default")
    func alias() throws {
        let us = try Self.provider(
            "scalar-us",
            ["us": #"{ "id": "scalar-us", "extends": "scalar", "vars": { "region": { "default": "us1" } } }"#])
        var bag = DiagnosticBag()
        var catalog = ProviderCatalog(bag: &bag)
        let scalar = try #require(catalog.provider("scalar", at: nil, bag: &bag))
        #expect(us.id == "scalar-us" && us.name == "scalar-us" && us.extends == "scalar")
        #expect(us.variable("region")?.defaultValue == "us1")
        #expect(us.variable("region")?.help == scalar.variable("region")?.help)
        #expect(us.vars.map(\.name) == scalar.vars.map(\.name))
        #expect(us.secrets.map(\.name) == scalar.secrets.map(\.name))
        #expect(us.tokenRules?.scope.form == .array)
        #expect(us.tokenRules?.response.defaultLifetime == scalar.tokenRules?.response.defaultLifetime)
        #expect(us.contract.promises.map(\.id) == scalar.contract.promises.map(\.id))
        guard case .file(let file) = us.origin else {
            Issue.record("its origin is not its file")
            return
        }
        #expect(file.path == "providers/us.json")
    }

    @Test("Members merge deeply: one header, one param, one place of the answer")
    func deep() throws {
        let base = #"""
            { "id": "base", "baseURL": "https://a.test", "headers": { "X-A": "1", "X-B": "1" },
              "secrets": { "clientId": {}, "clientSecret": {} }, "cache": { "skew": "5s", "maxPerRun": 3 }, "retry": { "max": 2 },
              "auth": { "type": "token", "grant": "client_credentials",
                "request": { "url": "https://a.test/token", "headers": { "X-T": "1" }, "body": { "x": "y" } },
                "params": { "audience": "a", "resource": "r" }, "clientAuth": { "method": "basic" },
                "scope": { "values": ["s"], "separator": "," },
                "response": { "token": "/t", "expiry": "/ttl" }, "refresh": { "rotation": "never" } } }
            """#
        let child = #"""
            { "id": "child", "extends": "base", "headers": { "x-b": "2" }, "cache": { "skew": "9s" },
              "auth": { "request": { "url": "https://b.test/token" }, "params": { "audience": "b" },
                        "scope": { "values": ["t"] }, "response": { "token": "/u" } } }
            """#
        let provider = try Self.provider("child", ["base": base, "child": child])
        #expect(provider.headers.map { "\($0.name) \($0.value.plain ?? "")" } == ["X-A 1", "x-b 2"])
        #expect(provider.cache.skew == .seconds(9) && provider.cache.maxPerRun == 3)
        #expect(provider.retry.max == 2)
        let rules = try #require(provider.tokenRules)
        #expect(rules.grant == .clientCredentials && rules.clientAuth.method == .basic)
        #expect(rules.request.url?.template.plain == "https://b.test/token")
        #expect(rules.request.headers.map(\.name) == ["X-T"] && rules.request.body != nil)
        #expect(rules.params.map(\.name) == ["resource", "audience"])
        #expect(rules.params.last?.value.constant == "b")
        #expect(rules.scope.values == ["t"] && rules.scope.separator == ",")
        #expect(rules.response.token.alternatives.map(\.text) == ["/u"])
        #expect(rules.response.expiry?.at.alternatives.map(\.text) == ["/ttl"])
        // The renewal follows to the new token URL.
        #expect(rules.refresh.mode == .token && rules.refresh.rotation == .never)
        #expect(rules.refresh.request.url?.template.plain == "https://b.test/token")
        #expect(rules.refresh.response.token.alternatives.map(\.text) == ["/u"])
    }

    @Test("A chain, and a file that takes a built-in's place and extends it")
    func chain() throws {
        let files = [
            "a": #"{ "id": "a", "extends": "b", "name": "A" }"#, "b": #"{ "id": "b", "extends": "zarv" }"#,
            "zarv": #"{ "id": "zarv", "replaces": "builtin", "extends": "zarv", "baseURL": "https://zarv.local" }"#,
        ]
        #expect(try Self.provider("a", files).baseURL?.template.plain == "https://zarv.local")
        #expect(try Self.provider("zarv", files).secrets.map(\.name) == ["username", "password"])
    }

    @Test("A grant of another kind over a discovered server")
    func grant() throws {
        let provider = try Self.provider(
            "people",
            [
                "people": #"""
                { "id": "people", "extends": "oidc", "secrets": { "clientSecret": { "required": false } },
                  "auth": { "grant": "authorization_code", "clientAuth": { "method": "none" } } }
                """#
            ])
        #expect(provider.tokenRules?.grant == .authorizationCode)
        #expect(provider.tokenRules?.discovery != nil && provider.tokenRules?.interactive?.pkce == .s256)
        #expect(provider.tokenRules?.refresh.mode == .token)
    }

    static let wrong: [([String: String], [String])] = [
        (
            ["a": #"{ "id": "a", "extends": "zrav" }"#],
            ["providers/a.json:1:25 there is no provider 'zrav' (did you mean 'zarv'?)"]
        ),
        (["a": #"{ "id": "a", "extends": "a" }"#], ["providers/a.json:1:25 'extends' leads back to 'a': a → a ()"]),
        (
            ["a": #"{ "id": "a", "extends": "b" }"#, "b": #"{ "id": "b", "extends": "a" }"#],
            ["providers/b.json:1:25 'extends' leads back to 'a': a → b → a ()"]
        ),
        (
            ["a": #"{ "id": "a", "extends": "b" }"#, "b": #"{ "id": "b", "auth": 1 }"#],
            ["providers/b.json:1:22 'auth' must be an object ()"]
        ),
        (
            ["a": #"{ "id": "a", "extends": "zarv", "auth": { "request": { "body": { "u": "{{secret.user}}" } } } }"#],
            [
                "providers/a.json:1:74 'secret.user' is not defined in this provider (did you mean 'secret.username'? else declare \"user\": {} under 'secrets')"
            ]
        ),
    ]

    @Test("What is wrong is said once, where it stands", arguments: wrong)
    func refused(_ files: [String: String], _ problems: [String]) {
        let (_, bag) = Self.catalog(files)
        #expect(
            bag.sorted.map { "\($0.span?.place ?? "") \($0.title) (\($0.help ?? ""))" } == problems)
    }
}
