import Crypto
import HTTP
import JSON
import Testing

@testable import Sandbox

/// The textbook server against the sentences of the standards.
@Suite("The textbook server")
struct OIDCServerTests {
    private static let login = "https://login.oidc.test"
    private static let api = "https://api.oidc.test"
    private static let form = ("Content-Type", "application/x-www-form-urlencoded")

    private static func post(_ bench: Bench, _ path: String, _ client: String, _ body: String) -> SandboxResponse {
        let credential = "client_id=demo-oidc-client-\(client)&client_secret=demo-oidc-secret-\(client)-not-real"
        return bench.send("POST", login + path, [form], body: credential + "&" + body)
    }

    private static let desk = "grant_type=password&username=ada@acme.test&password=demo-oidc-password-ada-not-real"

    @Test("both metadata documents name the issuer they are found under, and addresses that answer (RFC 8414 §3.3)")
    func metadata() throws {
        let bench = Bench()
        for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
            let document = bench.send("GET", Self.login + path)
            #expect(document.status == 200)
            #expect(document.object["issuer"]?.string == Self.login)
            for name in ["token_endpoint", "revocation_endpoint", "introspection_endpoint"] {
                let url = try #require(document.object[name]?.string)
                #expect(
                    bench.send("POST", url, [Self.form], body: "token=x&grant_type=client_credentials").status == 401)
            }
            #expect(bench.send("POST", Self.login + path).status == 405)
        }
    }

    @Test("an access token is one of RFC 9068, and its signature fits the published key")
    func token() throws {
        let bench = Bench()
        let answer = Self.post(bench, "/token", "acme", "grant_type=client_credentials&scope=notes:read")
        #expect(answer.status == 200)
        #expect(answer.object["refresh_token"] == nil)
        let token = try #require(answer.object["access_token"]?.string)
        let jwt = try #require(LooseJWT(token))
        #expect(jwt.header["typ"]?.string == "at+jwt")
        for claim in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti", "scope"] {
            #expect(jwt.claims[claim] != nil, "\(claim)")
        }
        let keys = try #require(bench.send("GET", Self.login + "/jwks").object["keys"]?.array?.first?.object)
        #expect(keys["kid"] == jwt.header["kid"])
        let point = try ["x", "y"].flatMap { try #require(Base64URL.decode(Substring(keys[$0]?.string ?? ""))) }
        let key = try P256.Signing.PublicKey(rawRepresentation: point)
        let parts = token.split(separator: ".")
        let raw = try #require(Base64URL.decode(parts[2]))
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: raw)
        #expect(key.isValidSignature(signature, for: Array("\(parts[0]).\(parts[1])".utf8)))
    }

    @Test("scopes are granted whole or not at all, and the door wants them")
    func scopes() throws {
        let bench = Bench()
        let wide = Self.post(bench, "/token", "reader", "grant_type=client_credentials&scope=notes:write")
        #expect(wide.status == 400 && wide.object["error"]?.string == "invalid_scope")
        let token = try #require(
            Self.post(bench, "/token", "reader", "grant_type=client_credentials").object["access_token"]?.string)
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(bench.send("GET", Self.api + "/notes", bearer).status == 200)
        #expect(bench.send("DELETE", Self.api + "/notes/1", bearer).status == 403)
    }

    @Test("only the desk may log a user in, and an ID token comes with the scope openid alone")
    func password() throws {
        let bench = Bench()
        #expect(Self.post(bench, "/token", "acme", Self.desk).object["error"]?.string == "unauthorized_client")
        #expect(Self.post(bench, "/token", "desk", Self.desk + "x").object["error"]?.string == "invalid_grant")
        let plain = Self.post(bench, "/token", "desk", Self.desk)
        #expect(plain.object["refresh_token"]?.string != nil)
        let asked = Self.post(bench, "/token", "desk", Self.desk + "&scope=openid%20notes:read")
        let identity = try #require(asked.object["id_token"]?.string)
        #expect(LooseJWT(identity)?.claims["aud"]?.string == "demo-oidc-client-desk")
        let opened = bench.send("GET", Self.api + "/me", [("Authorization", "Bearer \(identity)")])
        #expect(opened.status == 401, "an ID token is no access token (RFC 9068 §4)")
    }

    @Test("a refresh token is used once, by its client; a second use ends everything that came of the login")
    func renewal() throws {
        let bench = Bench()
        let first = try #require(Self.post(bench, "/token", "desk", Self.desk).object["refresh_token"]?.string)
        let grant = "grant_type=refresh_token&refresh_token="
        #expect(Self.post(bench, "/token", "acme", grant + first).object["error"]?.string == "invalid_grant")
        #expect(
            Self.post(bench, "/token", "desk", grant + first + "&scope=admin").object["error"]?.string
                == "invalid_scope")
        let narrow = Self.post(bench, "/token", "desk", grant + first + "&scope=notes:read")
        #expect(narrow.object["scope"]?.string == "notes:read", "what was too much spends nothing")
        let wide = Self.post(
            bench, "/token", "desk", grant + (try #require(narrow.object["refresh_token"]?.string)))
        #expect(
            wide.object["scope"]?.string == "notes:read notes:write openid", "the login's scope stays (RFC 6749 §6)")
        let login = try #require(Self.post(bench, "/token", "desk", Self.desk).object["refresh_token"]?.string)
        let renewed = Self.post(bench, "/token", "desk", grant + login)
        let second = try #require(renewed.object["refresh_token"]?.string)
        let access = try #require(renewed.object["access_token"]?.string)
        let bearer = [("Authorization", "Bearer \(access)")]
        #expect(second != login)
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 200)
        #expect(Self.post(bench, "/token", "desk", grant + login).status == 400)
        #expect(Self.post(bench, "/token", "desk", grant + second).status == 400)
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 401)
    }

    @Test("a revoked token is refused and not active; nobody revokes or reads another client's")
    func revocation() throws {
        let bench = Bench()
        let token = try #require(
            Self.post(bench, "/token", "acme", "grant_type=client_credentials").object["access_token"]?.string)
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(Self.post(bench, "/introspect", "acme", "token=\(token)").object["active"]?.boolean == true)
        let foreign = Self.post(bench, "/introspect", "reader", "token=\(token)").json
        #expect(foreign.text() == #"{"active":false}"#)
        #expect(Self.post(bench, "/revoke", "reader", "token=\(token)").status == 200)
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 200)
        #expect(Self.post(bench, "/revoke", "acme", "token=\(token)&token_type_hint=refresh_token").status == 200)
        #expect(Self.post(bench, "/introspect", "acme", "token=\(token)").object["active"]?.boolean == false)
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 401)
        #expect(Self.post(bench, "/revoke", "acme", "token=never-issued").status == 200)
        #expect(Self.post(bench, "/revoke", "acme", "x=y").object["error"]?.string == "invalid_request")
    }

    @Test("a client without secret is known by its name, for its own tokens alone (RFC 6749 §2.1)")
    func publicClient() throws {
        let bench = Bench()
        func post(_ path: String, _ body: String) -> SandboxResponse {
            bench.send("POST", Self.login + path, [Self.form], body: "client_id=demo-oidc-client-app&" + body)
        }
        let answer = post("/token", Self.desk)
        #expect(answer.status == 200)
        let (refresh, access) = (
            try #require(answer.object["refresh_token"]?.string), try #require(answer.object["access_token"]?.string)
        )
        #expect(post("/token", "grant_type=refresh_token&client_secret=guessed&refresh_token=" + refresh).status == 401)
        let renewed = post("/token", "grant_type=refresh_token&refresh_token=" + refresh)
        #expect(renewed.status == 200 && renewed.object["refresh_token"]?.string != refresh)
        #expect(post("/introspect", "token=" + access).status == 401)
        #expect(bench.send("GET", Self.api + "/notes", Bench.bearer(access)).status == 200)
        #expect(post("/revoke", "token=" + access).status == 200)
        #expect(bench.send("GET", Self.api + "/notes", Bench.bearer(access)).status == 401)
        // Nobody else is let in by his name.
        let other = bench.send(
            "POST", Self.login + "/token", [Self.form],
            body: "client_id=demo-oidc-client-acme&grant_type=client_credentials")
        #expect(other.status == 401)
    }

    @Test("the second issuer describes itself alone, and the API takes none of its tokens (RFC 9068 §4)")
    func secondIssuer() throws {
        let bench = Bench()
        let issuer = "https://login.other.test"
        let description = bench.send("GET", issuer + "/.well-known/openid-configuration").object
        #expect(description["issuer"]?.string == issuer)
        for name in ["token_endpoint", "jwks_uri", "userinfo_endpoint", "revocation_endpoint"] {
            #expect(description[name]?.string?.hasPrefix(issuer + "/") == true)
        }
        #expect(bench.send("GET", issuer + "/jwks").object != bench.send("GET", Self.login + "/jwks").object)
        let client = "&client_id=demo-oidc-client-desk&client_secret=demo-oidc-secret-desk-not-real"
        let answer = bench.send("POST", issuer + "/token", [Self.form], body: Self.desk + "&scope=openid" + client)
        let token = try #require(answer.object["access_token"]?.string)
        #expect(LooseJWT(token)?.claims["iss"]?.string == issuer)
        #expect(LooseJWT(token)?.claims["aud"]?.string == Self.api)
        #expect(bench.send("GET", issuer + "/userinfo", Bench.bearer(token)).object["sub"]?.string == "user-ada")
        #expect(bench.send("GET", Self.login + "/userinfo", Bench.bearer(token)).status == 401)
        #expect(bench.send("GET", Self.api + "/me", Bench.bearer(token)).status == 401)
        #expect(bench.send("GET", issuer + "/me", Bench.bearer(token)).status == 404)
    }

    @Test("user information is for tokens with the scope openid (OpenID Connect Core §5.3)")
    func userInfo() throws {
        let bench = Bench()
        let plain = try #require(
            Self.post(bench, "/token", "desk", Self.desk + "&scope=notes:read").object["access_token"]?.string)
        let refused = bench.send("GET", Self.login + "/userinfo", Bench.bearer(plain))
        #expect(refused.status == 403)
        #expect(refused.headers["WWW-Authenticate"]?.contains("insufficient_scope") == true)
        #expect(bench.send("GET", Self.login + "/userinfo").status == 401)
    }

    @Test("a token ends when it says")
    func end() throws {
        let bench = Bench { $0.tokenLifetime = .seconds(5) }
        let token = try #require(
            Self.post(bench, "/token", "acme", "grant_type=client_credentials").object["access_token"]?.string)
        let bearer = [("Authorization", "Bearer \(token)")]
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 200)
        bench.clock.advance(5)
        #expect(bench.send("GET", Self.api + "/me", bearer).status == 401)
    }
}
