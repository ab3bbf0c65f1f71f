import JSON
import Testing

@testable import Sandbox

/// Token exchange (RFC 8693).
@Suite("Token exchange at the textbook server")
struct ExchangeTests {
    private static func claims(_ answer: SandboxResponse) throws -> JSONObject {
        try #require(LooseJWT(answer.object["access_token"]?.string ?? "")).claims
    }

    @Test("one of its own access tokens gives another for the same user, said what it is (§2.2.1)")
    func own() throws {
        let bench = Bench()
        let answer = bench.exchange(try bench.token("oidc"), Bench.accessType)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.object["issued_token_type"]?.string == Bench.accessType)
        #expect(answer.object["token_type"] == "Bearer" && answer.object["refresh_token"] == nil)
        let token = try #require(answer.object["access_token"]?.string)
        #expect(bench.send("GET", Vendor.oidc.listURL, Bench.bearer(token)).status == 200)
        #expect(try Self.claims(answer)["sub"] == "demo-oidc-client-acme")
    }

    @Test("the new token has no scope that the old one, or the client, does not have")
    func scope() throws {
        let bench = Bench()
        let narrow = try bench.subjectToken()
        #expect(bench.exchange(narrow, Bench.jwtType).object["scope"] == "notes:read")
        #expect(bench.exchange(narrow, Bench.jwtType, "&scope=notes:write").object["error"] == "invalid_scope")
        let wide = try bench.token("oidc")
        #expect(bench.exchange(wide, Bench.accessType, client: "reader").object["scope"] == "notes:read")
    }

    @Test("nor does it outlive the old one")
    func life() throws {
        let bench = Bench()
        let old = try bench.token("oidc")
        bench.clock.advance(400)
        let answer = bench.exchange(old, Bench.accessType)
        #expect(answer.object["expires_in"] == 200)
        #expect(try Self.claims(answer)["exp"] == (try #require(LooseJWT(old)).claims["exp"]))
        bench.clock.advance(200)
        #expect(bench.exchange(old, Bench.accessType).object["error"] == "invalid_request")
        let short = bench.exchange(try bench.subjectToken(), Bench.jwtType)
        #expect(short.object["expires_in"] == 60)
    }

    @Test("an actor is named in the new token (§4.1); half of one is a bad request, as is a bad one (§2.1, §2.2.2)")
    func actor() throws {
        let bench = Bench()
        let (subject, actor) = (try bench.subjectToken(), try bench.token("oidc"))
        let whole = bench.exchange(
            subject, Bench.jwtType, "&actor_token=\(actor)&actor_token_type=\(Bench.accessType)")
        #expect(try Self.claims(whole)["act"] == ["sub": "demo-oidc-client-acme"])
        for more in [
            "&actor_token=\(actor)", "&actor_token_type=\(Bench.accessType)",
            "&actor_token=garbage&actor_token_type=\(Bench.accessType)",
        ] {
            let answer = bench.exchange(subject, Bench.jwtType, more)
            #expect(answer.status == 400 && answer.object["error"] == "invalid_request", "\(more)")
        }
    }

    @Test("tokens that are bad, of another type or another tenant's are bad requests; another target has its own code")
    func refused() throws {
        let bench = Bench()
        let good = try bench.subjectToken()
        let bad: [(String, String?)] = [
            ("garbage", Bench.accessType), (good, Bench.accessType), (good, nil), ("", Bench.jwtType),
            (good, "urn:ietf:params:oauth:token-type:saml2"), (try bench.token("oidc-other"), Bench.accessType),
            (Bench.altered(try bench.token("oidc")), Bench.accessType),
            (try bench.subjectToken { $0["aud"] = "https://elsewhere.test" }, Bench.jwtType),
        ]
        for (token, type) in bad {
            let answer = bench.exchange(token, type)
            #expect(answer.status == 400 && answer.object["error"] == "invalid_request", "\(answer.text)")
        }
        let revoked = try bench.token("oidc")
        let credential = "&client_id=demo-oidc-client-acme&client_secret=demo-oidc-secret-acme-not-real"
        _ = bench.send(
            "POST", "https://login.oidc.test/revoke", [("Content-Type", "application/x-www-form-urlencoded")],
            body: "token=\(revoked)\(credential)")
        #expect(bench.exchange(revoked, Bench.accessType).object["error"] == "invalid_request")
        for target in ["audience", "resource"] {
            let answer = bench.exchange(good, Bench.jwtType, "&\(target)=https://a.test")
            #expect(answer.status == 400 && answer.object["error"] == "invalid_target")
        }
        let wanted = bench.exchange(good, Bench.jwtType, "&requested_token_type=urn:ietf:params:oauth:token-type:saml2")
        #expect(wanted.object["error"] == "invalid_request")
    }
}
