import JSON
import Providers
import Sandbox
import TestSupport
import Tokens

/// The projects whose contracts are tested: the examples, and small ones for what no vendor has, against the same embedded
/// vendors.
enum ContractProject {
    /// A provider of the project's own, and what its one collection asks.
    private struct Own {
        /// The members beside `id`; empty: it is a built-in one.
        var provider = ""
        let identity: String
        let request: String
        /// Further identities and requests, as they stand in their files.
        var identities = ""
        var requests = ""
    }

    private static let zara4 = """
        "secrets": { "clientId": { "insecureLiteral": "demo-zara4-client-acme" },
                     "clientSecret": { "insecureLiteral": "demo-zara4-secret-acme-not-real" } }
        """
    private static let globex = """
        "secrets": { "clientId": { "insecureLiteral": "demo-zara4-client-globex" },
                     "clientSecret": { "insecureLiteral": "demo-zara4-secret-globex-not-real" } }
        """
    private static let key = """
        "vars": { "apiURL": "https://api.clazar.io" },
        "secrets": { "key": { "insecureLiteral": "demo-clazar-key-acme-not-real" } }
        """

    private static func oidc(_ client: String) -> String {
        """
        "variant": "basic", "scope": ["notes:read"\(client == "reader" ? "" : ", \"notes:write\"")],
        "vars": { "issuer": "https://login.oidc.test", "apiURL": "https://api.oidc.test", "audience": "https://api.oidc.test" },
        "secrets": { "clientId": { "insecureLiteral": "demo-oidc-client-\(client)" },
                     "clientSecret": { "insecureLiteral": "demo-oidc-secret-\(client)-not-real" } }
        """
    }

    private static let deskSecret = #""clientSecret": { "insecureLiteral": "demo-oidc-secret-desk-not-real" },"#

    /// A user at one of the clients that may ask for a password.
    private static func user(_ client: String, secret: String = "", at issuer: String = "oidc") -> String {
        """
        "vars": { "issuer": "https://login.\(issuer).test", "apiURL": "https://api.oidc.test" },
        "secrets": { "clientId": { "insecureLiteral": "demo-oidc-client-\(client)" }, \(secret)
                     "username": { "insecureLiteral": "ada@acme.test" },
                     "password": { "insecureLiteral": "demo-oidc-password-ada-not-real" } }
        """
    }

    private static func login(_ number: Int) -> String {
        """
        , { "name": "login \(number)", "as": "anonymous", "denies": [],
            "request": "POST https://login.clarify.test/oauth/token",
            "body": { "form": { "grant_type": "client_credentials", "audience": "https://api.clarify.test/",
                "client_id": "demo-clarify-client-globex", "client_secret": "demo-clarify-secret-globex-not-real" } },
            "expect": { "status": \(number < 11 ? "200" : "429") }\(number < 11 ? "" : #", "covers": ["CL-05"]"#) }
        """
    }

    /// A client without secret.
    private static func app(_ more: String = "") -> String {
        """
        "extends": "oidc", "auth": { "grant": "password", "clientAuth": { "method": "none" },
          "params": { "client_id": "{{secret.clientId}}" },
          "refresh": { "mode": "token", "request": { "body": { "grant_type": "refresh_token",
            "refresh_token": "{{token.refresh}}", "client_id": "{{secret.clientId}}" } } }\(more) },
        "secrets": { "username": { "sensitive": false }, "password": {}, "clientSecret": { "required": false } },
        "contract": { "waive": [{ "rule": "TOK-35", "because": "the app has no other way" }] }
        """
    }

    /// In a JSON text.
    private static func line(_ pem: String) -> String { pem.replacing("\n", with: "\\n") }

