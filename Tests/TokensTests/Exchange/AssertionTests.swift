import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates
import TestSupport
import Testing
import Tokens

@Suite("Signed assertions")
struct AssertionTests {
    private static let now = 1_795_595_400

    /// Sends the token request of a provider with these members of `auth`.
    private static func request(
        _ auth: String, secrets: String, _ values: [String: String]
    ) async throws -> (HTTPRequest, Desk, Credential) {
        let desk = Desk(bearerAnswer)
        let provider = try provider(
            """
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { \(secrets) },
              "auth": { "type": "token", "request": { "url": "https://auth.acme.test/token" }, \(auth) } }
            """)
        let identity = try desk.bind(provider, scope: ["a", "b"], secrets: values)
        let credential = try await desk.broker.credential(for: identity)
        return (try #require(desk.transport.requests.first), desk, credential)
    }

    static let algorithms: [(String, String)] = [
        ("RS256", "rsa-pkcs8"), ("PS256", "rsa-pkcs1"), ("ES256", "p256-sec1"), ("ES384", "p384-pkcs8"),
        ("ES512", "p521-pkcs8"), ("EdDSA", "ed25519-pkcs8"),
    ]

    @Test("private_key_jwt: RFC 7523 §2.2 with every kind of key", arguments: algorithms)
    func privateKey(_ name: String, _ file: String) async throws {
        let pem = try Vectors.text("keys/\(file).pem")
        let (request, desk, _) = try await Self.request(
            #"""
            "grant": "client_credentials", "clientAuth": { "method": "private_key_jwt" },
            "assertion": { "alg": "\#(name)", "header": { "kid": "key-1" }, "ttl": "1m" }
            """#, secrets: #""clientId": { "sensitive": false }, "privateKey": {}"#,
            ["clientId": "the-client", "privateKey": pem])
        let members = form(request)
        #expect(members["grant_type"] == "client_credentials")
        #expect(members["client_id"] == "the-client")
        #expect(members["client_secret"] == nil)
        #expect(members["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(members["scope"] == "a b")
        let jwt = try #require(members["client_assertion"])
        let (header, claims) = try parts(of: jwt)
        #expect(header.rawText == #"{"alg":"\#(name)","typ":"JWT","kid":"key-1"}"#)
        #expect(
            claims.rawText
                == #"{"iss":"the-client","sub":"the-client","aud":"https://auth.acme.test/token","iat":\#(Self.now),"#
                + #""exp":\#(Self.now + 60),"jti":"AAECAwQFBgcAAQIDBAUGBw"}"#)
        let (signed, signature) = try signature(of: jwt)
        #expect(
            try SigningKey(parsing: pem, as: .pem).isValid(
                signature, for: signed, try #require(JWTAlgorithm(rawValue: name))))
        #expect(desk.redactor.finds(in: Array(jwt.utf8)))
    }

    @Test("client_secret_jwt signs with the secret and never sends it")
    func clientSecret() async throws {
        let (request, _, _) = try await Self.request(
            #""grant": "client_credentials", "clientAuth": { "method": "client_secret_jwt" }"#,
            secrets: #""clientId": { "sensitive": false }, "clientSecret": {}"#,
            ["clientId": "the-client", "clientSecret": "the-client-secret"])
        #expect(!request.bodyText.contains("the-client-secret"))
        let jwt = try #require(form(request)["client_assertion"])
        let (signed, signature) = try signature(of: jwt)
        #expect(try parts(of: jwt).header["alg"]?.string == "HS256")
        #expect(try SigningKey(parsing: "the-client-secret", as: .utf8).isValid(signature, for: signed, .hs256))
    }

    @Test("jwt_bearer: the assertion is the grant; claims replace the usual ones, null leaves one out")
    func grant() async throws {
        let (request, _, _) = try await Self.request(
            #"""
            "grant": "jwt_bearer",
            "assertion": { "alg": "ES256", "key": "{{secret.signingKey}}", "aud": "https://login.acme.test", "jti": false,
              "claims": { "iss": "{{secret.account}}", "sub": "{{secret.user ?? null}}", "scope": "read write", "n": [1, true] } }
            """#, secrets: #""account": {}, "user": { "required": false }, "signingKey": {}"#,
            ["account": "svc@acme.test", "signingKey": try Vectors.text("keys/p256-pkcs8.pem")])
        let members = form(request)
        #expect(members["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        #expect(members["client_id"] == nil)
        let claims = try parts(of: try #require(members["assertion"])).claims
        #expect(
            claims.rawText
                == #"{"aud":"https://login.acme.test","iat":\#(Self.now),"exp":\#(Self.now + 300),"#
                + #""iss":"svc@acme.test","scope":"read write","n":[1,true]}"#)
    }

    @Test("What others know of the key can stand in claims and header")
    func key() async throws {
        let pem = try Vectors.text("keys/p256-pkcs8.pem")
        let (request, _, _) = try await Self.request(
            #"""
            "grant": "jwt_bearer", "assertion": { "alg": "ES256", "jti": false, "aud": "a", "header": { "kid": "{{key.thumbprint}}" },
              "claims": { "iss": "ACME.BOB.SHA256:{{key.fingerprint}}" } }
            """#, secrets: #""privateKey": {}"#, ["privateKey": pem])
        let key = try SigningKey(parsing: pem, as: .pem)
        let (header, claims) = try parts(of: try #require(form(request)["assertion"]))
        #expect(header["kid"]?.string == key.thumbprint)
        #expect(claims["iss"]?.string == "ACME.BOB.SHA256:\(try #require(key.fingerprint))")
    }

    @Test("token_exchange: RFC 8693")
    func exchange() async throws {
        let (request, _, _) = try await Self.request(
            #"""
            "grant": "token_exchange", "clientAuth": { "method": "basic" },
            "params": { "audience": "urn:api", "requested_token_type": "urn:ietf:params:oauth:token-type:jwt" }
            """#, secrets: #""clientId": {}, "clientSecret": {}, "subjectToken": {}"#,
            ["clientId": "the-client", "clientSecret": "the-secret", "subjectToken": "the-subject-token"])
        let members = form(request)
        #expect(
            members == [
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": "the-subject-token",
                "subject_token_type": "urn:ietf:params:oauth:token-type:access_token", "scope": "a b",
                "audience": "urn:api", "requested_token_type": "urn:ietf:params:oauth:token-type:jwt",
            ])
        #expect(request.headers["Authorization"] == "Basic dGhlLWNsaWVudDp0aGUtc2VjcmV0")
    }

    @Test("A client certificate shows the client: its id is sent, no secret, over the identity's own connections")
    func certificate() async throws {
        let desk = Desk(bearerAnswer)
        let provider = try acme(#""clientAuth": { "method": "tls" }"#)
        let tls = TLSClientIdentity(certificate: "client.pem", key: "client.key")
        let identity = try desk.bind(provider, secrets: acmeSecrets, tls: tls)
        _ = try await desk.broker.credential(for: identity)
        let sent = try #require(desk.transport.sent.first)
        #expect(form(sent.request) == ["grant_type": "client_credentials", "client_id": "the-client-id"])
        #expect(sent.request.headers["Authorization"] == nil)
        #expect(sent.pool.tls == tls)
    }

    @Test("Without a certificate such an identity cannot be bound")
    func noCertificate() throws {
        let provider = try acme(#""clientAuth": { "method": "tls" }"#)
        let span = Span(SourceFile(path: "environments/test.json", text: "{}"), 0..<1)
        var bag = DiagnosticBag()
        let binder = IdentityBinder(functions: .standard(), redactor: Redactor())
        let binding = IdentityBinding(
            "acme", provider, at: span, secrets: acmeSecrets.mapValues { Secret($0, label: "x") })
        #expect(binder.bind(binding, bag: &bag) == nil)
        #expect(
            bag.diagnostics.map(\.title) == [
                "'acme' needs a client certificate: 'acme' knows its clients by it"
            ])
    }

    @Test("The type jwt: nothing is sent, the token is signed anew when it ends")
    func selfSigned() async throws {
        let desk = Desk("")
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "vars": { "team": { "required": true } }, "secrets": { "keyId": {}, "privateKey": {} },
              "auth": { "type": "jwt", "assertion": { "alg": "ES256", "header": { "kid": "{{secret.keyId}}" },
                "claims": { "iss": "{{team}}" }, "aud": "appstoreconnect-v1", "ttl": "20m" } } }
            """#)
        let identity = try desk.bind(
            provider, vars: ["team": "T1"],
            secrets: ["keyId": "K123456", "privateKey": try Vectors.text("keys/p256-pkcs8.pem")])
        let first = try await desk.broker.credential(for: identity)
        var request = HTTPRequest(.get, try HTTPURL(parsing: "https://api.acme.test/x"))
        try first.apply(to: &request)
        let field = try #require(request.headers["Authorization"])
        #expect(field.hasPrefix("Bearer "))
        let (header, claims) = try parts(of: String(field.dropFirst(7)))
        #expect(header.rawText == #"{"alg":"ES256","typ":"JWT","kid":"K123456"}"#)
        #expect(
            claims.rawText
                == #"{"aud":"appstoreconnect-v1","iat":\#(Self.now),"exp":\#(Self.now + 1200),"iss":"T1"}"#)
        #expect(first.token?.expiresAt == FakeClock.start + 1_200_000)
        desk.clock.advance(.seconds(60))
        #expect(try await desk.broker.credential(for: identity).token?.value == first.token?.value)
        desk.clock.advance(.seconds(1139))
        #expect(try await desk.broker.credential(for: identity).token?.value != first.token?.value)
        #expect(desk.transport.sent.isEmpty)
    }

    static let wrongKeys: [(String, String)] = [
        (
            "nonsense",
            "the key is not PEM (-----BEGIN PRIVATE KEY-----); it stands in the secret 'privateKey', which is read as \"pem\""
        ),
        (
            "p256",
            "the key is a key on P-256, but RS256 needs an RSA key; it stands in the secret 'privateKey'"
        ),
    ]

    @Test("A key that does not fit is said to be so, without its text", arguments: wrongKeys)
    func wrongKey(_ text: String, _ reason: String) async throws {
        let desk = Desk(bearerAnswer)
        let provider = try provider(
            #"""
            { "id": "acme", "baseURL": "https://api.acme.test", "secrets": { "clientId": {}, "privateKey": {} },
              "auth": { "type": "token", "grant": "client_credentials", "request": { "url": "https://auth.acme.test/token" },
                "clientAuth": { "method": "private_key_jwt" }, "assertion": {} } }
            """#)
        let pem = try Vectors.text("keys/p256-sec1.pem")
        let identity = try desk.bind(
            provider, secrets: ["clientId": "the-client", "privateKey": text == "p256" ? pem : text])
        let error = try await desk.refusal(identity)
        #expect(error.kind == .profile)
        #expect(error.message == "the token request of 'acme' cannot be built: \(reason)")
        #expect(desk.transport.sent.isEmpty)
    }
}
