import JSON
import Testing

@testable import Sandbox

/// Client authentication by a signed assertion (RFC 7523 §3, OpenID Connect Core §9).
@Suite("Signed assertions at the textbook server")
struct AssertionTests {
    typealias Change = @Sendable (inout JSONObject) -> Void

    private static let wrong: [(String, Change)] = [
        ("without iss", { $0["iss"] = nil }), ("without sub", { $0["sub"] = nil }),
        ("without aud", { $0["aud"] = nil }), ("without exp", { $0["exp"] = nil }),
        ("without jti", { $0["jti"] = nil }), ("of a client with a secret", { $0["iss"] = "demo-oidc-client-acme" }),
        ("of nobody", { $0["iss"] = "demo-nobody" }), ("about another client", { $0["sub"] = "demo-oidc-client-acme" }),
        ("for another service", { $0["aud"] = "https://login.elsewhere.test/token" }),
        ("for the API", { $0["aud"] = ["https://api.oidc.test"] }),
        ("that has ended", { $0["exp"] = 1_800_000_000 }), ("that begins later", { $0["nbf"] = 1_800_000_010 }),
        ("that is good for a day", { $0["exp"] = 1_800_086_400 }),
    ]

    @Test("one with a wrong claim is refused as a wrong secret is, with the same words", arguments: 0..<wrong.count)
    func refused(_ index: Int) throws {
        let bench = Bench()
        let (what, change) = Self.wrong[index]
        let refused = bench.signedLogin(try bench.assertion(change), "&grant_type=client_credentials")
        let unknown = bench.tokenPost("grant_type=client_credentials&client_id=demo-nobody&client_secret=x")
        #expect(refused.status == 401 && refused.object["error"]?.string == "invalid_client", "\(what)")
        #expect(refused.text == unknown.text, "\(what)")
    }

    private static let right: [(String, Change)] = [
        ("as it should be", { _ in }), ("for the issuer", { $0["aud"] = "https://login.oidc.test" }),
        ("for several", { $0["aud"] = ["https://login.elsewhere.test", "https://login.oidc.test/token"] }),
        ("that ends in an hour", { $0["exp"] = 1_800_003_600 }),
    ]

    @Test("one that is right opens, with client_id and without", arguments: 0..<right.count)
    func taken(_ index: Int) throws {
        let bench = Bench()
        let (what, change) = Self.right[index]
        for more in ["", "&client_id=\(Bench.signer)"] {
            let answer = bench.signedLogin(try bench.assertion(change), "&grant_type=client_credentials\(more)")
            #expect(answer.status == 200, "\(what) \(more) \(answer.text)")
        }
    }

    @Test("one is taken once, by all endpoints together, and is not spent where it is refused")
    func once() throws {
        let bench = Bench()
        let assertion = try bench.assertion()
        #expect(bench.signedLogin(assertion, "&grant_type=client_credentials&client_id=demo-nobody").status == 401)
        let other = try bench.assertion()
        #expect(bench.signedLogin(other).status == 200)
        #expect(bench.signedLogin(other).status == 401)
        let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        let revoked = bench.send(
            "POST", "https://login.oidc.test/revoke", [("Content-Type", "application/x-www-form-urlencoded")],
            body: "token=x&client_assertion_type=\(type)&client_assertion=\(other)")
        #expect(revoked.status == 401)
    }

    @Test("another signature, another client_id, a secret in its place or beside it: none opens")
    func ways() throws {
        let bench = Bench()
        let grant = "&grant_type=client_credentials"
        #expect(bench.signedLogin(Bench.altered(try bench.assertion())).status == 401)
        #expect(bench.signedLogin(try bench.assertion(), grant + "&client_id=demo-oidc-client-acme").status == 401)
        #expect(try bench.login("oidc-signer").status == 401)
        let both = bench.signedLogin(
            try bench.assertion(),
            grant + "&client_id=demo-oidc-client-acme&client_secret=demo-oidc-secret-acme-not-real")
        #expect(both.status == 400 && both.object["error"]?.string == "invalid_request")
        let untyped = bench.tokenPost("grant_type=client_credentials&client_assertion=\(try bench.assertion())")
        #expect(untyped.status == 400 && untyped.object["error"]?.string == "invalid_request")
    }

