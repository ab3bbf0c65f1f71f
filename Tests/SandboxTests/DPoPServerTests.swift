import Crypto
import HTTP
import JSON
import Testing

@testable import Sandbox

/// The textbook server against RFC 9449.
@Suite("Tokens that are bound to a key")
struct DPoPServerTests {
    private static let login = "https://login.oidc.test/token"
    private static let list = Vendor.oidc.listURL

    @Test("the answer says so, and the token names the key; without a proof it is a bearer token as ever (§5, §6.1)")
    func bound() throws {
        let caller = BoundCaller(Bench())
        let answer = try caller.logIn()
        #expect(answer.status == 200)
        #expect(answer.object["token_type"]?.string == "DPoP")
        let token = try #require(answer.object["access_token"]?.string)
        #expect(LooseJWT(token)?.claims["cnf"]?.object?["jkt"]?.string == caller.thumbprint)
        let plain = caller.logIn([])
        #expect(plain.object["token_type"]?.string == "Bearer")
        #expect(LooseJWT(try #require(plain.object["access_token"]?.string))?.claims["cnf"] == nil)
    }

    @Test("without the server's nonce the proof is refused, and the answer has one that is good (§8, §9)")
    func nonce() throws {
        let caller = BoundCaller(Bench())
        let first = caller.logIn([try caller.proof("POST", Self.login)])
        #expect(first.status == 400 && first.object["error"]?.string == "use_dpop_nonce")
        let token = try caller.token()
        let refused = caller.get(
            token, [try caller.proof("GET", Self.list, ["ath": .string(BoundCaller.hash(token))])])
        #expect(refused.status == 401)
        #expect(
            refused.headers.values("WWW-Authenticate").contains {
                $0.hasPrefix("DPoP ") && $0.contains(#"error="use_dpop_nonce""#) && $0.contains(#"algs="ES256""#)
            })
        #expect(caller.get(token, [try caller.proof("GET", Self.list, try caller.claims(token))]).status == 200)
    }

    @Test("a nonce is good for this period and the next, and not for ever")
    func nonceEnds() throws {
        let caller = BoundCaller(Bench())
        let nonce = try caller.tokenNonce()
        func status(at later: Int) throws -> Int {
            caller.logIn([
                try caller.proof("POST", Self.login, ["nonce": nonce, "iat": .integer(1_800_000_000 + later)])
            ]).status
        }
        #expect(try status(at: 0) == 200)
        caller.bench.clock.advance(300)
        #expect(try status(at: 300) == 200)
        caller.bench.clock.advance(600)
        #expect(try status(at: 900) == 400)
    }

    /// Of a proof: what is wrong, at the token service and at the API.
    private static let wrong: [(String, JSONObject, header: JSONObject)] = [
        ("another method", ["htm": "PUT"], [:]), ("another address", ["htu": "https://api.oidc.test/me"], [:]),
        ("an old time", ["iat": 1_799_999_000], [:]), ("a time to come", ["iat": 1_800_000_900], [:]),
        ("no id", ["jti": ""], [:]), ("another kind of token", [:], ["typ": "JWT"]),
        ("no algorithm", [:], ["alg": "none"]), ("a shared key", [:], ["alg": "HS256"]), ("no key", [:], ["jwk": [:]]),
        (
            "a private key", [:],
            [
                "jwk": [
                    "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM", "d": "AA",
                ]
            ]
        ),
        (
            "another key than signed it", [:],
            [
                "jwk": [
                    "kty": "EC", "crv": "P-256", "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                ]
            ]
        ),
    ]

    @Test("a proof that is wrong in one thing is none (§4.3)", arguments: wrong.indices)
    func wrongProof(_ index: Int) throws {
        let (what, claims, header) = Self.wrong[index]
        let caller = BoundCaller(Bench())
        var login: JSONObject = ["nonce": try caller.tokenNonce()]
        login.merge(claims)
        let refused = caller.logIn([try caller.proof("POST", Self.login, login, header: header)])
        #expect(refused.status == 400 && refused.object["error"]?.string == "invalid_dpop_proof", "\(what)")
        let token = try caller.token()
        var call = try caller.claims(token)
        call.merge(claims)
        let answer = caller.get(token, [try caller.proof("GET", Self.list, call, header: header)])
        #expect(answer.status == 401, "\(what)")
        #expect(answer.headers.values("WWW-Authenticate").contains { $0.contains(#"error="invalid_dpop_proof""#) })
    }

    @Test("a proof is good once, alone, for one token, and by the token's own key (§4.3, §7.1, §11.1)")
    func misuse() throws {
        let caller = BoundCaller(Bench())
        let token = try caller.token()
        let claims = try caller.claims(token)
        let proof = try caller.proof("GET", Self.list, claims)
        #expect(caller.get(token, [proof]).status == 200)
        #expect(caller.get(token, [proof]).status == 401)
        let two = try (1...2).map { _ in try caller.proof("GET", Self.list, claims) }
        #expect(caller.get(token, two).status == 401)
        #expect(caller.get(token, []).status == 401)
        let other = try caller.token()
        #expect(caller.get(other, [try caller.proof("GET", Self.list, claims)]).status == 401)
        var thief = caller
        thief.key = P256.Signing.PrivateKey()
        #expect(thief.get(token, [try thief.proof("GET", Self.list, claims)]).status == 401)
    }

    @Test("neither kind of token opens under the other's scheme, and the error stands at the scheme used (§7.2)")
    func schemes() throws {
        let caller = BoundCaller(Bench())
        let bound = try caller.token()
        let plain = try #require(caller.logIn([]).object["access_token"]?.string)
        for (token, scheme, other) in [(bound, "Bearer", "DPoP"), (plain, "DPoP", "Bearer")] {
            let proofs = scheme == "DPoP" ? [try caller.proof("GET", Self.list, try caller.claims(bound))] : []
            let refused = caller.get(token, proofs, scheme: scheme)
            #expect(refused.status == 401)
            let challenges = refused.headers.values("WWW-Authenticate")
            #expect(challenges.contains { $0.hasPrefix(scheme) && $0.contains(#"error="invalid_token""#) })
            #expect(challenges.contains { $0.hasPrefix(other) && !$0.contains("error=") })
        }
        #expect(caller.get(plain, [], scheme: "Bearer").status == 200)
    }

    @Test("the refresh token of a client without secret is good with its key alone, and stays good for that (§5)")
    func refresh() throws {
        let caller = BoundCaller(Bench())
        let token = try #require(try caller.logInUser().object["refresh_token"]?.string)
        let stolen = try BoundCaller(caller.bench).renew(token)
        #expect(stolen.status == 400 && stolen.object["error"]?.string == "invalid_grant")
        let renewed = try caller.renew(token)
        #expect(renewed.status == 200 && renewed.object["token_type"]?.string == "DPoP")
    }

    @Test("introspection names the key too (§6.2)")
    func introspection() throws {
        let caller = BoundCaller(Bench())
        let body = "client_id=demo-oidc-client-acme&client_secret=demo-oidc-secret-acme-not-real&token="
        let answer = caller.bench.send(
            "POST", "https://login.oidc.test/introspect", [("Content-Type", "application/x-www-form-urlencoded")],
            body: body + (try caller.token()))
        #expect(answer.object["cnf"]?.object?["jkt"]?.string == caller.thumbprint)
    }
}
