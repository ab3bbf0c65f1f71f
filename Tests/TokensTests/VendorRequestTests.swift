import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Token requests on the wire")
struct VendorRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let provider: String
        var variant: String?
        var vars: [String: String] = [:]
        var scope: [String]?
        let secrets: [String: String]
        let url: String
        let type: String
        let body: String
        var headers: [String: String] = [:]

        var testDescription: String { provider + (variant.map { " (\($0))" } ?? "") }
    }

    private static let generic = ["tokenURL": "https://auth.test/token", "apiURL": "https://api.test/"]
    private static let form = "application/x-www-form-urlencoded"

    /// As the vendors' pages print them.
    static let cases = [
        Case(
            provider: "zara4", secrets: ["clientId": "API_CLIENT_ID", "clientSecret": "API_CLIENT_SECRET"],
            url: "https://api.zara4.com/oauth/access_token", type: form,
            body: "grant_type=client_credentials&client_id=API_CLIENT_ID&client_secret=API_CLIENT_SECRET"
                + "&scope=image-processing%2Cusage"),
        Case(
            provider: "zara4", variant: "sandbox", scope: ["usage"],
            secrets: ["testClientId": "test-id", "testClientSecret": "a&b=c d"],
            url: "https://api.zara4.com/oauth/access_token", type: form,
            body: "grant_type=client_credentials&client_id=test-id&client_secret=a%26b%3Dc+d&scope=usage"),
        Case(
            provider: "zarv", secrets: ["username": "your.email@zarv.com", "password": "your_\"password\""],
            url: "https://services.zarv.com/api/v1/authentication", type: "application/json",
            body: #"{"username":"your.email@zarv.com","password":"your_\"password\""}"#),
        Case(
            provider: "scalar", scope: ["UMAPI", "PLAPI"],
            secrets: ["clientId": "f2c9e0b3-b799-4c36-91b7-9bb6a791fa7b", "clientSecret": "12345abcdef"],
            url: "https://auth.api.eu1.scalar.zf.com/v1/integrators/token", type: "application/json",
            body: #"{"clientId":"f2c9e0b3-b799-4c36-91b7-9bb6a791fa7b","clientSecret":"12345abcdef","audience":"API","#
                + #""scope":["UMAPI","PLAPI"]}"#),
        Case(
            provider: "scalar", vars: ["region": "us1", "audience": "FLEET"],
            secrets: ["clientId": "i", "clientSecret": "s"],
            url: "https://auth.api.us1.scalar.zf.com/v1/integrators/token", type: "application/json",
            body: #"{"clientId":"i","clientSecret":"s","audience":"FLEET"}"#),
        Case(
            provider: "oauth2-password", vars: generic, scope: ["a", "b"],
            secrets: ["username": "bob", "password": "p w"], url: "https://auth.test/token", type: form,
            body: "grant_type=password&username=bob&password=p+w&scope=a+b"),
        Case(
            provider: "oauth2-password", variant: "basic", vars: generic,
            secrets: ["username": "bob", "password": "pw", "clientId": "id", "clientSecret": "a b"],
            url: "https://auth.test/token", type: form, body: "grant_type=password&username=bob&password=pw",
            headers: ["Authorization": "Basic aWQ6YSti"]),
        Case(
            provider: "clazar", secrets: ["clientId": "<your_client_id>", "clientSecret": "<your_client_secret>"],
            url: "https://api.clazar.io/authenticate/", type: "application/json",
            body: #"{"client_id":"<your_client_id>","client_secret":"<your_client_secret>"}"#),
        Case(
            provider: "clarify",
            vars: ["tokenURL": "https://auth.clarify.test/oauth/token", "apiURL": "https://api.clarify.test/v1/"],
            secrets: ["clientId": "YOUR_CLIENT_ID", "clientSecret": "YOUR_CLIENT_SECRET"],
            url: "https://auth.clarify.test/oauth/token", type: form,
            body: "grant_type=client_credentials&client_id=YOUR_CLIENT_ID&client_secret=YOUR_CLIENT_SECRET"
                + "&audience=https%3A%2F%2Fapi.clarify.test%2Fv1%2F"),
        Case(
            provider: "oauth2-client-credentials", vars: generic, scope: ["read", "write"],
            secrets: ["clientId": "id", "clientSecret": "secret"], url: "https://auth.test/token", type: form,
            body: "grant_type=client_credentials&client_id=id&client_secret=secret&scope=read+write"),
        // RFC 6749 §2.3.1: form-encoded before base64.
        Case(
            provider: "oauth2-client-credentials", variant: "basic", vars: generic,
            secrets: ["clientId": "a:b", "clientSecret": "c d%"], url: "https://auth.test/token", type: form,
            body: "grant_type=client_credentials", headers: ["Authorization": "Basic YSUzQWI6YytkJTI1"]),
        Case(
            provider: "oauth2-client-credentials", variant: "basic-raw",
            vars: generic.merging(["audience": "https://api.test"]) { $1 },
            secrets: ["clientId": "id", "clientSecret": "c d:%"], url: "https://auth.test/token", type: form,
            body: "grant_type=client_credentials&audience=https%3A%2F%2Fapi.test",
            headers: ["Authorization": "Basic aWQ6YyBkOiU="]),
    ]

    @Test("Method, URL, content type and body are the documented ones", arguments: cases)
    func wire(_ sample: Case) throws {
        let desk = Desk("{}")
        let identity = try desk.bind(
            try builtIn(sample.provider), variant: sample.variant, vars: sample.vars, scope: sample.scope,
            secrets: sample.secrets)
        let request = try desk.exchange.request(for: identity)
        #expect(request.method == .post)
        #expect(request.url.text == sample.url)
        #expect(request.headers.values("Content-Type") == [sample.type])
        #expect(request.headers["Accept"] == "application/json")
        #expect(request.bodyText == sample.body)
        #expect(request.bodyIsSensitive)
        #expect(request.headers["Authorization"] == sample.headers["Authorization"])
        #expect(request.headers.filter(\.isSensitive).map(\.name) == Array(sample.headers.keys))
    }

    @Test("A login by GET puts its members into the query")
    func get() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "user": {}, "key": {} },
              "auth": { "type": "token", "request": { "method": "GET", "url": "https://api.acme.test/login?v=2",
                "headers": { "X-User": "{{secret.user}}", "Accept": "text/plain" }, "query": { "n": [1, true] },
                "body": { "key": "{{secret.key}}", "unset": null } } } }
            """#)
        let desk = Desk("{}")
        let request = try desk.exchange.request(
            for: try desk.bind(provider, secrets: ["user": "somebody", "key": "a b&c"]))
        #expect(request.method == .get)
        #expect(request.url.text == "https://api.acme.test/login?v=2&n=1&n=true&key=a%20b%26c")
        #expect(request.body == .none)
        #expect(request.headers["Accept"] == "text/plain")
        #expect(request.headers.filter(\.isSensitive).map(\.name) == ["X-User"])
    }

    @Test("Typed and nested bodies stay as they are; scope forms, params and presets are added")
    func free() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "n": { "default": "7" } },
              "secrets": { "username": {}, "password": {} },
              "auth": { "type": "token", "grant": "password", "scope": { "values": ["a", "b"], "as": "repeat" },
                "params": { "resource": ["x", "y"] },
                "request": { "url": "https://api.acme.test/token", "format": "json",
                  "body": { "grant_type": "urn:x", "device": { "id": "{{n}}", "n": "{{int(n)}}", "on": true }, "none": "{{null}}" } } } }
            """#)
        let desk = Desk("{}")
        let request = try desk.exchange.request(
            for: try desk.bind(provider, secrets: ["username": "u", "password": "p"]))
        #expect(
            request.bodyText
                == #"{"grant_type":"urn:x","device":{"id":"7","n":7,"on":true},"scope":["a","b"],"resource":["x","y"]}"#
        )
    }

    @Test("A repeated scope in a form is the name once per scope")
    func repeated() throws {
        let desk = Desk("{}")
        let provider = try acme(#""scope": { "values": ["a", "b"], "as": "repeat", "field": "scopes" }"#)
        let request = try desk.exchange.request(for: try desk.bind(provider, secrets: acmeSecrets))
        #expect(request.bodyText.hasSuffix("&scopes=a&scopes=b"))
    }

    @Test("A whole body of text is sent as it is")
    func text() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "key": {} },
              "auth": { "type": "token", "request": { "url": "https://api.acme.test/token", "format": "text",
                "headers": { "Content-Type": "application/x-key" }, "body": "key={{secret.key}}" } } }
            """#)
        let desk = Desk("{}")
        let request = try desk.exchange.request(for: try desk.bind(provider, secrets: ["key": "k&k"]))
        #expect(request.bodyText == "key=k&k")
        #expect(request.headers.values("Content-Type") == ["application/x-key"])
    }

    @Test("A token URL outside the provider's hosts is refused before anything is sent")
    func guarded() async throws {
        let provider = try acme("", #""hosts": ["api.acme.test"]"#)
        let desk = Desk("{}")
        let identity = try desk.bind(provider, secrets: acmeSecrets)
        let error = try await desk.refusal(identity)
        #expect(error.kind == .hostNotAllowed)
        #expect(
            error.message
                == "the credential of 'acme' is not sent to auth.acme.test; it is only for api.acme.test; "
                + "the token URL must be one of the provider's 'hosts'")
        #expect(desk.transport.sent.isEmpty)
    }
}
