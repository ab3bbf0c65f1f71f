import HTTP
import Providers
import TestSupport
import Testing
import Tokens

/// A need of some vendor, as a profile says it, and what goes out: the requests for tokens, then a call.
struct Need: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Members of the provider beside `id` and `baseURL`.
    let provider: String
    var vars: [String: String] = [:]
    var secrets: [String: String] = acmeSecrets
    var answers: [HTTPResponse] = []
    /// Time that passes between the first call and the second one; nil: there is no second.
    var pause: Duration?
    /// Of each request what must be in it: its first line, header lines, its body. `…` at the end: the beginning only.
    let sent: [[String]]
}

extension Need {
    private static let client = #""secrets": { "clientId": {}, "clientSecret": {} }"#
    private static let key = #""secrets": { "key": {} }"#
    private static let call = "GET https://api.acme.test/x"

    private static func token(_ more: String) -> String {
        """
        \(client), "auth": { "type": "token", "grant": "client_credentials",
          "request": { "url": "https://auth.acme.test/token" }\(more) }
        """
    }

    private static func fixed(_ placements: String) -> String {
        #"\#(key), "auth": { "type": "static" }, "apply": [\#(placements)]"#
    }

    static let all = placements + requests + lifetimes + chains

    static let placements = [
        Need(
            testDescription: "Bearer, where a profile says nothing else", provider: token(""),
            answers: [ok(#"{"access_token":"t-1"}"#)],
            sent: [["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-1"]]),
        Need(
            testDescription: "A scheme word of the vendor's own, and a bare key",
            provider: fixed(
                #"""
                { "in": "header", "value": "Token token={{secret.key}}" }, { "in": "header", "name": "X-Token", "value": "{{secret.key}}" }
                """#), secrets: ["key": "the-key"],
            sent: [[call, "Authorization: Token token=the-key", "X-Token: the-key"]]),
        Need(
            testDescription: "Several places at once",
            provider: fixed(
                #"""
                { "in": "header", "name": "X-Key", "value": "{{secret.key}}" }, { "in": "query", "name": "app", "value": "{{app}}" },
                { "in": "cookie", "name": "k", "value": "{{secret.key}}" }
                """#) + #", "vars": { "app": {} }"#, vars: ["app": "a 1"], secrets: ["key": "the-key"],
            sent: [[call + "?app=a%201", "X-Key: the-key", "Cookie: k=the-key"]]),
        Need(
            testDescription: "base64 in a value, and a fallback where something has no value",
            provider: fixed(
                #"""
                { "in": "header", "value": "Basic {{base64(secret.key)}}" }, { "in": "header", "name": "X-Site", "value": "{{site ?? 'main'}}" }
                """#) + #", "vars": { "site": {} }"#, secrets: ["key": "apikey:x"],
            sent: [[call, "Authorization: Basic YXBpa2V5Ong=", "X-Site: main"]]),
    ]

    static let requests = [
        Need(
            testDescription: "Another grant value, in a request without the preset",
            provider: """
                \(client), "auth": { "type": "token",
                  "request": { "url": "https://auth.acme.test/token", "format": "form",
                    "body": { "grant_type": "account_credentials", "account_id": "{{account}}" } },
                  "clientAuth": { "method": "basic" } }, "vars": { "account": {} }
                """, vars: ["account": "a-7"], answers: [ok(#"{"access_token":"t-1"}"#)],
            sent: [
                [
                    "POST https://auth.acme.test/token",
                    "Authorization: Basic dGhlLWNsaWVudC1pZDp0aGUtY2xpZW50LXNlY3JldA==",
                    "grant_type=account_credentials&account_id=a-7",
                ], [call, "Authorization: Bearer t-1"],
            ]),
        Need(
            testDescription: "A SAML assertion that was made elsewhere: RFC 7522",
            provider: """
                "secrets": { "saml": {} }, "auth": { "type": "token", "grant": "login",
                  "request": { "url": "https://auth.acme.test/token", "format": "form", "body": {
                    "grant_type": "urn:ietf:params:oauth:grant-type:saml2-bearer", "assertion": "{{base64url(secret.saml)}}" } } }
                """, secrets: ["saml": "<saml:Assertion/>"], answers: [ok(#"{"access_token":"t-1"}"#)],
            sent: [
                [
                    "POST https://auth.acme.test/token", "Content-Type: application/x-www-form-urlencoded",
                    "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=PHNhbWw6QXNzZXJ0aW9uLz4",
                ], [call, "Authorization: Bearer t-1"],
            ]),
        Need(
            testDescription: "audience and resource beside the grant",
            provider: token(#", "params": { "audience": "https://api.acme.test/", "resource": ["a", "b"] }"#),
            answers: [ok(#"{"access_token":"t-1"}"#)],
            sent: [
                [
                    "grant_type=client_credentials&client_id=the-client-id&client_secret=the-client-secret"
                        + "&audience=https%3A%2F%2Fapi.acme.test%2F&resource=a&resource=b"
                ], [call],
            ]),
        Need(
            testDescription: "Dates and random values in a token request",
            provider: """
                \(key), "auth": { "type": "token", "request": { "url": "https://auth.acme.test/token",
                  "headers": { "X-Day": "{{now('date')}}", "X-Time": "{{now('http')}}" },
                  "body": { "at": "{{epoch()}}", "id": "{{uuid()}}", "n": "{{random(7, 7)}}" } } }
                """, secrets: ["key": "the-key"], answers: [ok(#"{"access_token":"t-1"}"#)],
            sent: [
                [
                    "X-Day: 1970-01-01", "X-Time: Thu, 01 Jan 1970 00:00:00 GMT",
                    #"{"at":0,"id":"07060504-0302-4100-8706-050403020100","n":7}"#,
                ], [call],
            ]),
    ]

    static let lifetimes = [
        Need(
            testDescription: "A lifetime that only the page states: a new token when it is over",
            provider: token(#", "response": { "defaultLifetime": "1h" }"#),
            answers: [ok(#"{"access_token":"t-1","expires_in":0}"#), ok(#"{"access_token":"t-2"}"#)],
            pause: .seconds(3541),
            sent: [
                ["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-1"],
                ["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-2"],
            ]),
        Need(
            testDescription: "A margin of the vendor's own before the end",
            provider: token("") + #", "cache": { "skew": "10m" }"#,
            answers: [
                ok(#"{"access_token":"t-1","expires_in":3600}"#), ok(#"{"access_token":"t-2","expires_in":3600}"#),
            ], pause: .seconds(3001),
            sent: [
                ["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-1"],
                ["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-2"],
            ]),
        Need(
            testDescription: "Within its lifetime a token is not asked for twice",
            provider: token(#", "response": { "defaultLifetime": "1h" }"#),
            answers: [ok(#"{"access_token":"t-1"}"#), ok(#"{"access_token":"t-2"}"#)], pause: .seconds(3539),
            sent: [
                ["POST https://auth.acme.test/token"], [call, "Authorization: Bearer t-1"],
                [call, "Authorization: Bearer t-1"],
            ]),
    ]

    static let chains = [
        Need(
            testDescription: "STS: a role for an identity token, and calls signed with its keys",
            provider: #"""
                "hosts": ["api.acme.test", "sts.acme.test"], "secrets": { "identityToken": {} },
                "auth": { "type": "token",
                  "request": { "url": "https://sts.acme.test/", "format": "form", "body": { "Action": "AssumeRoleWithWebIdentity",
                    "Version": "2011-06-15", "RoleArn": "{{role}}", "WebIdentityToken": "{{secret.identityToken}}" } },
                  "response": { "format": "xml", "token": "xpath://Credentials/SessionToken",
                    "expiry": { "at": "xpath://Credentials/Expiration", "format": "rfc3339" },
                    "capture": { "id": "xpath://Credentials/AccessKeyId", "key": "xpath://Credentials/SecretAccessKey" } },
                  "sign": { "scheme": "aws-sigv4", "region": "eu-1", "service": "x", "accessKey": "{{captured.id}}",
                    "secretKey": "{{captured.key}}", "sessionToken": "{{token.value}}" } },
                "vars": { "role": {} }
                """#, vars: ["role": "arn:aws:iam::1:role/r"], secrets: ["identityToken": "a.b.c"],
            answers: [
                ok(
                    "<R><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>sk</SecretAccessKey>"
                        + "<SessionToken>st-1</SessionToken><Expiration>2026-11-25T09:30:00Z</Expiration></Credentials></R>",
                    [HeaderField("Content-Type", "text/xml")])
            ],
            sent: [
                [
                    "POST https://sts.acme.test/",
                    "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&WebIdentityToken=a.b.c",
                ], [call, "Authorization: AWS4-HMAC-SHA256 Credential=ASIA1/…", "X-Amz-Security-Token: st-1"],
            ])
    ]
}

@Suite("What vendors need, on the wire")
struct NeedsTests {
    @Test("The profile says it, and it goes out", arguments: Need.all)
    func wire(_ need: Need) async throws {
        let answers = Answers(need.answers)
        let desk = Desk { _ in answers.next() }
        let provider = try provider(#"{ "id": "acme", "baseURL": "https://api.acme.test", \#(need.provider) }"#)
        let identity = try desk.bind(provider, vars: need.vars, secrets: need.secrets)
        var sent = try await Self.exchange(desk, identity)
        if let pause = need.pause {
            desk.clock.advance(pause)
            sent += try await Self.exchange(desk, identity)
        }
        #expect(sent.count == need.sent.count)
        for (lines, wanted) in zip(sent, need.sent) {
            for line in wanted {
                let isThere = lines.contains { line.hasSuffix("…") ? $0.hasPrefix(line.dropLast()) : $0 == line }
                #expect(isThere, "\(line) is not among \(lines)")
            }
        }
    }

    /// The requests for a token, if any, and a call.
    private static func exchange(_ desk: Desk, _ identity: BoundIdentity) async throws -> [[String]] {
        let before = desk.transport.requests.count
        let credential = try await desk.broker.credential(for: identity)
        var call = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/x"))
        try credential.apply(to: &call)
        return (desk.transport.requests.dropFirst(before) + [call]).map(lines)
    }

    private static func lines(_ request: HTTPRequest) -> [String] {
        ["\(request.method.rawValue) \(request.url.text)"] + request.headers.map { "\($0.name): \($0.value)" }
            + [request.bodyText]
    }
}
