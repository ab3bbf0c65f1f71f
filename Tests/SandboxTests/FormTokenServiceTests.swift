import HTTP
import JSON
import Testing

@testable import Sandbox

@Suite("Form token services (RFC 6749)")
struct FormTokenServiceTests {
    private static let client = "client_id=demo-zara4-client-acme&client_secret=demo-zara4-secret-acme-not-real"

    private func post(_ bench: Bench, _ body: String, _ headers: [(String, String)] = []) -> SandboxResponse {
        bench.send(
            "POST", Vendor.zara4.tokenURL, [("Content-Type", "application/x-www-form-urlencoded")] + headers, body: body
        )
    }

    @Test(
        "errors carry the registered code",
        arguments: [
            ("", 400, "invalid_request"),
            ("grant_type=client_credentials", 401, "invalid_client"),
            ("grant_type=&\(client)", 400, "invalid_request"),
            ("grant_type=client_credentials&grant_type=client_credentials&\(client)", 400, "invalid_request"),
            ("grant_type=telepathy&\(client)", 400, "unsupported_grant_type"),
            ("grant_type=password&\(client)", 400, "unauthorized_client"),
            ("grant_type=client_credentials&client_id=demo-x&client_secret=y", 401, "invalid_client"),
            ("grant_type=client_credentials&\(client)&resource=no-address", 400, "invalid_target"),
            ("grant_type=client_credentials&\(client)&resource=https://api.zara4.com/%23part", 400, "invalid_target"),
            ("grant_type=client_credentials&\(client)&resource=https://api.zara4.com.a.test/", 400, "invalid_target"),
            ("grant_type=client_credentials&\(client)&scope=everything", 400, "invalid_scope"),
            ("grant_type=client_credentials&\(client)&scope=image-processing%20usage", 400, "invalid_scope"),
        ])
    func errors(body: String, status: Int, code: String) {
        let response = post(Bench(), body)
        #expect(response.status == status)
        #expect(response.json.object?["error"]?.string == code)
        #expect(response.headers["Cache-Control"] == "no-store")
    }

    @Test("an unknown parameter is ignored")
    func unknownParameter() {
        #expect(post(Bench(), "grant_type=client_credentials&\(Self.client)&colour=blue").status == 200)
    }

    @Test("HTTP Basic works instead of the body, and not beside it")
    func basic() {
        let pair = Array("demo-zara4-client-acme:demo-zara4-secret-acme-not-real".utf8)
        let header = [("Authorization", "Basic " + Self.base64(pair))]
        #expect(post(Bench(), "grant_type=client_credentials", header).status == 200)
        #expect(post(Bench(), "grant_type=client_credentials&\(Self.client)", header).status == 400)
        let broken = post(Bench(), "grant_type=client_credentials", [("Authorization", "Basic !!!")])
        #expect(broken.status == 401)
        #expect(broken.headers["WWW-Authenticate"]?.hasPrefix("Basic realm=") == true)
    }

    @Test(
        "the scopes asked for are granted, narrowed to what the client may have, and stated",
        arguments: [
            ("zara4", "image-processing,usage", "image-processing,usage"),
            ("zara4", "usage", "usage"),
            ("zara4-readonly", "image-processing,usage", "usage"),
        ])
    func scopes(identity: String, asked: String, granted: String) throws {
        #expect(try Bench().login(identity, scope: asked).json.object?["scope"]?.string == granted)
    }

    @Test(
        "Clarify wants its API's URL with a trailing slash as audience",
        arguments: [
            ("https://api.clarify.test/", 200), ("https%3A%2F%2Fapi.clarify.test%2F", 200),
            ("https://api.clarify.test/v1/", 200), ("https://api.clarify.test", 400),
            ("https://api.elsewhere.test/", 400), ("", 400),
        ])
    func audience(audience: String, status: Int) {
        let response = Bench().send(
            "POST", Vendor.clarify.tokenURL, [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=client_credentials&client_id=demo-clarify-client-acme"
                + "&client_secret=demo-clarify-secret-acme-not-real&audience=\(audience)")
        #expect(response.status == status)
    }

    @Test("Clarify's scopes come as one text with commas")
    func commas() throws {
        let scope = try Bench().login("clarify").json.object?["scope"]?.string
        #expect(scope == "admin:write,clarify:read,integration:write")
    }

    @Test("the eleventh token request of a client in a minute is refused with the time to wait; others are not")
    func limited() throws {
        let bench = Bench()
        for _ in 1...10 { #expect(try bench.login("clarify").status == 200) }
        bench.clock.advance(15)
        let refused = try bench.login("clarify")
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "45")
        #expect(try bench.login("clarify-other").status == 200)
        bench.clock.advance(45)
        #expect(try bench.login("clarify").status == 200)
        #expect(bench.sandbox.log.count(.clarify).tokens["demo-clarify-client-acme"]?.limited == 1)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes).map { $0 == "-" ? "+" : $0 == "_" ? "/" : String($0) }.joined()
        return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }
}
