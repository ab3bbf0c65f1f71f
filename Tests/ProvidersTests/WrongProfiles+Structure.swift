extension WrongProfiles {
    /// Members, placements, variables, secrets and variants.
    static let structure: [(file: String, shown: String)] = [
        (
            #"""
            {"auth":{"type":"none"}}
            """#,
            #"""
            error: a provider needs the member 'id'
             --> providers/acme.json:1:1
              |
            1 | {"auth":{"type":"none"}}
              | ^ 'id' is missing
               = help: The name that collections and environments use.
            """#
        ),
        (
            #"""
            {"id":"x","bseURL":"https://a.test",
             "auth":{"type":"none"}}
            """#,
            #"""
            error: unknown member 'bseURL' in a provider
             --> providers/acme.json:1:11
              |
            1 | {"id":"x","bseURL":"https://a.test",
              |           ^^^^^^^^
               = help: did you mean 'baseURL'?
            """#
        ),
        (
            #"""
            {"id":"Acme Corp",
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'Acme Corp' cannot be a provider's id
             --> providers/acme.json:1:7
              |
            1 | {"id":"Acme Corp",
              |       ^^^^^^^^^^^
               = help: use lower-case letters, digits, '-' and '.'
            """#
        ),
        (
            #"""
            {"id":"x","auth":"bearer"}
            """#,
            #"""
            error: 'auth' must be an object
             --> providers/acme.json:1:18
              |
            1 | {"id":"x","auth":"bearer"}
              |                  ^^^^^^^^ this is a text
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"oauth"}}
            """#,
            #"""
            error: 'type' must be "none", "static", "token", "jwt" or "sign"
             --> providers/acme.json:1:26
              |
            1 | {"id":"x","auth":{"type":"oauth"}}
              |                          ^^^^^^^ allowed: none, static, token, jwt, sign
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"jwt"}}
            """#,
            #"""
            error: an auth needs the member 'assertion'
             --> providers/acme.json:1:18
              |
            1 | {"id":"x","auth":{"type":"jwt"}}
              |                  ^ 'assertion' is missing
               = help: "assertion": { "alg": "RS256", "claims": { … } }
            """#
        ),
        (
            #"""
            {"id":"x",
             "auth":{"type":"none","sign":{}}}
            """#,
            #"""
            error: 'sign' has no meaning with the type "none"
             --> providers/acme.json:2:24
              |
            2 |  "auth":{"type":"none","sign":{}}}
              |                        ^^^^^^
               = help: write "type": "sign"
            error: a signature needs the member 'scheme'
             --> providers/acme.json:2:31
              |
            2 |  "auth":{"type":"none","sign":{}}}
              |                               ^ 'scheme' is missing
               = help: How calls are signed.
            """#
        ),
        (
            #"""
            {"id":"x","extends":"zarv",
             "auth":{"type":"none"}}
            """#,
            #"""
            error: the provider 'zarv' that this one extends is not known here
             --> providers/acme.json:1:21
              |
            1 | {"id":"x","extends":"zarv",
              |                     ^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token"}}
            """#,
            #"""
            error: a token is fetched, but 'request' is missing
             --> providers/acme.json:2:17
              |
            2 |  "auth":{"type":"token"}}
              |                 ^^^^^^^
               = help: add "request": { "url": "https://…" }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "grant":"device_code","request":{"url":"https://a.test/t"}}}
            """#,
            #"""
            error: an auth needs the member 'interactive'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"token",
              |         ^ 'interactive' is missing
               = help: "interactive": { "deviceURL": "https://…" }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"}}
            """#,
            #"""
            error: a static provider needs the member 'apply'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"static"}}
              |         ^^^^^^^^^^^^^^^^^
               = help: say where the secret goes: { "in": "header", "name": …, "value": … }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"},
             "apply":[{"in":"heder","value":"k"}]}
            """#,
            #"""
            error: 'in' must be "header", "query", "cookie", "body", "path" or "basic"
             --> providers/acme.json:3:17
              |
            3 |  "apply":[{"in":"heder","value":"k"}]}
              |                 ^^^^^^^ allowed: header, query, cookie, body, path, basic
               = help: did you mean "header"?
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"},
             "apply":[{"in":"query","value":"k"}]}
            """#,
            #"""
            error: a placement in the query needs the member 'name'
             --> providers/acme.json:3:17
              |
            3 |  "apply":[{"in":"query","value":"k"}]}
              |                 ^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"},
             "apply":[{"in":"header","name":"X Key","value":"k"}]}
            """#,
            #"""
            error: 'X Key' is not a header name
             --> providers/acme.json:3:33
              |
            3 |  "apply":[{"in":"header","name":"X Key","value":"k"}]}
              |                                 ^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"static"},
             "apply":[{"in":"header","name":"X-Key","value":"{{secret.kye}}"}]}
            """#,
            #"""
            error: 'secret.kye' is not defined in this provider
             --> providers/acme.json:3:52
              |
            3 |  "apply":[{"in":"header","name":"X-Key","value":"{{secret.kye}}"}]}
              |                                                    ^^^^^^^^^^
               = help: did you mean 'secret.key'? else declare "kye": {} under 'secrets'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"static"},
             "apply":[{"in":"header","name":"X-Key","value":"{{secret.key"}]}
            """#,
            #"""
            error: the placeholder is not closed
             --> providers/acme.json:3:50
              |
            3 |  "apply":[{"in":"header","name":"X-Key","value":"{{secret.key"}]}
              |                                                  ^^
               = help: add }}; a literal {{ is written {{'{{'}}
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"},
             "apply":[{"in":"basic","value":"x"}]}
            """#,
            #"""
            error: basic takes 'username' and 'password', not 'value'
             --> providers/acme.json:3:25
              |
            3 |  "apply":[{"in":"basic","value":"x"}]}
              |                         ^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"static"},
             "apply":[{"in":"cookie","name":"sid","value":"{{token.value}}"}]}
            """#,
            #"""
            error: 'token.value' is not defined in this provider
             --> providers/acme.json:3:50
              |
            3 |  "apply":[{"in":"cookie","name":"sid","value":"{{token.value}}"}]}
              |                                                  ^^^^^^^^^^^
               = help: only a provider that fetches a token has one
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"static"},
             "apply":[{"in":"query","name":"k","value":"v","methods":["GET","P UT"]}]}
            """#,
            #"""
            error: 'P UT' is not an HTTP method
             --> providers/acme.json:3:65
              |
            3 |  "apply":[{"in":"query","name":"k","value":"v","methods":["GET","P UT"]}]}
              |                                                                 ^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{}},
             "auth":{"type":"static"},
             "apply":[{"in":"header","name":"X-Key","value":"{{secret.key}}"}]}
            """#,
            #"""
            error: nothing says where the credential may go
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"static"},
              |         ^^^^^^^^^^^^^^^^^
               = help: add 'baseURL', or "hosts": ["api.example.com"]
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"region":{"format":"host"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'format' must be "hostname", "uri", "uuid" or "email"
             --> providers/acme.json:1:38
              |
            1 | {"id":"x","vars":{"region":{"format":"host"}},
              |                                      ^^^^^^ allowed: hostname, uri, uuid, email
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"region":{"enum":["eu1","us1"],"default":"eu2"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: the default of 'region' must be 'eu1' or 'us1'
             --> providers/acme.json:1:60
              |
            1 | {"id":"x","vars":{"region":{"enum":["eu1","us1"],"default":"eu2"}},
              |                                                            ^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"site":{"pattern":"(a"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: this group is not closed
             --> providers/acme.json:1:38
              |
            1 | {"id":"x","vars":{"site":{"pattern":"(a"}},
              |                                      ^
               = help: add ')', or write \( for the character itself
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"secret":{}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'secret' is a word of the template language
             --> providers/acme.json:1:19
              |
            1 | {"id":"x","vars":{"secret":{}},
              |                   ^^^^^^^^
               = help: not one of: secret, token, captured, steps, identities, request, signature, key, true, false, null
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"r":{"required":true,"default":"a"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'r' is required and has a default
             --> providers/acme.json:1:50
              |
            1 | {"id":"x","vars":{"r":{"required":true,"default":"a"}},
              |                                                  ^^^
               = help: remove one: a required variable is set by every identity
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"region":{}},"baseURL":"https://{{regoin}}.a.test",
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'regoin' is not defined in this provider
             --> providers/acme.json:1:53
              |
            1 | {"id":"x","vars":{"region":{}},"baseURL":"https://{{regoin}}.a.test",
              |                                                     ^^^^^^
               = help: did you mean 'region'?
            """#
        ),
        (
            #"""
            {"id":"x","vars":{"region":{}},"variants":{"us":{"vars":{"regoin":"us1"}}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'regoin' is not one of the provider's vars
             --> providers/acme.json:1:58
              |
            1 | {"id":"x","vars":{"region":{}},"variants":{"us":{"vars":{"regoin":"us1"}}},
              |                                                          ^^^^^^^^
               = help: did you mean 'region'?
            """#
        ),
        (
            #"""
            {"id":"x","variants":{"us":{"tokenURL":"https://a.test"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: this variant changes a token request, but the provider has none
             --> providers/acme.json:1:23
              |
            1 | {"id":"x","variants":{"us":{"tokenURL":"https://a.test"}},
              |                       ^^^^
            """#
        ),
        (
            #"""
            {"id":"x","headers":{"X-V:":"1"},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'X-V:' is not a header name
             --> providers/acme.json:1:22
              |
            1 | {"id":"x","headers":{"X-V:":"1"},
              |                      ^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"id":{"at":"credentials/id"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'credentials/id' is not a JSON Pointer
             --> providers/acme.json:1:33
              |
            1 | {"id":"x","secrets":{"id":{"at":"credentials/id"}},
              |                                 ^^^^^^^^^^^^^^^^
               = help: it is empty or starts with '/', as in "/credentials/clientId"
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{"format":"pen"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'format' must be "text", "pem", "jwk" or "json"
             --> providers/acme.json:1:38
              |
            1 | {"id":"x","secrets":{"key":{"format":"pen"}},
              |                                      ^^^^^ allowed: text, pem, jwk, json
               = help: did you mean "pem"?
            """#
        ),
        (
            #"""
            {"id":"x","from":{"expiry":{"format":"rfc3339"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: a document-expiry needs the member 'at'
             --> providers/acme.json:1:28
              |
            1 | {"id":"x","from":{"expiry":{"format":"rfc3339"}},
              |                            ^ 'at' is missing
               = help: A JSON Pointer into the document of the identity's 'from'.
            """#
        ),
        (
            #"""
            {"id":"x","from":{"expiry":{"at":"Expiration","format":"iso"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'Expiration' is not a JSON Pointer
             --> providers/acme.json:1:34
              |
            1 | {"id":"x","from":{"expiry":{"at":"Expiration","format":"iso"}},
              |                                  ^^^^^^^^^^^^
               = help: it is empty or starts with '/', as in "/credentials/clientId"
            error: 'format' must be "epoch", "epoch-ms", "rfc3339" or "http"
             --> providers/acme.json:1:56
              |
            1 | {"id":"x","from":{"expiry":{"at":"Expiration","format":"iso"}},
              |                                                        ^^^^^ allowed: epoch, epoch-ms, rfc3339, http
            """#
        ),
        (
            #"""
            {"id":"x","from":{"expiry":{"at":"/end","unit":"s","format":"epoch"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'unit', 'format' and 'pattern' are three ways to write an expiry
             --> providers/acme.json:1:52
              |
            1 | {"id":"x","from":{"expiry":{"at":"/end","unit":"s","format":"epoch"}},
              |                                                    ^^^^^^^^
               = help: keep the one that fits what stands at /end
            """#
        ),
        (
            #"""
            {"id":"x","retry":{"at":["X Reset"]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'X Reset' is not a header name
             --> providers/acme.json:1:26
              |
            1 | {"id":"x","retry":{"at":["X Reset"]},
              |                          ^^^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","cache":{"keyExtra":["{{tenant}}"]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'tenant' is not defined in this provider
             --> providers/acme.json:1:35
              |
            1 | {"id":"x","cache":{"keyExtra":["{{tenant}}"]},
              |                                   ^^^^^^
               = help: this provider declares no vars and no secrets
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{}},
             "variants":{"test":{"secrets":{"key":"testKey"}}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'testKey' is not one of the provider's secrets
             --> providers/acme.json:2:39
              |
            2 |  "variants":{"test":{"secrets":{"key":"testKey"}}},
              |                                       ^^^^^^^^^
               = help: declare it under 'secrets'
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{},"testKey":{"required":false}},
             "variants":{"test":{"secrets":{"key":"testKey"}}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'testKey' need not be bound, but 'key' must
             --> providers/acme.json:2:39
              |
            2 |  "variants":{"test":{"secrets":{"key":"testKey"}}},
              |                                       ^^^^^^^^^
               = help: what takes the place of a required secret is required too
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{}},"hosts":["https://a.test/v1"],
             "auth":{"type":"none"}}
            """#,
            #"""
            error: this is not a host
             --> providers/acme.json:1:41
              |
            1 | {"id":"x","secrets":{"key":{}},"hosts":["https://a.test/v1"],
              |                                         ^^^^^^^^^^^^^^^^^^^
               = help: an entry is api.acme.example, *.acme.example, one of them with a port, or a URL without a path
            """#
        ),
        (
            #"""
            {"id":"x","secrets":{"key":{}},
             "headers":{"X-Key":"{{secret.key}}"},"auth":{"type":"none"}}
            """#,
            #"""
            error: 'secret.key' is not known here
             --> providers/acme.json:2:24
              |
            2 |  "headers":{"X-Key":"{{secret.key}}"},"auth":{"type":"none"}}
              |                        ^^^^^^^^^^
               = help: a secret of a call goes into 'apply': { "in": "header", "name": …, "value": "{{secret.key}}" }
            """#
        ),
    ]
}
