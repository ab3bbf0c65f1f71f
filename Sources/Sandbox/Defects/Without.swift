extension Defect {
    /// Rules and promises that no fault of the sandbox breaks, and why; completes "not broken in the sandbox: …".
    package static let without: [String: String] = [
        "TOK-33": "trying it takes many failed logins, so no run does; `lockAfter` is there for tests",
        "TOK-36": "the vendors publish no metadata",
        "REF-06": "Zarv's renewal has no client authentication to bind a token to",
        "REF-07": "Zarv documents that renewal needs the refresh token alone",
        "REF-09": "Zarv documents that a refresh token can be used several times",
        "REF-10": "Zarv documents that a refresh token can be used several times",
        "REF-14": "it records what a server does and is neither kept nor broken",
        "RES-27": "no vendor has a revocation endpoint",
        "RES-29": "it takes a genuine token of a second issuer, which goes to no other vendor's host",
        "RES-31": "no vendor issues ID tokens",
        "RES-36": "no vendor binds tokens to a key or certificate",
        "JWT-01": "Zarv documents the header, whose typ is JWT: the rule is broken as it is",
        "JWT-08": "Zarv signs with a secret key, so there is no key set",
        "JWT-11": "Zarv signs with a secret key, so there is no public one to confuse it with",
        "JWT-18": "Zarv documents HS256: the rule is broken as it is",
        "KEY-01": "no vendor has API keys",
        "KEY-02": "no vendor has API keys",
        "CL-08": "it is about a file on the user's side",
    ]
}
