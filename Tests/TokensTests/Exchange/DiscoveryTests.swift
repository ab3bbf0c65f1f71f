import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import TestSupport
import Testing
import Tokens

@Suite("Discovery")
struct DiscoveryTests {
    private static let issuer = "https://login.acme.test/realms/x"

    private static func metadata(_ more: String = "", issuer: String = issuer) -> String {
        #"{ "issuer": "\#(issuer)", "token_endpoint": "https://tokens.acme.test/t", "#
            + #""revocation_endpoint": "https://tokens.acme.test/r", "#
            + #""introspection_endpoint": "https://tokens.acme.test/i"\#(more) }"#
    }

    private static func desk(_ metadata: [String: String]) -> Desk {
        Desk { request in
            if let text = metadata[request.url.text] { return ok(text) }
            return request.method == .get ? HTTPResponse(status: 404) : ok(bearerAnswer)
        }
    }

    private static func identity(
        _ desk: Desk, issuer: String = issuer, name: String = "oidc", tls: TLSClientIdentity? = nil
    )
        throws -> BoundIdentity
    {
        try desk.bind(
            try builtIn("oidc"), name, vars: ["issuer": issuer, "apiURL": "https://api.acme.test/"],
            secrets: ["clientId": "the-client", "clientSecret": "the-client-secret"], tls: tls)
    }

    private static let openID = "https://login.acme.test/realms/x/.well-known/openid-configuration"
    private static let oauth = "https://login.acme.test/.well-known/oauth-authorization-server/realms/x"

    @Test("The metadata gives the token URL; it is fetched once a run, for all identities of the issuer")
    func openID() async throws {
        let desk = Self.desk([Self.openID: Self.metadata()])
        for name in ["a", "b"] { _ = try await desk.broker.credential(for: try Self.identity(desk, name: name)) }
        #expect(
            desk.transport.requests.map { "\($0.method.rawValue) \($0.url.text)" } == [
                "GET \(Self.openID)", "POST https://tokens.acme.test/t", "POST https://tokens.acme.test/t",
            ])
        #expect(
            desk.transport.requests[1].bodyText
                == "grant_type=client_credentials&client_id=the-client&client_secret=the-client-secret")
    }

    @Test("RFC 8414's place is tried second: before the issuer's path")
    func oauth() async throws {
        let desk = Self.desk([Self.oauth: Self.metadata()])
        _ = try await desk.broker.credential(for: try Self.identity(desk))
        #expect(
            desk.transport.requests.map(\.url.text) == [Self.openID, Self.oauth, "https://tokens.acme.test/t"])
    }

    @Test(
        "Clients with a certificate ask where the metadata sends them, the others where they always did (RFC 8705 §5)")
    func certified() async throws {
        let aliases = #", "mtls_endpoint_aliases": { "token_endpoint": "https://mtls.acme.test/t" }"#
        let desk = Self.desk([Self.openID: Self.metadata(aliases)])
        let certificate = TLSClientIdentity(certificate: "client.pem", key: "client.key")
        _ = try await desk.broker.credential(for: try Self.identity(desk, name: "plain"))
        _ = try await desk.broker.credential(for: try Self.identity(desk, name: "certified", tls: certificate))
        #expect(
            desk.transport.requests.map(\.url.text) == [
                Self.openID, "https://tokens.acme.test/t", "https://mtls.acme.test/t",
            ])
    }

    static let refusals: [(String, String)] = [
        (
            metadata(issuer: issuer + "/"),
            "the metadata at \(openID) names the issuer '\(issuer)/', not '\(issuer)'; both must be written alike"
        ),
        (
            #"{ "token_endpoint": "https://evil.test/t" }"#,
            "the metadata at \(openID) names the issuer none, not '\(issuer)'; both must be written alike"
        ),
        ("<html>", "the metadata at \(openID) is not a JSON object"),
        (
            #"{ "issuer": "\#(issuer)", "token_endpoint": "http://tokens.acme.test/t" }"#,
            "the metadata at \(openID) names a token_endpoint without TLS: http://tokens.acme.test"
        ),
        (
            metadata(#", "mtls_endpoint_aliases": { "token_endpoint": "http://mtls.acme.test/t" }"#),
            "the metadata at \(openID) names a token_endpoint without TLS: http://mtls.acme.test"
        ),
        (
            #"{ "issuer": "\#(issuer)", "token_endpoint": "tokens" }"#,
            "the token_endpoint in the metadata at \(openID) has no scheme; write https://…"
        ),
        (
            #"{ "issuer": "\#(issuer)" }"#,
            "the token request of 'oidc' cannot be built: the server's metadata names no URL for it"
        ),
    ]

    @Test("Metadata that is not the issuer's, or of no use, is refused before a secret is sent", arguments: refusals)
    func refuses(_ metadata: String, _ message: String) async throws {
        let desk = Self.desk([Self.openID: metadata])
        let error = try await desk.refusal(try Self.identity(desk))
        #expect(error.message == message)
        #expect(desk.transport.requests.allSatisfy { $0.method == .get })
    }

    @Test("No metadata at either place")
    func missing() async throws {
        let desk = Self.desk([:])
        let error = try await desk.refusal(try Self.identity(desk))
        #expect(error.message == "there is no metadata at \(Self.openID) and \(Self.oauth): status 404")
    }

    @Test("A metadata URL of its own; what the profile writes itself wins")
    func ownURL() async throws {
        let desk = Self.desk(["https://login.acme.test/meta.json": Self.metadata(issuer: "anything")])
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {}, "clientSecret": {} },
              "auth": { "type": "token", "grant": "client_credentials", "discovery": { "url": "https://login.acme.test/meta.json" },
                "request": { "url": "https://login.acme.test/own" } } }
            """#)
        _ = try await desk.broker.credential(for: try desk.bind(provider, secrets: acmeSecrets))
        #expect(
            desk.transport.requests.map(\.url.text) == [
                "https://login.acme.test/meta.json", "https://login.acme.test/own",
            ])
    }

    @Test("Revocation and introspection come from the metadata too")
    func endpoints() async throws {
        let desk = Desk { request in
            switch request.url.path {
            case "/r": HTTPResponse(status: 200)
            case "/i": ok(#"{ "active": true, "exp": 1795599000, "scope": "a b", "client_id": "c", "sub": "s" }"#)
            case "/t": ok(bearerAnswer)
            default: ok(Self.metadata())
            }
        }
        let identity = try Self.identity(desk)
        let token = try #require(try await desk.broker.credential(for: identity).token?.value)
        let description = try await desk.exchange.introspect(token, of: identity)
        #expect(description.isActive)
        #expect(description.expiresAt == 1_795_599_000_000)
        #expect(description.scope == ["a", "b"])
        #expect(description.clientID == "c" && description.subject == "s")
        try await desk.exchange.revoke(token, of: identity)
        let wanted = [
            "token": "the-access-token", "token_type_hint": "access_token", "client_id": "the-client",
            "client_secret": "the-client-secret",
        ]
        #expect(desk.transport.requests.suffix(2).map(\.url.path) == ["/i", "/r"])
        for request in desk.transport.requests.suffix(2) { #expect(form(request) == wanted) }
    }
}
