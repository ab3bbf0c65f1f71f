extension WrongProfiles {
    /// XML, a person's agreement, signatures.
    static let reach: [(file: String, shown: String)] = [
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"format":"xml","token":"xpath:a/b"}}}
            """#,
            #"""
            error: 'a/b' is no path that this version understands
             --> providers/acme.json:3:38
              |
            3 |   "response":{"format":"xml","token":"xpath:a/b"}}}
              |                                      ^^^^^^^^^^^
               = help: write "xpath:/Envelope/Body/Token", "xpath://Token", "…/item[2]" or "…/@id"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"token":"xpath:/a","capture":{"x":["xpath://b"]}}}}
            """#,
            #"""
            error: 'xpath:/a' leads into XML, but the format is "json"
             --> providers/acme.json:3:23
              |
            3 |   "response":{"token":"xpath:/a","capture":{"x":["xpath://b"]}}}}
              |                       ^^^^^^^^^^
               = help: add "format": "xml"
            error: 'xpath://b' leads into XML, but the format is "json"
             --> providers/acme.json:3:50
              |
            3 |   "response":{"token":"xpath:/a","capture":{"x":["xpath://b"]}}}}
              |                                                  ^^^^^^^^^^^
               = help: add "format": "xml"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"format":"xml"}}}
            """#,
            #"""
            error: a token-response needs the member 'token'
             --> providers/acme.json:3:14
              |
            3 |   "response":{"format":"xml"}}}
              |              ^ 'token' is missing
               = help: "token": "xpath:/Envelope/Body/…"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"expiry":{"at":"/e","format":"epoch","pattern":"yyyy"}}}}
            """#,
            #"""
            error: 'pattern' takes the place of 'format'
             --> providers/acme.json:3:52
              |
            3 |   "response":{"expiry":{"at":"/e","format":"epoch","pattern":"yyyy"}}}}
              |                                                    ^^^^^^^^^
               = help: remove one of the two
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"expiry":{"at":"/e","kind":"duration","pattern":"yyyy"}}}}
            """#,
            #"""
            error: a duration has a 'unit', not a 'pattern'
             --> providers/acme.json:3:53
              |
            3 |   "response":{"expiry":{"at":"/e","kind":"duration","pattern":"yyyy"}}}}
              |                                                     ^^^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t","format":"xml"}}}
            """#,
            #"""
            error: a token-request needs the member 'body'
             --> providers/acme.json:2:35
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t","format":"xml"}}}
              |                                   ^ 'body' is missing
               = help: "body": "<Login><user>{{secret.user}}</user>…</Login>"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t","format":"xml",
              "body":{"a":1}}}}
            """#,
            #"""
            error: 'body' must be a text, for the format "xml"
             --> providers/acme.json:3:10
              |
            3 |   "body":{"a":1}}}}
              |          ^^^^^^^ this is an object
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","grant":"client_credentials","request":{"url":"https://a.test/t","format":"xml",
              "body":"<a/>"}}}
            """#,
            #"""
            error: the members of the grant, 'scope' and 'params' have no place in this body
             --> providers/acme.json:3:10
              |
            3 |   "body":"<a/>"}}}
              |          ^^^^^^
               = help: make the body an object, or use the grant "login" without 'scope' and 'params'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "grant":"authorization_code"}}
            """#,
            #"""
            error: an auth needs the member 'interactive'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t"},
              |         ^ 'interactive' is missing
               = help: "interactive": { "authorizeURL": "https://…" }
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "grant":"device_code","interactive":{"authorizeURL":"https://a.test"}}}
            """#,
            #"""
            error: a sign-in needs the member 'deviceURL'
             --> providers/acme.json:3:39
              |
            3 |   "grant":"device_code","interactive":{"authorizeURL":"https://a.test"}}}
              |                                       ^ 'deviceURL' is missing
               = help: Where a device asks for its code; default: by discovery.
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "interactive":{"authorizeURL":"https://a.test"}}}
            """#,
            #"""
            error: 'interactive' has no meaning with the grant "login"
             --> providers/acme.json:3:3
              |
            3 |   "interactive":{"authorizeURL":"https://a.test"}}}
              |   ^^^^^^^^^^^^^
               = help: only "authorization_code" and "device_code" ask a person
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},"grant":"authorization_code",
              "interactive":{"authorizeURL":"https://a.test","redirect":{"port":70000,"path":"x"},"pkce":"S512"}}}
            """#,
            #"""
            error: 'port' must be a whole number from 0 to 65535
             --> providers/acme.json:3:69
              |
            3 |   "interactive":{"authorizeURL":"https://a.test","redirect":{"port":70000,"path":"x"},"pkce":"S512"}…
              |                                                                     ^^^^^ this is a number
            error: 'path' must be a path that starts with '/'
             --> providers/acme.json:3:82
              |
            3 |   "interactive":{"authorizeURL":"https://a.test","redirect":{"port":70000,"path":"x"},"pkce":"S512"}}}
              |                                                                                  ^^^ this is a text
            error: 'pkce' must be "S256", "plain" or "off"
             --> providers/acme.json:3:94
              |
            3 |   "interactive":{"authorizeURL":"https://a.test","redirect":{"port":70000,"path":"x"},"pkce":"S512"}}}
              |                                                                                              ^^^^^^ allowed: S256, plain, off
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign",
              "sign":{"scheme":"sigv4"}}}
            """#,
            #"""
            error: 'scheme' must be "aws-sigv4", "hmac", "hash", "http-signature", "wsse", "digest", "dpop" or "oauth1"
             --> providers/acme.json:3:20
              |
            3 |   "sign":{"scheme":"sigv4"}}}
              |                    ^^^^^^^ allowed: aws-sigv4, hmac, hash, http-signature, wsse, digest, dpop, oauth1
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign",
              "sign":{"scheme":"aws-sigv4","service":"s3"}}}
            """#,
            #"""
            error: a signature needs the member 'accessKey'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"aws-sigv4","service":"s3"}}}
              |          ^ 'accessKey' is missing
               = help: "accessKey": "{{secret.accessKeyId}}", or declare the secret 'accessKeyId'
            error: a signature needs the member 'secretKey'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"aws-sigv4","service":"s3"}}}
              |          ^ 'secretKey' is missing
               = help: "secretKey": "{{secret.secretAccessKey}}", or declare the secret 'secretAccessKey'
            error: a signature needs the member 'region'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"aws-sigv4","service":"s3"}}}
              |          ^ 'region' is missing
               = help: "region": "eu-central-1"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"accessKeyId":{},"secretAccessKey":{}},
             "auth":{"type":"sign",
              "sign":{"scheme":"aws-sigv4","region":"r","service":"s3","keyId":"k"}}}
            """#,
            #"""
            error: 'keyId' has no meaning with the scheme "aws-sigv4"
             --> providers/acme.json:3:60
              |
            3 |   "sign":{"scheme":"aws-sigv4","region":"r","service":"s3","keyId":"k"}}}
              |                                                            ^^^^^^^
               = help: aws-sigv4 has: accessKey, payload, region, secretKey, service, sessionToken
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"sign",
              "sign":{"scheme":"hmac","string":"{{request.methd}}","headers":{"X-S":"{{signature}}"}}}}
            """#,
            #"""
            error: 'request.methd' is not defined in this provider
             --> providers/acme.json:3:39
              |
            3 |   "sign":{"scheme":"hmac","string":"{{request.methd}}","headers":{"X-S":"{{signature}}"}}}}
              |                                       ^^^^^^^^^^^^^
               = help: did you mean 'request.method'?
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"sign",
              "sign":{"scheme":"hmac","string":"{{signature}}","headers":{"X-S":"{{signature}}"}}}}
            """#,
            #"""
            error: 'signature' is not defined in this provider
             --> providers/acme.json:3:39
              |
            3 |   "sign":{"scheme":"hmac","string":"{{signature}}","headers":{"X-S":"{{signature}}"}}}}
              |                                       ^^^^^^^^^
               = help: known here: request.body, request.bodyHash, request.contentType, request.host, request.method, request.nonce, request.path, request.query, request.timestamp, request.url, secret.key
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"key":{}},
             "auth":{"type":"sign",
              "sign":{"scheme":"hmac","algorithm":"md5","string":"a"}}}
            """#,
            #"""
            error: a signature needs the member 'headers'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"hmac","algorithm":"md5","string":"a"}}}
              |          ^ 'headers' is missing
               = help: say where the signature goes: "headers": { "X-Signature": "{{signature}}" }
            error: 'algorithm' must be "sha1", "sha256", "sha384" or "sha512"
             --> providers/acme.json:3:39
              |
            3 |   "sign":{"scheme":"hmac","algorithm":"md5","string":"a"}}}
              |                                       ^^^^^ allowed: sha1, sha256, sha384, sha512
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test","secrets":{"privateKey":{}},
             "auth":{"type":"sign",
              "sign":{"scheme":"http-signature","algorithm":"rsa-sha1","components":["@methd","Content-Type"]}}}
            """#,
            #"""
            error: 'algorithm' must be "rsa-pss-sha512", "rsa-v1_5-sha256", "hmac-sha256", "ecdsa-p256-sha256", "ecdsa-p384-sha384" or "ed25519"
             --> providers/acme.json:3:49
              |
            3 |   "sign":{"scheme":"http-signature","algorithm":"rsa-sha1","components":["@methd","Content-Type"]}}}
              |                                                 ^^^^^^^^^^ allowed: rsa-pss-sha512, rsa-v1_5-sha256, hmac-sha256, ecdsa-p256-sha256, ecdsa-p384-sha384, ed25519
            error: '@methd' is no component of a request
             --> providers/acme.json:3:74
              |
            3 |   "sign":{"scheme":"http-signature","algorithm":"rsa-sha1","components":["@methd","Content-Type"]}}}
              |                                                                          ^^^^^^^^
               = help: a header name in lower case, or one of @method, @target-uri, @authority, @scheme, @request-target, @path, @query
            error: 'Content-Type' is no component of a request
             --> providers/acme.json:3:83
              |
            3 |   "sign":{"scheme":"http-signature","algorithm":"rsa-sha1","components":["@methd","Content-Type"]}}}
              |                                                                                   ^^^^^^^^^^^^^^
               = help: a header name in lower case, or one of @method, @target-uri, @authority, @scheme, @request-target, @path, @query
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign",
              "sign":{"scheme":"wsse","username":"u"}}}
            """#,
            #"""
            error: a signature needs the member 'password'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"wsse","username":"u"}}}
              |          ^ 'password' is missing
               = help: "password": "{{secret.password}}", or declare the secret 'password'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign",
              "sign":{"scheme":"dpop","algorithm":"HS256"}}}
            """#,
            #"""
            error: DPoP needs a key pair, not a shared key
             --> providers/acme.json:3:39
              |
            3 |   "sign":{"scheme":"dpop","algorithm":"HS256"}}}
              |                                       ^^^^^^^
               = help: use "ES256"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"sign",
              "sign":{"scheme":"digest"}}}
            """#,
            #"""
            error: a signature needs the member 'username'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"digest"}}}
              |          ^ 'username' is missing
               = help: "username": "{{secret.username}}", or declare the secret 'username'
            error: a signature needs the member 'password'
             --> providers/acme.json:3:10
              |
            3 |   "sign":{"scheme":"digest"}}}
              |          ^ 'password' is missing
               = help: "password": "{{secret.password}}", or declare the secret 'password'
            """#
        ),
    ]
}
