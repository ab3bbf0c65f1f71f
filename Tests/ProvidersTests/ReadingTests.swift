import HTTP
import JSON
import Providers
import Templates
import Testing

@Suite("Reading providers")
struct ReadingTests {
    @Test("A static provider is id, secrets and where they go")
    func smallest() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "secrets": { "key": {} }, "baseURL": "https://api.acme.test", "auth": { "type": "static" },
              "apply": [{ "in": "query", "name": "key", "value": "{{secret.key}}", "methods": ["GET"], "when": "secret.key" }] }
            """#)
        let placement = try #require(provider.placements.first)
        #expect(provider.name == "acme")
        #expect(placement.kind == .query)
        #expect(placement.methods == [.get])
        #expect(placement.condition != nil)
        #expect(provider.tokenRules == nil)
    }

    @Test("A grant only fills in what is not written")
    func defaults() throws {
        let rules = try tokenProvider()
        #expect(rules.request.method == .post)
        #expect(rules.request.format == .form)
        #expect(rules.clientAuth.method == .body)
        #expect(rules.clientAuth.idField == "client_id")
        #expect(rules.response.success.statuses == [200, 201])
        #expect(rules.response.token.alternatives.map(\.text) == ["/access_token"])
        #expect(rules.response.type.at.alternatives.map(\.text) == ["/token_type"])
        #expect(rules.response.expiry?.unit == .s)
        #expect(rules.response.jwtExpiry == .min)
        #expect(rules.refresh.mode == .reacquire)
    }

    @Test("Every locator form is read, alone, as a list and as an object")
    func locators() throws {
        let response = try tokenProvider(
            response: #"""
                { "token": ["/a/0/b", "header:X-Token", "cookie:sid", ""], "type": "header:X-Type",
                  "refreshToken": { "at": ["/r", "/refresh"] }, "capture": { "csrf": "header:X-CSRF",
                  "instance": { "at": "/instance_url", "secret": false } } }
                """#
        ).response
        #expect(response.token.alternatives.map(\.text) == ["/a/0/b", "header:X-Token", "cookie:sid", ""])
        #expect(response.token.phrase == "/a/0/b, the header X-Token, the cookie sid or the whole body")
        #expect(response.type.at.alternatives.map(\.text) == ["header:X-Type"])
        #expect(response.refreshToken?.alternatives.map(\.text) == ["/r", "/refresh"])
        #expect(response.capture.map(\.name) == ["csrf", "instance"])
        #expect(response.capture.map(\.isSecret) == [true, false])
    }

    @Test("A format makes an expiry an instant")
    func expiry() throws {
        let response = try tokenProvider(
            response:
                #"{ "expiry": { "at": "/exp", "format": "epoch-ms" }, "defaultLifetime": "15m", "jwtExp": "ignore" }"#
        ).response
        #expect(response.expiry?.kind == .instant)
        #expect(response.expiry?.format == .epochMilliseconds)
        #expect(response.defaultLifetime == .seconds(900))
        #expect(response.jwtExpiry == .ignore)
    }

    @Test("Success may depend on a member of the answer")
    func success() throws {
        let response = try tokenProvider(
            response: #"{ "success": { "status": [200], "when": { "at": "/ok", "equals": true } } }"#
        ).response
        #expect(response.success.statuses == [200])
        guard case .equals(true)? = response.success.condition?.test else {
            Issue.record("the condition was not read")
            return
        }
    }

    @Test("A renewal inherits endpoint and response, and changes what it names")
    func refresh() throws {
        let refresh = try tokenProvider(
            #""refresh": { "rotation": "always", "reuse": "single", "onInvalid": "fail", "response": { "token": "/t" } }"#,
            response: #"{ "expiry": { "at": "/ttl", "unit": "min" } }"#
        ).refresh
        #expect(refresh.mode == .token)
        #expect(refresh.request.url?.template.plain == "https://api.acme.test/token")
        #expect(refresh.request.format == .form)
        #expect(refresh.response.token.alternatives.map(\.text) == ["/t"])
        #expect(refresh.response.expiry?.unit == .min)
        #expect(refresh.rotation == .always)
        #expect(refresh.reuse == .single)
        #expect(refresh.onInvalid == .fail)
        #expect(refresh.invalidStatuses == [400, 401])
    }

    @Test("$comment, $schema and description may stand everywhere")
    func remarks() throws {
        let provider = try provider(
            #"""
            { "$schema": "x", "$comment": [1], "description": "d", "id": "acme", "baseURL": "https://a.test",
              "auth": { "$comment": "c", "type": "token",
                        "request": { "description": "d", "url": "https://a.test/t", "body": { "a": 1 } } } }
            """#)
        #expect(provider.id == "acme")
        #expect(provider.placements.count == 1)
    }

    static let formatCases: [(VariableSpec.Format, String, Bool)] = [
        (.hostname, "eu1", true), (.hostname, "a.b-c.test", true), (.hostname, "a..b", false), (.hostname, "-a", false),
        (.hostname, "evil.com/", false), (.hostname, "", false), (.hostname, "a b", false),
        (.uri, "https://a.test/x?y=1", true), (.uri, "a.test", false), (.uri, "ftp://a.test", false),
        (.uri, "https://user@a.test", false),
        (.uuid, "f2c9e0b3-b799-4c36-91b7-9bb6a791fa7b", true), (.uuid, "F2C9E0B3-B799-4C36-91B7-9BB6A791FA7B", true),
        (.uuid, "f2c9e0b3b7994c3691b79bb6a791fa7b", false), (.uuid, "f2c9e0b3-b799-4c36-91b7-9bb6a791fa7g", false),
        (.email, "your.email@zarv.com", true), (.email, "a@b@c", false), (.email, "@b.test", false),
        (.email, "a b@c.test", false),
    ]

    @Test("Formats of variables", arguments: formatCases)
    func formats(_ format: VariableSpec.Format, _ text: String, _ accepted: Bool) {
        #expect(format.accepts(text) == accepted)
    }

    @Test("Prefix and suffix are taken off before a variable is judged")
    func stripping() throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://{{site}}.acme.test", "auth": { "type": "none" },
              "vars": { "site": { "stripPrefix": "https://", "stripSuffix": ".acme.test", "pattern": "[a-z]+" } } }
            """#)
        let site = try #require(provider.variable("site"))
        #expect(site.stripped("https://north.acme.test") == "north")
        #expect(site.objection(to: "north") == nil)
        #expect(site.objection(to: "north.x") == "a text that matches [a-z]+")
        #expect(site.objection(to: "") == "a text that is not empty")
    }
}
