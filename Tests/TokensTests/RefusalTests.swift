import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Refusals of token services")
struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let answer: HTTPResponse
        let kind: CredentialError.Kind
        let message: String

        init(
            _ title: String, _ status: Int, _ body: String, _ headers: HeaderFields, _ kind: CredentialError.Kind,
            _ message: String
        ) {
            testDescription = title
            answer = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
            self.kind = kind
            self.message = message
        }
    }

    static let cases = [
        Case(
            "an OAuth error", 401, #"{"error":"invalid_client","error_description":"client authentication failed"}"#,
            [],
            .refused,
            "auth.acme.test refused a token to 'acme': status 401, invalid_client (client authentication failed)"),
        Case(
            "an error of another shape", 422, #"{"detail":"no such user"}"#, [], .refused,
            "auth.acme.test refused a token to 'acme': status 422, no such user"),
        Case(
            "HTML", 500, "<html>", [HeaderField("Content-Type", "text/html")], .refused,
            "auth.acme.test refused a token to 'acme': status 500"),
        Case(
            "an echo of the secret", 400, #"{"error":"bad","error_description":"the-client-secret is wrong"}"#, [],
            .refused,
            "auth.acme.test refused a token to 'acme': status 400, bad («secret:acme.clientSecret» is wrong)"),
        Case(
            "control characters", 400, #"{"error":"a\u001b[31mb\nc"}"#, [], .refused,
            "auth.acme.test refused a token to 'acme': status 400, a [31mb c"),
        Case(
            "too many", 429, "", [HeaderField("Retry-After", "12")], .rateLimited,
            "auth.acme.test is asked for tokens too often: status 429; it may be asked again in 12 s"),
        Case(
            "too many, until a date", 429, "",
            [
                HeaderField("Date", "Wed, 25 Nov 2026 08:30:00 GMT"),
                HeaderField("Retry-After", "Wed, 25 Nov 2026 08:31:00 GMT"),
            ], .rateLimited, "auth.acme.test is asked for tokens too often: status 429; it may be asked again in 1 min"),
        Case(
            "too many, absurd", 429, "", [HeaderField("Retry-After", "1e300")], .rateLimited,
            "auth.acme.test is asked for tokens too often: status 429; it may be asked again in 24 h"),
        Case(
            "a redirect", 301, "", [HeaderField("Location", "/token/?client_secret=the-client-secret#x")], .redirect,
            "the token URL https://auth.acme.test/token redirects to https://auth.acme.test/token/ (status 301); "
                + "a credential does not follow redirects, write that URL into the provider if it is right"),
        Case(
            "a redirect to elsewhere", 307, "", [HeaderField("Location", "https://evil.test/x?y=z")], .redirect,
            "the token URL https://auth.acme.test/token redirects to https://evil.test/x (status 307); "
                + "a credential does not follow redirects, write that URL into the provider if it is right"),
        Case(
            "a redirect to nowhere", 302, "", [HeaderField("Location", "ftp://evil.test")], .redirect,
            "the token URL https://auth.acme.test/token redirects to nowhere (status 302); "
                + "a credential does not follow redirects, write that URL into the provider if it is right"),
        Case(
            "success with HTML", 200, "<html></html>", [HeaderField("Content-Type", "text/html")], .badAnswer,
            "the answer of auth.acme.test is not JSON: 13 bytes labelled text/html"),
        Case(
            "success with an error", 200, #"{"error":"invalid_scope"}"#, [], .badAnswer,
            "the answer of auth.acme.test holds no token at /access_token; it says invalid_scope"),
        Case(
            "an empty token", 200, #"{"access_token":""}"#, [], .badAnswer,
            "the answer of auth.acme.test holds no token at /access_token"),
        Case(
            "a token that is an object", 200, #"{"access_token":{}}"#, [], .badAnswer,
            "the answer of auth.acme.test holds no token at /access_token"),
        Case(
            "a token with a line break", 200, #"{"access_token":"evil\r\nX-Admin: 1"}"#, [], .badAnswer,
            "the token in the answer of auth.acme.test holds a control character"),
    ]

    @Test("What is said, without any value", arguments: cases)
    func sentences(_ sample: Case) async throws {
        let desk = Desk { _ in sample.answer }
        let error = try await desk.refusal(try desk.bind(try acme(), secrets: acmeSecrets))
        #expect(error.kind == sample.kind)
        #expect(error.message == sample.message)
        #expect(error.status == sample.answer.status)
        #expect(!error.message.contains("the-client-secret"))
    }

    @Test("A 200 that says it failed is a refusal where the profile can tell")
    func condition() async throws {
        let desk = Desk(#"{"ok":false,"access_token":"not-really-one","error":"nope"}"#)
        let provider = try acme(#""response": { "success": { "when": { "at": "/ok", "equals": true } } }"#)
        let error = try await desk.refusal(try desk.bind(provider, secrets: acmeSecrets))
        #expect(error.message == "auth.acme.test refused a token to 'acme': status 200, nope")
    }

    static let echoes = [
        "the-client-secret", "dGhlLWNsaWVudC1zZWNyZXQ=", "id:the-client-secret",
        "eDp0aGUtY2xpZW50LXNlY3JldA==",
        "the-leaked-token",
    ]

    @Test("Whatever a token service echoes, no error holds a secret or a token", arguments: echoes)
    func canary(_ echo: String) async throws {
        let body = #"{"error":"\#(echo)","error_description":"said \#(echo)","refresh_token":"the-leaked-token"}"#
        let answers = [
            HTTPResponse(status: 400, body: Array(body.utf8)),
            HTTPResponse(status: 200, body: Array(body.utf8)),
            HTTPResponse(status: 200, headers: [HeaderField("Content-Type", "text/\(echo)")]),
            HTTPResponse(status: 302, headers: [HeaderField("Location", "/\(echo)?x=\(echo)")], body: Array(body.utf8)),
        ]
        for answer in answers {
            let desk = Desk { _ in answer }
            let error = try await desk.refusal(try desk.bind(try acme(), secrets: acmeSecrets))
            // Nobody can know a token that only stands in a Content-Type.
            let isUnknown = answer.body.isEmpty && echo == "the-leaked-token"
            #expect(isUnknown || !"\(error)".contains(echo), "\(error)")
        }
    }

    @Test("No answer at all names the host and the reason")
    func transport() async throws {
        let desk = Desk { (_) throws(TransportError) in throw TransportError(.connect, "connection refused") }
        let error = try await desk.refusal(try desk.bind(try acme(), secrets: acmeSecrets))
        #expect(error.kind == .transport)
        #expect(error.message == "no answer from the token service auth.acme.test for 'acme': connection refused")
    }

    @Test("A template without a value is an error of the profile, before anything is sent")
    func profile() async throws {
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://a.test", "vars": { "audience": {} }, "secrets": { "key": {} },
              "auth": { "type": "token",
                        "request": { "url": "https://a.test/t", "body": { "k": "{{int(secret.key)}}", "a": "{{audience}}" } } } }
            """#)
        let desk = Desk("{}")
        let error = try await desk.refusal(try desk.bind(provider, secrets: ["key": "not-a-number"]))
        #expect(error.kind == .profile)
        #expect(!error.message.contains("not-a-number"))
        #expect(desk.transport.sent.isEmpty)
    }
}
