extension Defect {
    /// Rules and promises that no fault of the sandbox breaks, and why; completes "not broken in the sandbox: …".
    package static let without: [String: String] = [
        "TOK-33": "trying it takes many failed logins, so no run does; `lockAfter` is there for tests",
        "TOK-36": "the vendors publish no metadata",
        "REF-06": "Zarv's renewal has no client authentication to bind a token to",
        "REF-14": "it records what a server does and is neither kept nor broken",
        "RES-27": "no vendor has a revocation endpoint",
        "RES-29": "it takes a genuine token of a second issuer, which goes to no other vendor's host",
        "RES-31": "no vendor issues ID tokens",
        "RES-36": "no vendor binds tokens to a key or certificate",
        "JWT-08": "Zarv signs with a secret key, so there is no key set",
        "JWT-11": "Zarv signs with a secret key, so there is no public one to confuse it with",
        "CL-08": "it is about a file on the user's side",
    ]
}