    private static let signer = """
        "vars": { "issuer": "https://login.oidc.test", "apiURL": "https://api.oidc.test" },
        "secrets": { "clientId": { "insecureLiteral": "\(OIDCDemoKey.client)" },
                     "privateKey": { "insecureLiteral": "\(OIDCDemoKey.jwk.replacing("\"", with: "\\\""))" } }
        """
    private static let signed = #""assertion": { "alg": "ES256", "keyEncoding": "jwk", "ttl": "1m" }"#

    /// With a token that the signer's key made for a user, good for reading.
    private static var exchanger: String {
        """
        "vars": { "issuer": "https://login.oidc.test", "apiURL": "https://api.oidc.test" },
        "secrets": { "clientId": { "insecureLiteral": "demo-oidc-client-acme" },
                     "clientSecret": { "insecureLiteral": "demo-oidc-secret-acme-not-real" },
                     "subjectToken": { "insecureLiteral": "\(subjectToken ?? "")" } }
        """
    }

    private static var subjectToken: String? {
        let now = Int(TokenClock.system.wall() / 1000)
        let header: JSONValue = ["alg": "ES256", "typ": "JWT", "kid": "demo-oidc-key-not-real"]
        let claims = """
            { "iss": "\(OIDCDemoKey.client)", "sub": "user-ada", "aud": "https://login.oidc.test", "exp": \(now + 500),
              "scope": "notes:read" }
            """
        return try? SigningKey(parsing: OIDCDemoKey.jwk, as: .jwk)
            .jws(header: header, payload: Array(claims.utf8), .es256)
    }

