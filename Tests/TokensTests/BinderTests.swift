import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Binding identities")
struct BinderTests {
    private static let file = SourceFile(
        path: "environments/test.json", text: #"{ "clarify": { "provider": "clarify" } }"#)
    private static let span = Span(file, 2..<11)
    private static let document = #"""
        { "apiUrl": "https://api.clarify.test/v1/", "integration": "x",
          "credentials": { "type": "client-credentials", "clientId": "file-id", "clientSecret": "file-secret" } }
        """#

    private static func bind(
        _ provider: String, variant: String? = nil, vars: [String: String] = [:], secrets: [String: String] = [:],
        from: String? = nil, redactor: Redactor = Redactor()
    ) throws -> (identity: BoundIdentity?, problems: [Diagnostic]) {
        var bag = DiagnosticBag()
        let identity = IdentityBinder(functions: .standard(), redactor: redactor).bind(
            IdentityBinding(
                provider, try builtIn(provider), at: span, variant: variant.map { .init($0, at: span) },
                vars: vars.mapValues { .init($0, at: span) },
                secrets: Dictionary(uniqueKeysWithValues: secrets.map { ($0, Secret($1, label: "\(provider).\($0)")) }),
                from: try from.map { try JSONDocument.parse($0).root }), bag: &bag)
        return (identity, bag.sorted)
    }

    @Test("An entry of hosts may be a URL: what counts is its host and port")
    func hostsAsURLs() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "{{server}}", "vars": { "server": { "required": true } }, "secrets": { "key": {} },
              "hosts": ["{{server}}", "*.acme.test", "https://files.acme.test:443"], "auth": { "type": "static" },
              "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }] }
            """#)
        let identity = try Desk("").bind(
            provider, vars: ["server": "http://127.0.0.1:8080"], secrets: ["key": "a-key-of-ours"])
        #expect(identity.hosts.phrase == "*.acme.test, 127.0.0.1:8080, files.acme.test")
    }

    @Test("Clarify's credentials file gives id, secret and URL; what the identity says wins")
    func from() throws {
        let redactor = Redactor()
        let (bound, problems) = try Self.bind(
            "clarify", vars: ["tokenURL": "https://auth.clarify.test/token"], from: Self.document, redactor: redactor)
        #expect(problems.isEmpty)
        let identity = try #require(bound)
        #expect(
            identity.vars == ["tokenURL": "https://auth.clarify.test/token", "apiURL": "https://api.clarify.test/v1"])
        #expect(identity.secrets.mapValues { $0.reveal() } == ["clientId": "file-id", "clientSecret": "file-secret"])
        #expect(identity.baseURL == "https://api.clarify.test/v1")
        #expect(identity.hosts.phrase == "api.clarify.test, auth.clarify.test")
        #expect(redactor.redact("file-secret") == "«secret:clarify.clientSecret»")

