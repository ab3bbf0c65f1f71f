extension WrongProfiles {
    static let tls: [(file: String, shown: String)] = [
        (
            #"""
            {"id":"x","auth":{"type":"none"},
             "tls":{"ca":"ca.pem"}}
            """#,
            #"""
            error: 'ca' holds no certificate
             --> providers/acme.json:2:14
              |
            2 |  "tls":{"ca":"ca.pem"}}
              |              ^^^^^^^^
               = help: write the PEM text itself (-----BEGIN CERTIFICATE-----), or declare a secret and write {{secret.ca}}: an environment binds it to a file, a provider names none
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"none"},
             "tls":{"minVersion":"1.1"}}
            """#,
            #"""
            error: 'minVersion' must be "1.2" or "1.3"
             --> providers/acme.json:2:22
              |
            2 |  "tls":{"minVersion":"1.1"}}
              |                      ^^^^^ allowed: 1.2, 1.3
               = help: did you mean "1.2"?
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"none"},"secrets":{"c":{}},
             "tls":{"clientCert":"{{secret.c}}","clientKey":"client.key"}}
            """#,
            #"""
            error: a provider holds no key and names no file of one
             --> providers/acme.json:2:49
              |
            2 |  "tls":{"clientCert":"{{secret.c}}","clientKey":•••}}
              |                                                 ^^^
               = help: declare it under 'secrets' and write {{secret.clientKey}}; an environment binds it
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"none"},"secrets":{"k":{"sensitive":false}},
             "tls":{"clientKey":"{{secret.k}}"}}
            """#,
            #"""
            error: 'clientKey' is of no use without 'clientCert'
             --> providers/acme.json:2:9
              |
            2 |  "tls":{"clientKey":"{{secret.k}}"}}
              |         ^^^^^^^^^^^
            error: 'clientKey' cannot be the secret 'k', which is shown in reports
             --> providers/acme.json:2:21
              |
            2 |  "tls":{"clientKey":"{{secret.k}}"}}
              |                     ^^^^^^^^^^^^^^
               = help: remove "sensitive": false from it
            """#
        ),
        (
            #"""
            {"id":"x","auth":{"type":"none"},
             "tls":{"clientCert":"{{secret.cert}}","insecure":true}}
            """#,
            #"""
            error: 'secret.cert' is not defined in this provider
             --> providers/acme.json:2:25
              |
            2 |  "tls":{"clientCert":"{{secret.cert}}","insecure":true}}
              |                         ^^^^^^^^^^^
               = help: declare "cert": {} under 'secrets'
            error: unknown member 'insecure' in a tls
             --> providers/acme.json:2:40
              |
            2 |  "tls":{"clientCert":"{{secret.cert}}","insecure":true}}
              |                                        ^^^^^^^^^^
               = help: a tls has: ca, clientCert, clientKey, minVersion
            """#
        ),
    ]
}
