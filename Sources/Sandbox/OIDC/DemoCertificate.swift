/// The client certificate of a client that has no secret (RFC 8705 §2.1).
package enum DemoCertificate {
    /// Who issues certificates to clients of the sandbox; his key is gone.
    package static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIB6DCCAY6gAwIBAgIUA5cWiDg44vDSmmf1yBXd/rgS60UwCgYIKoZIzj0EAwIw
        PzE9MDsGA1UEAww0VXNoZXIgc2FuZGJveCBjbGllbnRzIChwdWJsaWMsIG5vdCB0
        cnVzdGVkIGFueXdoZXJlKTAgFw0yNjExMjUxMTI5MjZaGA8yMTI2MTEwMTExMjky
        NlowPzE9MDsGA1UEAww0VXNoZXIgc2FuZGJveCBjbGllbnRzIChwdWJsaWMsIG5v
        dCB0cnVzdGVkIGFueXdoZXJlKTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFpr
        S+88wjSZViz5O/vv4HAi9Ulbu7iJ5QxUnXZzV8vdI+1h034PyS3AcoM4cUCoWOQM
        ywUwUILEDfhnC8IJx4mjZjBkMB0GA1UdDgQWBBTJ5v+XK0ndTodylACgaW7Uv+uj
        9jAfBgNVHSMEGDAWgBTJ5v+XK0ndTodylACgaW7Uv+uj9jASBgNVHRMBAf8ECDAG
        AQH/AgEAMA4GA1UdDwEB/wQEAwICBDAKBggqhkjOPQQDAgNIADBFAiBYqm04QR6e
        1AjVM8oj0pvyZLvYW1CBd71HcljHC+kwtAIhAN7Xj7JgRdoD2btlvB3j0jCXyF/1
        /NorB/R/+kSUeqIp
        -----END CERTIFICATE-----
        """

    /// Public on purpose, like the secrets of the other clients.
    package static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIB2TCCAX+gAwIBAgIUe5X9NJC4fmbBrbPgidLbco/9imowCgYIKoZIzj0EAwIw
        PzE9MDsGA1UEAww0VXNoZXIgc2FuZGJveCBjbGllbnRzIChwdWJsaWMsIG5vdCB0
        cnVzdGVkIGFueXdoZXJlKTAgFw0yNjExMjUxMTI5MjZaGA8yMTI2MTEwMTExMjky
        NlowITEfMB0GA1UEAwwWZGVtby1vaWRjLWNsaWVudC12YXVsdDBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABOLiKI2FmxnInNWB/1vB/KN1CVCPNFrmfftZsPFjUbF8
        TCUmirUoPlr2UvjLMpP0JqYfEZXuIppYRqbz1wR8xMKjdTBzMAwGA1UdEwEB/wQC
        MAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQW
        BBRZ1J9t8GuuaH+sO9eEPYQuMzabfjAfBgNVHSMEGDAWgBTJ5v+XK0ndTodylACg
        aW7Uv+uj9jAKBggqhkjOPQQDAgNIADBFAiEA+2cVa+TCRIZbPCcCK8dgLLvKSrCm
        tHVjOFP8BkYqzOQCIAVRBEhJoXZEb+1hrhIbqa5CYwM/yHEM5mNrztkhbTpj
        -----END CERTIFICATE-----
        """

    package static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtMVanL5kgkdfhf5h
        i3WO6PtFadq4wfMiy9fcJpWpu1ahRANCAATi4iiNhZsZyJzVgf9bwfyjdQlQjzRa
        5n37WbDxY1GxfEwlJoq1KD5a9lL4yzKT9CamHxGV7iKaWEam89cEfMTC
        -----END PRIVATE KEY-----
        """

    /// SHA-256 of the certificate in DER (RFC 8705 §3.1).
    static let thumbprint = "B4cT-GEzsB15LNF8H5JI9xa51bxmFDaS-v0_gCLj2A0"
}