    @Test("every refused one is a failed login of the client that it names, whatever is wrong with it")
    func counts() throws {
        let bench = Bench { $0.lockAfter = 2 }
        let more = "&grant_type=client_credentials&client_id=\(Bench.signer)"
        #expect(bench.signedLogin(try bench.assertion { $0["iss"] = nil }, more).status == 401)
        #expect(bench.signedLogin(try bench.assertion(), more).status == 200)
        #expect(bench.signedLogin(try bench.assertion(ending: -1), more).status == 401)
        #expect(bench.signedLogin(Bench.altered(try bench.assertion()), more).status == 401)
        let locked = bench.signedLogin(try bench.assertion(), more)
        #expect(locked.status == 401 && locked.text.contains("locked"))
        #expect(bench.sandbox.log.count(.oidc).tokens[Bench.signer]?.failedLogins == 3)
    }

    @Test("the metadata lists the method for each endpoint, with its algorithm (RFC 8414 §2)")
    func metadata() {
        let document = Bench().send("GET", "https://login.oidc.test/.well-known/openid-configuration").object
        for endpoint in ["token", "revocation", "introspection"] {
            let methods = document[endpoint + "_endpoint_auth_methods_supported"]?.array?.compactMap(\.string) ?? []
            #expect(methods.contains("private_key_jwt"))
            #expect(document[endpoint + "_endpoint_auth_signing_alg_values_supported"] == ["ES256"])
        }
    }
}

/// An assertion as the grant (RFC 7523 §2.1).
@Suite("Assertions as a grant of the textbook server")
struct BearerAssertionTests {
    @Test("opens without a client that shows itself, and with the one that signed: in its own name, or for a user")
    func taken() throws {
        let bench = Bench()
        let own = bench.bearerLogin(try bench.assertion())
        #expect(own.status == 200, "\(own.text)")
        let token = try #require(own.object["access_token"]?.string)
        #expect(LooseJWT(token)?.claims["sub"]?.string == Bench.signer)
        let user = bench.bearerLogin(try bench.assertion { $0["sub"] = "ada@acme.test" }, "&scope=notes:read")
        #expect(user.object["scope"]?.string == "notes:read")
        #expect(LooseJWT(user.object["access_token"]?.string ?? "")?.claims["sub"]?.string == "user-ada")
        let grant = "&grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=\(try bench.assertion())"
        #expect(bench.signedLogin(try bench.assertion(), grant).status == 200)
    }

    @Test("one that is not good is an invalid_grant, whatever is wrong (RFC 7523 §3.1)")
    func refused() throws {
        let bench = Bench()
        let used = try bench.assertion()
        #expect(bench.bearerLogin(used).status == 200)
        let bad = [
            used, "garbage", Bench.altered(try bench.assertion()), try bench.assertion(ending: -1),
            try bench.assertion { $0["iss"] = nil }, try bench.assertion { $0["iss"] = "demo-oidc-client-acme" },
            try bench.assertion { $0["sub"] = "nobody@acme.test" },
            try bench.assertion { $0["aud"] = "https://a.test" },
        ]
        for assertion in bad {
            let answer = bench.bearerLogin(assertion)
            #expect(answer.status == 400 && answer.object["error"]?.string == "invalid_grant", "\(answer.text)")
        }
        #expect(bench.bearerLogin("").object["error"]?.string == "invalid_request")
        #expect(bench.bearerLogin(try bench.assertion(), "&scope=admin").object["error"]?.string == "invalid_scope")
    }

    @Test("another client cannot use it, nor is it a client's login anywhere else")
    func foreign() throws {
        let bench = Bench()
        let acme = "&client_id=demo-oidc-client-acme&client_secret=demo-oidc-secret-acme-not-real"
        #expect(bench.bearerLogin(try bench.assertion(), acme).object["error"]?.string == "invalid_grant")
        let wrong = bench.bearerLogin(try bench.assertion(), acme + "x")
        #expect(wrong.status == 401 && wrong.object["error"]?.string == "invalid_client")
        let care = bench.send(
            "POST", "https://login.oidc.test/introspect", [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&token=x&assertion=\(try bench.assertion())")
        #expect(care.status == 401)
        let other = bench.tokenPost("grant_type=client_credentials&assertion=\(try bench.assertion())")
        #expect(other.status == 401)
    }
}
