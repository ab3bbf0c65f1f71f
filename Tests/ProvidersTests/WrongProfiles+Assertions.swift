extension WrongProfiles {
    /// Discovery, assertions, steps.
    static let assertions: [(file: String, shown: String)] = [
        (
            #"""
            {"id":"x"}
            """#,
            #"""
            error: a provider needs the member 'auth'
             --> providers/acme.json:1:1
              |
            1 | {"id":"x"}
              | ^ 'auth' is missing
               = help: How the credential comes about; needed unless the provider extends another.
            """#
        ),
        (
            #"""
            {"id":"x",
             "auth":{}}
            """#,
            #"""
            error: an auth needs the member 'type'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{}}
              |         ^ 'type' is missing
               = help: How the credential comes about; needed unless the provider extends another.
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"jwt"}}
            """#,
            #"""
            error: an auth needs the member 'assertion'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"jwt"}}
              |         ^ 'assertion' is missing
               = help: "assertion": { "alg": "RS256", "claims": { … } }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"jwt","grant":"login","assertion":{"alg":"HS256"}}}
            """#,
            #"""
            error: 'grant' has no meaning with the type "jwt"
             --> providers/acme.json:2:23
              |
            2 |  "auth":{"type":"jwt","grant":"login","assertion":{"alg":"HS256"}}}
              |                       ^^^^^^^
               = help: only the type "token" fetches one
            error: an assertion needs the member 'key'
             --> providers/acme.json:2:51
              |
            2 |  "auth":{"type":"jwt","grant":"login","assertion":{"alg":"HS256"}}}
              |                                                   ^ 'key' is missing
               = help: "key": "{{secret.clientSecret}}", and declare that secret; or declare the secret 'clientSecret'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static","assertion":{}},"apply":[]}
            """#,
            #"""
            error: 'assertion' has no meaning with the type "static"
             --> providers/acme.json:2:26
              |
            2 |  "auth":{"type":"static","assertion":{}},"apply":[]}
              |                          ^^^^^^^^^^^
               = help: only the types "token" and "jwt" use one
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign"}}
            """#,
            #"""
            error: an auth needs the member 'sign'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"sign"}}
              |         ^ 'sign' is missing
               = help: "sign": { "scheme": "aws-sigv4", … }
            """#
        ),
        (
            #"""
            {"id":"x",
             "auth":{"type":"none","sign":{"scheme":"wsse","username":"a","password":"b"}}}
            """#,
            #"""
            error: 'sign' has no meaning with the type "none"
             --> providers/acme.json:2:24
              |
            2 |  "auth":{"type":"none","sign":{"scheme":"wsse","username":"a","password":"b"}}}
              |                        ^^^^^^
               = help: write "type": "sign"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "discovery":{}}}
            """#,
            #"""
            error: a discovery needs the member 'issuer'
             --> providers/acme.json:3:15
              |
            3 |   "discovery":{}}}
              |               ^ 'issuer' is missing
               = help: "issuer": "https://login.example.com", or the metadata's 'url'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "discovery":{"issuer":"https://{{secret.x}}"}}}
            """#,
            #"""
            error: 'secret.x' is not defined in this provider
             --> providers/acme.json:3:36
              |
            3 |   "discovery":{"issuer":"https://{{secret.x}}"}}}
              |                                    ^^^^^^^^
               = help: this provider declares no vars
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "revoke":{}}}
            """#,
            #"""
            error: 'revoke' has no 'url', and nothing is discovered
             --> providers/acme.json:3:12
              |
            3 |   "revoke":{}}}
              |            ^^
               = help: add "url": "https://…"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"format":"form"}}}
            """#,
            #"""
            error: a token-request needs the member 'url'
             --> providers/acme.json:3:13
              |
            3 |   "request":{"format":"form"}}}
              |             ^ 'url' is missing
               = help: The token URL; needed unless it is discovered.
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer"}}
            """#,
            #"""
            error: an auth needs the member 'assertion'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer"}}
              |         ^ 'assertion' is missing
               = help: "assertion": { "alg": "RS256", "claims": { "iss": … } }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"client_credentials",
              "clientAuth":{"method":"private_key_jwt"}}}
            """#,
            #"""
            error: an auth needs the member 'assertion'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"client_credentials",
              |         ^ 'assertion' is missing
               = help: "assertion": { "alg": "RS256" }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"alg":"RS257"}}}
            """#,
            #"""
            error: 'alg' must be "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512" or "EdDSA"
             --> providers/acme.json:3:22
              |
            3 |   "assertion":{"alg":"RS257"}}}
              |                      ^^^^^^^ allowed: HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA
               = help: did you mean "RS256"?
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"alg":"RS256","keyEncoding":"hex"}}}
            """#,
            #"""
            error: a private key is written as "pem" or "jwk"
             --> providers/acme.json:3:44
              |
            3 |   "assertion":{"alg":"RS256","keyEncoding":"hex"}}}
              |                                            ^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientSecret":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"alg":"HS256","keyEncoding":"pem"}}}
            """#,
            #"""
            error: a shared key is not written in PEM
             --> providers/acme.json:3:44
              |
            3 |   "assertion":{"alg":"HS256","keyEncoding":"pem"}}}
              |                                            ^^^^^
               = help: use "utf8", "hex", "base64" or "jwk"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"alg":"ES256"}}}
            """#,
            #"""
            error: an assertion needs the member 'key'
             --> providers/acme.json:3:15
              |
            3 |   "assertion":{"alg":"ES256"}}}
              |               ^ 'key' is missing
               = help: "key": "{{secret.privateKey}}", and declare that secret; or declare the secret 'privateKey'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"ttl":"2d"}}}
            """#,
            #"""
            error: 'ttl' must be a duration such as "250ms", "10s", "5m" or "1h"
             --> providers/acme.json:3:22
              |
            3 |   "assertion":{"ttl":"2d"}}}
              |                      ^^^^ this is a text
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"privateKey":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"jwt_bearer",
              "assertion":{"ttl":"48h","header":{"alg":"none"},"claims":{"iss":"{{secret.acount}}"}}}}
            """#,
            #"""
            error: 'ttl' must be above zero and at most a day
             --> providers/acme.json:3:22
              |
            3 |   "assertion":{"ttl":"48h","header":{"alg":"none"},"claims":{"iss":"{{secret.acount}}"}}}}
              |                      ^^^^^
            error: the algorithm stands in 'alg', not in the header
             --> providers/acme.json:3:44
              |
            3 |   "assertion":{"ttl":"48h","header":{"alg":"none"},"claims":{"iss":"{{secret.acount}}"}}}}
              |                                            ^^^^^^
            error: 'secret.acount' is not defined in this provider
             --> providers/acme.json:3:71
              |
            3 |   "assertion":{"ttl":"48h","header":{"alg":"none"},"claims":{"iss":"{{secret.acount}}"}}}}
              |                                                                       ^^^^^^^^^^^^^
               = help: declare "acount": {} under 'secrets' (declared: clientId, privateKey)
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"clientSecret":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "clientAuth":{"method":"client_secret_jwt","assertion":{"alg":"RS256"}}}}
            """#,
            #"""
            error: an assertion needs the member 'key'
             --> providers/acme.json:3:58
              |
            3 |   "clientAuth":{"method":"client_secret_jwt","assertion":{"alg":"RS256"}}}}
              |                                                          ^ 'key' is missing
               = help: "key": "{{secret.privateKey}}", and declare that secret; or declare the secret 'privateKey'
            error: client_secret_jwt signs with the client secret, but RS256 needs a key
             --> providers/acme.json:3:65
              |
            3 |   "clientAuth":{"method":"client_secret_jwt","assertion":{"alg":"RS256"}}}}
              |                                                                 ^^^^^^^
               = help: use "HS256", or the method "private_key_jwt"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"clientId":{},"clientSecret":{}},
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "clientAuth":{"method":"body","assertion":{}}}}
            """#,
            #"""
            error: 'assertion' has no meaning with the method "body"
             --> providers/acme.json:3:33
              |
            3 |   "clientAuth":{"method":"body","assertion":{}}}}
              |                                 ^^^^^^^^^^^
               = help: it belongs to "private_key_jwt" and "client_secret_jwt"
            error: an assertion needs the member 'key'
             --> providers/acme.json:3:45
              |
            3 |   "clientAuth":{"method":"body","assertion":{}}}}
              |                                             ^ 'key' is missing
               = help: "key": "{{secret.privateKey}}", and declare that secret; or declare the secret 'privateKey'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "clientAuth":{"method":"tls"}}}
            """#,
            #"""
            error: the client authenticates, but there is no id
             --> providers/acme.json:3:16
              |
            3 |   "clientAuth":{"method":"tls"}}}
              |                ^^^^^^^^^^^^^^^^
               = help: declare the secret clientId, or set 'id' here
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "grant":"token_exchange"}}
            """#,
            #"""
            error: the grant "token_exchange" sends the secret 'subjectToken'
             --> providers/acme.json:2:42
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t"},
              |                                          ^^^^^^^^^^^^^^^^^^
               = help: declare it under 'secrets', or write the body yourself
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "steps":[{"id":"a"}]}}
            """#,
            #"""
            error: a step needs the member 'request'
             --> providers/acme.json:3:12
              |
            3 |   "steps":[{"id":"a"}]}}
              |            ^ 'request' is missing
               = help: The request.
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "steps":[{"id":"a-b","request":{"url":"https://a.test"}}]}}
            """#,
            #"""
            error: 'a-b' cannot be a name in templates
             --> providers/acme.json:3:18
              |
            3 |   "steps":[{"id":"a-b","request":{"url":"https://a.test"}}]}}
              |                  ^^^^^
               = help: use letters, digits and _, a letter first
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "steps":[{"id":"a","request":{"url":"https://a.test"}},{"id":"a","request":{"url":"https://a.test"}}]}}
            """#,
            #"""
            error: the step 'a' stands here twice
             --> providers/acme.json:3:64
              |
            3 |   "steps":[{"id":"a","request":{"url":"https://a.test"}},{"id":"a","request":{"url":"https://a.test"…
              |                                                                ^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t","body":{"s":"{{steps.login.sid}}"}},
              "steps":[{"id":"login","request":{"url":"https://a.test"},"response":{"capture":{"session":"/s"}}}]}}
            """#,
            #"""
            error: 'steps.login.sid' is not defined in this provider
             --> providers/acme.json:2:76
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t","body":{"s":"{{steps.login.sid}}"}},
              |                                                                            ^^^^^^^^^^^^^^^
               = help: the step 'login' gives session, body, cookies
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "steps":[{"id":"a","request":{"url":"https://a.test/{{steps.b.body}}"}},{"id":"b","request":{"url":"https://a.test"}}]}}
            """#,
            #"""
            error: 'steps.b.body' is not known here
             --> providers/acme.json:3:57
              |
            3 |   "steps":[{"id":"a","request":{"url":"https://a.test/{{steps.b.body}}"}},{"id":"b","request":{"url"…
              |                                                         ^^^^^^^^^^^^
               = help: the step 'b' is taken after this one; it is the first
            """#
        ),
    ]
}
