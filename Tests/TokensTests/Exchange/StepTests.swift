import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("Chains of requests")
struct StepTests {
    private static func provider(_ hosts: String = #""*.acme.test""#) throws -> Provider {
        try TokensTests.provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "hosts": [\#(hosts)],
              "secrets": { "user": {}, "password": {} },
              "auth": { "type": "token", "grant": "login",
                "steps": [
                  { "id": "page", "request": { "method": "GET", "url": "https://login.acme.test/", "format": "none" },
                    "response": { "format": "text", "capture": { "csrf": "header:X-CSRF" } } },
                  { "id": "login", "request": { "url": "https://login.acme.test/login", "format": "form",
                      "headers": { "Cookie": "{{steps.page.cookies}}", "X-CSRF": "{{steps.page.csrf}}" },
                      "body": { "u": "{{secret.user}}", "p": "{{secret.password}}" } },
                    "response": { "success": [200, 302], "capture": { "sid": "cookie:sid", "where": { "at": "/tokenURL", "secret": false } } } }
                ],
                "request": { "url": "{{steps.login.where}}", "body": { "session": "{{steps.login.sid}}", "org": "{{steps.login.body.orgs[0].id}}" } } } }
            """#)
    }

    private static let login = ok(
        #"{"tokenURL":"https://tokens.acme.test/issue","orgs":[{"id":7}]}"#,
        [HeaderField("Set-Cookie", "sid=the-session-id; Path=/; HttpOnly")])

    private static func desk(_ login: HTTPResponse = login) -> Desk {
        Desk { request in
            switch request.url.path {
            case "/":
                HTTPResponse(
                    status: 200,
                    headers: [
                        HeaderField("Set-Cookie", "a=the-cookie-a; Secure"), HeaderField("Set-Cookie", "b=2"),
                        HeaderField("X-CSRF", "the-csrf-token"),
                    ], body: Array("<html>".utf8))
            case "/login": login
            default: ok(bearerAnswer)
            }
        }
    }

    private static let secrets = ["user": "the-user", "password": "the-password"]

    @Test("Each request sees what earlier answers gave: header, cookies, body, and where to go")
    func chain() async throws {
        let desk = Self.desk()
        let credential = try await desk.broker.credential(
            for: try desk.bind(try Self.provider(), secrets: Self.secrets))
        #expect(credential.token?.value.reveal() == "the-access-token")
        let requests = desk.transport.requests
        #expect(
            requests.map { "\($0.method.rawValue) \($0.url.text)" } == [
                "GET https://login.acme.test/", "POST https://login.acme.test/login",
                "POST https://tokens.acme.test/issue",
            ])
        #expect(requests[1].headers["Cookie"] == "a=the-cookie-a; b=2")
        #expect(requests.map { $0.headers["Accept"] } == ["*/*", "application/json", "application/json"])
        #expect(requests[1].headers["X-CSRF"] == "the-csrf-token")
        #expect(requests[1].bodyText == "u=the-user&p=the-password")
        #expect(requests[2].bodyText == #"{"session":"the-session-id","org":7}"#)
        for secret in ["the-session-id", "the-csrf-token", "the-cookie-a"] {
            #expect(desk.redactor.finds(in: Array(secret.utf8)), "\(secret)")
        }
    }

    static let failures: [(HTTPResponse, String)] = [
        (
            HTTPResponse(status: 403, body: Array(#"{"error":"locked"}"#.utf8)),
            "login.acme.test refused the step 'login' to 'acme': status 403, locked"
        ),
        (
            ok(#"{"tokenURL":"https://tokens.acme.test/issue"}"#),
            "the answer of login.acme.test to the step 'login' holds no 'sid' at the cookie sid; the answer has /tokenURL"
        ),
        (
            ok(
                #"{"tokenURL":"https://evil.test/issue","orgs":[{"id":7}]}"#,
                [HeaderField("Set-Cookie", "sid=the-session-id")]),
            "the credential of 'acme' is not sent to evil.test; it is only for *.acme.test; "
                + "the token URL must be one of the provider's 'hosts'"
        ),
    ]

    @Test("A step that fails ends the chain and says which one it was", arguments: failures)
    func fails(_ answer: HTTPResponse, _ message: String) async throws {
        let desk = Self.desk(answer)
        let error = try await desk.refusal(try desk.bind(try Self.provider(), secrets: Self.secrets))
        #expect(error.message == message)
        #expect(desk.transport.requests.count == 2)
    }

    @Test("The request of a chain is known only while it runs")
    func shown() throws {
        let desk = Self.desk()
        let identity = try desk.bind(try Self.provider(), secrets: Self.secrets)
        let error = #expect(throws: CredentialError.self) { try desk.exchange.request(for: identity) }
        #expect(
            error?.message
                == "the token request of 'acme' is known only once earlier requests have been answered")
    }
}
