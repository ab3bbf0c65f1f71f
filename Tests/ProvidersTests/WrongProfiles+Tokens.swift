extension WrongProfiles {
    /// Token requests, answers, renewals, the contract and what remains.
    static let tokens: [(file: String, shown: String)] = [
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"token":"access_token"}}}
            """#,
            #"""
            error: 'access_token' is no place in an answer
             --> providers/acme.json:3:23
              |
            3 |   "response":{"token":"access_token"}}}
              |                       ^^^^^^^^^^^^^^
               = help: write "/json/pointer", "" for the whole body, "header:Name", "cookie:Name" or "xpath:/a/b"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"token":"xpath://token"}}}
            """#,
            #"""
            error: 'xpath://token' leads into XML, but the format is "json"
             --> providers/acme.json:3:23
              |
            3 |   "response":{"token":"xpath://token"}}}
              |                       ^^^^^^^^^^^^^^^
               = help: add "format": "xml"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"expiry":{"at":"/e","kind":"instant","unit":"ms"}}}}
            """#,
            #"""
            error: an instant has a 'format', not a 'unit'
             --> providers/acme.json:3:52
              |
            3 |   "response":{"expiry":{"at":"/e","kind":"instant","unit":"ms"}}}}
              |                                                    ^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"defaultLifetime":3600}}}
            """#,
            #"""
            error: 'defaultLifetime' must be a duration such as "250ms", "10s", "5m" or "1h"
             --> providers/acme.json:3:33
              |
            3 |   "response":{"defaultLifetime":3600}}}
              |                                 ^^^^ this is a number
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"defaultLifetime":"1 hour"}}}
            """#,
            #"""
            error: 'defaultLifetime' must be a duration such as "250ms", "10s", "5m" or "1h"
             --> providers/acme.json:3:33
              |
            3 |   "response":{"defaultLifetime":"1 hour"}}}
              |                                 ^^^^^^^^ this is a text
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"success":{"when":{"at":"/ok"}}}}}
            """#,
            #"""
            error: a condition has either 'equals' or 'exists'
             --> providers/acme.json:3:33
              |
            3 |   "response":{"success":{"when":{"at":"/ok"}}}}}
              |                                 ^^^^^^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "response":{"success":20}}}
            """#,
            #"""
            error: 'success' must be a status from 100 to 599
             --> providers/acme.json:3:25
              |
            3 |   "response":{"success":20}}}
              |                         ^^ this is a number
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "refresh":{"mode":"token"}}}
            """#,
            #"""
            error: the renewal does not say where the refresh token goes
             --> providers/acme.json:3:13
              |
            3 |   "refresh":{"mode":"token"}}}
              |             ^^^^^^^^^^^^^^^^
               = help: write {{token.refresh}} into 'request': "body": { "refreshToken": "{{token.refresh}}" }, or into a header
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "scope":{"as":"array","separator":","}}}
            """#,
            #"""
            error: a separator joins texts, but 'as' is "array"
             --> providers/acme.json:3:37
              |
            3 |   "scope":{"as":"array","separator":","}}}
              |                                     ^^^
               = help: remove one of the two
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "clientAuth":{"method":"basic"}}}
            """#,
            #"""
            error: the client authenticates, but there is no id
             --> providers/acme.json:3:16
              |
            3 |   "clientAuth":{"method":"basic"}}}
              |                ^^^^^^^^^^^^^^^^^^
               = help: declare the secrets clientId and clientSecret, or set 'id' and 'secret' here
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "clientAuth":{"method":"private_key_jwt"}}}
            """#,
            #"""
            error: an auth needs the member 'assertion'
             --> providers/acme.json:2:9
              |
            2 |  "auth":{"type":"token","request":{"url":"https://a.test/t"},
              |         ^ 'assertion' is missing
               = help: "assertion": { "alg": "RS256" }
            error: the client authenticates, but there is no id
             --> providers/acme.json:3:16
              |
            3 |   "clientAuth":{"method":"private_key_jwt"}}}
              |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: declare the secret clientId, or set 'id' here
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"url":"https://a.test/t","method":"P OST"}}}
            """#,
            #"""
            error: 'P OST' is not an HTTP method
             --> providers/acme.json:3:48
              |
            3 |   "request":{"url":"https://a.test/t","method":"P OST"}}}
              |                                                ^^^^^^^
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"url":"https://a.test/t","format":"form","body":[1]}}}
            """#,
            #"""
            error: 'body' must be an object, for the format "form"
             --> providers/acme.json:3:62
              |
            3 |   "request":{"url":"https://a.test/t","format":"form","body":[1]}}}
              |                                                              ^^^ this is a list
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"url":"https://a.test/t","format":"xml"}}}
            """#,
            #"""
            error: a token-request needs the member 'body'
             --> providers/acme.json:3:13
              |
            3 |   "request":{"url":"https://a.test/t","format":"xml"}}}
              |             ^ 'body' is missing
               = help: "body": "<Login><user>{{secret.user}}</user>…</Login>"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"url":"https://a.test/t","body":{"u":"{{secret.user}}"}}}}
            """#,
            #"""
            error: 'secret.user' is not defined in this provider
             --> providers/acme.json:3:54
              |
            3 |   "request":{"url":"https://a.test/t","body":{"u":"{{secret.user}}"}}}}
              |                                                      ^^^^^^^^^^^
               = help: declare "user": {} under 'secrets'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "grant":"password","request":{"url":"https://a.test/t"}}}
            """#,
            #"""
            error: the grant "password" sends the secret 'username'
             --> providers/acme.json:3:39
              |
            3 |   "grant":"password","request":{"url":"https://a.test/t"}}}
              |                                       ^^^^^^^^^^^^^^^^^^
               = help: declare it under 'secrets', or write the body yourself
            error: the grant "password" sends the secret 'password'
             --> providers/acme.json:3:39
              |
            3 |   "grant":"password","request":{"url":"https://a.test/t"}}}
              |                                       ^^^^^^^^^^^^^^^^^^
               = help: declare it under 'secrets', or write the body yourself
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "params":{"a":"b"},"request":{"url":"https://a.test/t","body":["x"]}}}
            """#,
            #"""
            error: the members of the grant, 'scope' and 'params' have no place in this body
             --> providers/acme.json:3:65
              |
            3 |   "params":{"a":"b"},"request":{"url":"https://a.test/t","body":["x"]}}}
              |                                                                 ^^^^^
               = help: make the body an object, or use the grant "login" without 'scope' and 'params'
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token",
              "request":{"url":"https://{{token.value}}.a.test/t"}}}
            """#,
            #"""
            error: 'token.value' is not known here
             --> providers/acme.json:3:31
              |
            3 |   "request":{"url":"https://{{token.value}}.a.test/t"}}}
              |                               ^^^^^^^^^^^
               = help: this provider declares no vars
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"{{captured.url}}",
             "auth":{"type":"token",
              "request":{"url":"https://a.test/t"},
              "response":{"capture":{"url":"/url"}}}}
            """#,
            #"""
            error: nothing says where the credential may go
             --> providers/acme.json:1:21
              |
            1 | {"id":"x","baseURL":"{{captured.url}}",
              |                     ^^^^^^^^^^^^^^^^^^
               = help: the token answer names the base URL; add "hosts": ["*.example.com"]
            error: 'captured.url' is not known here
             --> providers/acme.json:1:24
              |
            1 | {"id":"x","baseURL":"{{captured.url}}",
              |                        ^^^^^^^^^^^^
               = help: what stands in reports can only use captures with "secret": false
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"promises":[{"id":"A","says":"s","source":"p","level":"documented"}]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: a promise has either 'on' or 'probe'
             --> providers/acme.json:1:41
              |
            1 | {"id":"x","contract":{"promises":[{"id":"A","says":"s","source":"p","level":"documented"}]},
              |                                         ^^^
               = help: "on": "token", "refresh" or "collection"; "probe": the broken credential that shows it
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"promises":[{"id":"A","says":"s","source":"p",
              "level":"sure","probe":"no-credential"}]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'level' must be "documented", "implied" or "ambiguous"
             --> providers/acme.json:2:11
              |
            2 |   "level":"sure","probe":"no-credential"}]},
              |           ^^^^^^ allowed: documented, implied, ambiguous
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"promises":[{"id":"A","says":"s","source":"p","level":"implied",
              "on":"collection","expect":{"status":200}}]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'expect' has no answer to look at: the promise is tested by a collection
             --> providers/acme.json:2:21
              |
            2 |   "on":"collection","expect":{"status":200}}]},
              |                     ^^^^^^^^
               = help: the request that covers A has its own 'expect'
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"promises":[{"id":"A","says":"s","source":"p","level":"implied",
              "on":"token","expect":{"json":{"$.a":{"above":"{{b}}"}}}}]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'b' is not defined in this promise
             --> providers/acme.json:2:52
              |
            2 |   "on":"token","expect":{"json":{"$.a":{"above":"{{b}}"}}}}]},
              |                                                    ^
               = help: capture it: "capture": { "b": { "json": "$.…" } }
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"denials":{"no-credentials":401}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: unknown member 'no-credentials' in a denial-table
             --> providers/acme.json:1:34
              |
            1 | {"id":"x","contract":{"denials":{"no-credentials":401}},
              |                                  ^^^^^^^^^^^^^^^^
               = help: did you mean 'no-credential'?
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"denials":{"no-credential":"4x"}},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: "4x" is not a status
             --> providers/acme.json:1:50
              |
            1 | {"id":"x","contract":{"denials":{"no-credential":"4x"}},
              |                                                  ^^^^
               = help: a status is a number from 100 to 999, a class such as "2xx", a list of these or { "not": … }
            """#
        ),
        (
            #"""
            {"id":"x","contract":{"waive":[{"rule":"TOK-17","because":"b","until":"next year"}]},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'until' must be a day such as "2027-01-31"
             --> providers/acme.json:1:71
              |
            1 | {"id":"x","contract":{"waive":[{"rule":"TOK-17","because":"b","until":"next year"}]},
              |                                                                       ^^^^^^^^^^^ this is a text
            """#
        ),
        (
            #"""
            {"id":"x","cache":{"store":"disk"},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'store' must be "memory", "user" or "none"
             --> providers/acme.json:1:28
              |
            1 | {"id":"x","cache":{"store":"disk"},
              |                            ^^^^^^ allowed: memory, user, none
            """#
        ),
        (
            #"""
            {"id":"x","cache":{"skew":"soon"},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'skew' must be a duration such as "250ms", "10s", "5m" or "1h"
             --> providers/acme.json:1:27
              |
            1 | {"id":"x","cache":{"skew":"soon"},
              |                           ^^^^^^ this is a text
            """#
        ),
        (
            #"""
            {"id":"x","cache":{"maxPerRun":0},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: 'maxPerRun' must be a whole number of 1 or more
             --> providers/acme.json:1:32
              |
            1 | {"id":"x","cache":{"maxPerRun":0},
              |                                ^ this is a number
            """#
        ),
        (
            #"""
            {"id":"x","verify":{"request":"/v1/me"},
             "auth":{"type":"none"}}
            """#,
            #"""
            error: '/v1/me' is not a method and a URL
             --> providers/acme.json:1:31
              |
            1 | {"id":"x","verify":{"request":"/v1/me"},
              |                               ^^^^^^^^
               = help: write "GET /v1/me"
            """#
        ),
        (
            #"""
            {"id":"x","baseURL":"https://a.test",
             "auth":{"type":"token","request":{"url":"https://a.test/t"},
              "refresh":{"mode":"exchange","rotation":"always"}}}
            """#,
            #"""
            error: the renewal does not say where the token goes
             --> providers/acme.json:3:13
              |
            3 |   "refresh":{"mode":"exchange","rotation":"always"}}}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               = help: add "request": { "body": { "token": "{{token.value}}" } }, or a header with it
            error: 'rotation' has no meaning with the mode "exchange"
             --> providers/acme.json:3:32
              |
            3 |   "refresh":{"mode":"exchange","rotation":"always"}}}
              |                                ^^^^^^^^^^
               = help: no refresh token is used: the token itself is sent
            """#
        ),
    ]
}