        let own = try Self.bind(
            "clarify", vars: ["tokenURL": "https://auth.clarify.test/token", "apiURL": "https://other.test"],
            from: Self.document)
        #expect(own.identity?.baseURL == "https://other.test")
    }

    @Test("Default, variant and identity: the later one wins")
    func order() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://{{region}}.acme.test", "auth": { "type": "none" },
              "vars": { "region": { "default": "eu1" } }, "variants": { "us": { "vars": { "region": "us1" } } } }
            """#)
        let desk = Desk("{}")
        #expect(try desk.bind(provider).baseURL == "https://eu1.acme.test")
        #expect(try desk.bind(provider, variant: "us").baseURL == "https://us1.acme.test")
        #expect(try desk.bind(provider, variant: "us", vars: ["region": "us2"]).baseURL == "https://us2.acme.test")
    }

    @Test("A variant moves token URL, hosts and client authentication")
    func variant() throws {
        let provider = try acme(
            #""refresh": {}"#,
            #""variants": { "test": { "tokenURL": "https://auth.test/token", "baseURL": "https://api.test", "clientAuth": { "method": "basic" } } }"#
        )
        let desk = Desk("{}")
        let identity = try desk.bind(provider, variant: "test", secrets: acmeSecrets)
        #expect(identity.hosts.phrase == "api.test, auth.test")
        let request = try desk.exchange.request(for: identity)
        #expect(request.url.text == "https://auth.test/token")
        #expect(request.bodyText == "grant_type=client_credentials")
        #expect(request.headers.contains(name: "Authorization"))
    }

    private static func twins() throws -> Provider {
        try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test",
              "secrets": { "clientId": { "sensitive": false }, "clientSecret": {}, "testId": {}, "testSecret": {} },
              "variants": { "test": { "secrets": { "clientId": "testId", "clientSecret": "testSecret" } } },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "https://api.acme.test/token" } } }
            """)
    }

    @Test("A variant puts its own secrets in the place of others, and asks for no more than it needs")
    func variantSecrets() throws {
        let provider = try Self.twins()
        let live = ["clientId": "live-client-id", "clientSecret": "live-secret"]
        let test = ["testId": "test-client-id", "testSecret": "test-secret"]
        let desk = Desk("{}")
        func body(_ variant: String?, _ secrets: [String: String]) throws -> String {
            try desk.exchange.request(for: try desk.bind(provider, variant: variant, secrets: secrets)).bodyText
        }
        let (liveBody, testBody) = (
            "grant_type=client_credentials&client_id=live-client-id&client_secret=live-secret",
            "grant_type=client_credentials&client_id=test-client-id&client_secret=test-secret"
        )
        #expect(try body(nil, live) == liveBody)
        #expect(try body("test", test) == testBody)
        // Both pairs in one identity: the variant decides.
        #expect(try body(nil, live.merging(test) { $1 }) == liveBody)
        #expect(try body("test", live.merging(test) { $1 }) == testBody)
        #expect(desk.redactor.redact("test-client-id test-secret") == "«secret:acme.testId» «secret:acme.testSecret»")
        let keys = try [nil, "test"].map {
            try desk.bind(provider, variant: $0, secrets: live.merging(test) { $1 }).key
        }
        #expect(Set(keys).count == 2)
    }

    @Test("Secrets that are not sensitive are not masked")
    func open() throws {
        let redactor = Redactor()
        _ = try Self.bind(
            "zara4", secrets: ["clientId": "visible-client", "clientSecret": "hidden-secret"], redactor: redactor)
        #expect(redactor.redact("visible-client hidden-secret") == "visible-client «secret:zara4.clientSecret»")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let provider: String
        var variant: String?
        var vars: [String: String] = [:]
        var secrets: [String: String] = [:]
        var from: String?
        let titles: [String]
        let helps: [String?]
    }

    private static let clarifyVars = [
        "tokenURL": "https://auth.clarify.test/token", "apiURL": "https://api.clarify.test",
    ]

    static let cases = [
        Case(
            testDescription: "a missing secret", provider: "clazar", secrets: ["clientId": "an-id"],
            titles: ["'clazar' needs the secret 'clientSecret' of 'clazar'"],
            helps: ["bind it under 'secrets': The Client Secret of the API credentials."]),
        Case(
            testDescription: "a secret of another name", provider: "clazar",
            secrets: ["clientId": "an-id", "clientSecret": "a-secret", "clientSecrt": "x"],
            titles: ["the provider 'clazar' has no secret 'clientSecrt'"], helps: ["did you mean 'clientSecret'?"]),
        Case(
            testDescription: "missing variables", provider: "clarify",
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: [
                "'clarify' needs the variable 'tokenURL' of 'clarify'",
                "'clarify' needs the variable 'apiURL' of 'clarify'",
            ],
            helps: [
                "set it under 'vars': The token URL of your account.",
                "set it under 'vars' or in the document of 'from' at /apiUrl: The URL of the API: apiUrl of the credentials file.",
            ]),
        Case(
            testDescription: "a variable of the wrong form", provider: "scalar", vars: ["region": "eu1/x"],
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: ["'region' of 'scalar' must be a host name or a part of one"],
            helps: ["The region in the host names."]),
        Case(
            testDescription: "a URL that is none", provider: "clarify",
            vars: clarifyVars.merging(["apiURL": "api.clarify.test"]) { $1 },
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: ["'apiURL' of 'clarify' must be an absolute URL (https://…)"],
            helps: ["The URL of the API: apiUrl of the credentials file."]),
        Case(
            testDescription: "an unknown variable", provider: "scalar", vars: ["regoin": "eu1"],
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: ["the provider 'scalar' has no variable 'regoin'"], helps: ["did you mean 'region'?"]),
        Case(
            testDescription: "an unknown variant", provider: "zara4", variant: "sandbx",
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: ["the provider 'zara4' has no variant 'sandbx'"], helps: ["did you mean 'sandbox'?"]),
        Case(
            testDescription: "the live credentials in a variant with its own", provider: "zara4", variant: "sandbox",
            secrets: ["clientId": "an-id", "clientSecret": "a-secret"],
            titles: [
                "'zara4' needs the secret 'testClientId' of 'zara4' in its variant 'sandbox'",
                "'zara4' needs the secret 'testClientSecret' of 'zara4' in its variant 'sandbox'",
            ],
            helps: [
                "bind it under 'secrets': API_CLIENT_ID of the account's test API credentials.",
                "bind it under 'secrets': API_CLIENT_SECRET of the account's test API credentials.",
            ]),
        Case(
            testDescription: "a document of another type", provider: "clarify", vars: clarifyVars,
            from: document.replacing(#""client-credentials""#, with: #""basic-auth""#),
            titles: ["the document of 'from' is not one for 'clarify'"],
            helps: [#""client-credentials" must stand at /credentials/type"#]),
    ]

    @Test("What is missing or does not fit", arguments: cases)
    func errors(_ sample: Case) throws {
        let (identity, problems) = try Self.bind(
            sample.provider, variant: sample.variant, vars: sample.vars, secrets: sample.secrets, from: sample.from)
        #expect(identity == nil)
        #expect(problems.map(\.title) == sample.titles)
        #expect(problems.map(\.help) == sample.helps)
        for problem in problems { #expect(!problem.description.contains("a-secret")) }
    }

    private static let block = """
        -----BEGIN PRIVATE KEY-----
        TUlJQ2RnSUJBREFOQmdrcWhraUc5dzA=
        -----END PRIVATE KEY-----
        """

    static let formats: [(String, String, String?)] = [
        ("text", "any text\nof two lines", nil),
        ("text", "a-secret\u{1}", "holds control characters: it is binary, or was read in another encoding"),
        ("pem", block, nil), ("pem", block.replacing("\n", with: "\\n"), nil),
        ("pem", "# key\n\(block)\n\n\(block)\n", nil),
        (
            "pem",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nTUlJQw==\n-----END RSA PRIVATE KEY-----",
            nil
        ),
        ("pem", "a-secret", "is not PEM: it has no line -----BEGIN …-----"),
        ("pem", "keys/a-secret.pem", "is not PEM: it has no line -----BEGIN …-----; it looks like the name of a file"),
        ("pem", "-----BEGIN PRIVATE KEY", "is not PEM: a line -----BEGIN …----- is cut off"),
        (
            "pem", "-----BEGIN PRIVATE KEY-----\na-secret",
            "is not PEM: a block has no line -----END …----- with the words of its beginning; is it cut off?"
        ),
        (
            "pem", "-----BEGIN PRIVATE KEY-----\na-secret!\n-----END PRIVATE KEY-----",
            "is not PEM: what stands in a block is not base64"
        ),
        ("jwk", #"{"kty":"oct","k":"YS1zZWNyZXQ"}"#, nil),
        ("jwk", #"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"YS1z"}]}"#, nil),
        ("jwk", "a-secret", "is not a JWK: expected a value (line 1, byte 1)"),
        ("jwk", #"["a-secret"]"#, "is not a JWK: it is no JSON object"),
        ("jwk", #"{"keys":[{},{}]}"#, "is not a JWK but a set of several; give the one that is meant"),
        ("jwk", #"{"kty":"a-secret"}"#, "is not a JWK: its kty is not one of EC, OKP, RSA, oct"),
        ("jwk", #"{"kty":"RSA","n":"a-secret"}"#, "is not a JWK: a key of the kty RSA holds 'e' in base64url"),
        ("json", #"{"a":[1,null]}"#, nil),
        ("json", "{\n \"a\": a-secret }", "is not JSON: expected a value (line 2, byte 7)"),
    ]

    @Test(
        "The format of a secret is checked when it is bound, and what is wrong is said without its value",
        arguments: formats)
    func format(_ format: String, _ value: String, _ objection: String?) throws {
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://acme.test", "auth": { "type": "static" },
              "secrets": { "key": { "format": "\(format)", "help": "Account → Keys" } },
              "apply": [{ "in": "header", "name": "X-Key", "value": "{{base64(secret.key)}}" }] }
            """)
        var bag = DiagnosticBag()
        let binding = IdentityBinding(
            "mine", provider, at: Self.span, secrets: ["key": Secret(value, label: "mine.key")])
        let identity = IdentityBinder(functions: .standard(), redactor: Redactor()).bind(binding, bag: &bag)
        #expect((identity == nil) == (objection != nil))
        #expect(bag.diagnostics.map(\.title) == (objection.map { ["the secret 'key' of 'mine' \($0)"] } ?? []))
        for problem in bag.diagnostics { #expect(!problem.description.contains("a-secret")) }
    }

    @Test("The header fields of the credential are known before there is one")
    func headers() throws {
        let (identity, _) = try Self.bind(
            "api-key", vars: ["apiURL": "https://api.test", "header": "X-My-Key"], secrets: ["key": "the-key"])
        #expect(identity?.credentialHeaders == ["x-my-key"])
    }
}

@Suite("Secrets out of a document")
struct DocumentPlaceTests {
    @Test("What the document does not hold is shown where the provider looks for it")
    func place() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test",
              "secrets": { "key": { "at": "/data/kye" } }, "auth": { "type": "static" },
              "apply": [{ "in": "header", "name": "X-Key", "value": "{{secret.key}}" }] }
            """#)
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        for (document, place) in [
            (#"{ "data": { "key": "a-key-of-ours" } }"#, "providers/acme.json:2:"), (nil, "environments/"),
        ] {
            var bag = DiagnosticBag()
            let binding = IdentityBinding(
                "acme", provider, at: span, from: try document.map { try JSONDocument.parse($0).root })
            #expect(IdentityBinder(functions: .standard(), redactor: Redactor()).bind(binding, bag: &bag) == nil)
            let found = try #require(bag.sorted.first)
            #expect(found.span?.place.hasPrefix(place) == true, "\(found)")
            #expect(
                found.help?.contains(document == nil ? "give a 'from'" : "holds nothing at /data/kye") == true,
                "\(found)")
        }
    }
}