    private static var own: [String: Own] {
        [
            "oidc": Own(
                identity: oidc("acme"), request: "GET /notes",
                identities: #", "oidc-readonly": { "provider": "oidc", \#(oidc("reader")) }"#,
                requests: """
                    , { "name": "add", "request": "POST /notes", "body": { "json": { "text": "Hello" } },
                        "access": { "oidc-readonly": 403 }, "expect": { "status": 201 } }
                    """),
            "desk": Own(
                provider: """
                    "extends": "oidc", "auth": { "grant": "password", "scope": { "values": ["openid", "notes:read"] },
                      "refresh": { "mode": "token" } },
                    "secrets": { "username": { "sensitive": false }, "password": {} },
                    "contract": { "waive": [{ "rule": "TOK-35", "because": "the desk has no other way" }] }
                    """,
                identity: user("desk", secret: deskSecret), request: "GET /notes"),
            "assertion": Own(
                provider: """
                    "extends": "oidc", "auth": { "clientAuth": { "method": "private_key_jwt" }, \(signed) },
                    "secrets": { "clientSecret": { "required": false }, "privateKey": { "format": "jwk" } }
                    """,
                identity: signer, request: "GET /notes"),
            "bearer-assertion": Own(
                provider: """
                    "extends": "oidc", "auth": { "grant": "jwt_bearer", "clientAuth": { "method": "none" }, \(signed) },
                    "secrets": { "clientSecret": { "required": false }, "privateKey": { "format": "jwk" } }
                    """,
                identity: signer, request: "GET /notes"),
            "exchange": Own(
                provider: """
                    "extends": "oidc", "secrets": { "subjectToken": {} },
                    "auth": { "grant": "token_exchange",
                      "params": { "subject_token_type": "urn:ietf:params:oauth:token-type:jwt" } }
                    """,
                identity: exchanger, request: "GET /notes"),
            "dpop": Own(
                // The scheme stands there whatever the token answer calls it, so that POP-01 breaks nothing else.
                provider: """
                    "extends": "oidc", "auth": { "sign": { "scheme": "dpop" } },
                    "apply": [{ "in": "header", "name": "Authorization", "value": "DPoP {{token.value}}" }]
                    """, identity: oidc("acme"), request: "GET /notes",
                requests: #", { "name": "me", "request": "GET /me" }"#),
            "mtls": Own(
                provider: """
                    "extends": "oidc", "auth": { "clientAuth": { "method": "tls" } },
                    "secrets": { "clientSecret": { "required": false }, "cert": { "sensitive": false }, "key": {} },
                    "tls": { "clientCert": "{{secret.cert}}", "clientKey": "{{secret.key}}" }
                    """,
                identity: """
                    "vars": { "issuer": "https://login.oidc.test", "apiURL": "https://api.oidc.test" },
                    "secrets": { "clientId": { "insecureLiteral": "demo-oidc-client-vault" },
                                 "cert": { "insecureLiteral": "\(line(DemoCertificate.certificate))" },
                                 "key": { "insecureLiteral": "\(line(DemoCertificate.key))" } }
                    """, request: "GET /notes"),
            // Whoever names the description itself reads it whatever issuer it is about.
            "described": Own(
                provider: """
                    "extends": "oidc",
                    "auth": { "discovery": { "url": "{{issuer}}/.well-known/openid-configuration" } }
                    """, identity: oidc("acme"), request: "GET /notes"),
            // The same user at an issuer that the API does not trust.
            "issuers": Own(
                provider: """
                    "extends": "oidc", "auth": { "grant": "password", "scope": { "values": ["openid", "notes:read"] } },
                    "secrets": { "username": { "sensitive": false }, "password": {} },
                    "verify": { "request": "GET {{issuer}}/userinfo", "expect": { "json": { "$.sub": "user-ada" } } },
                    "contract": { "waive": [{ "rule": "TOK-35", "because": "the desk has no other way" }] }
                    """,
                identity: user("desk", secret: deskSecret), request: "GET /me",
                identities:
                    #", "stranger": { "provider": "issuers", \#(user("desk", secret: deskSecret, at: "other")) }"#,
                requests: #", { "name": "notes", "request": "GET /notes", "access": { "stranger": 401 } }"#),
            "renewing": Own(
                provider: #""extends": "zara4", "auth": { "refresh": {} }, "contract": {}"#, identity: zara4,
                request: "GET /v1/account",
                identities: #", "globex": { "provider": "renewing", \#(globex) }"#,
                requests: #", { "name": "other", "as": "globex", "request": "GET /v1/account" }"#),
            "public": Own(provider: app(), identity: user("app"), request: "GET /notes"),
            "bound-app": Own(
                provider: app(#", "sign": { "scheme": "dpop" }"#), identity: user("app"), request: "GET /notes"),
            // The eleventh token request of a client in a minute; another client than the run's own.
            "limited": Own(
                provider: #""extends": "clarify""#,
                identity: """
                    "vars": { "tokenURL": "https://login.clarify.test/oauth/token", "apiURL": "https://api.clarify.test" },
                    "secrets": { "clientId": { "insecureLiteral": "demo-clarify-client-acme" },
                                 "clientSecret": { "insecureLiteral": "demo-clarify-secret-acme-not-real" } }
                    """, request: "GET /v1/items",
                requests: (1...11).map(login).joined()),
            "api-key": Own(identity: key, request: "GET /contracts/"),
            "url-key": Own(
                provider: """
                    "extends": "api-key", "apply": [{ "in": "query", "name": "api_key", "value": "{{secret.key}}" }]
                    """, identity: key, request: "GET /contracts/"),
        ]
    }

    /// - Parameter name: of an example collection, or of a project here.
    static func make(_ name: String) throws -> UsherProject {
        guard let own = own[name] else { return try .examples() }
        var files = [
            "collections/\(name).json": """
            { "name": "Own", "provider": "\(name)", "requests": [ { "name": "read", "request": "\(own.request)" }\(own.requests) ] }
            """,
            "environments/sandbox.json": """
            { "name": "sandbox", "identities": { "\(name)": { "provider": "\(name)", \(own.identity) }\(own.identities) } }
            """,
        ]
        if !own.provider.isEmpty { files["providers/\(name).json"] = #"{ "id": "\#(name)", \#(own.provider) }"# }
        return try UsherProject(files)
    }
}
