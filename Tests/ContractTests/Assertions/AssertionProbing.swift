import Contract

/// Token batteries against an `AssertionService`.
enum AssertionProbing {
    /// The assertion stands for the client.
    static var client: EndpointProbing {
        EndpointProbing(auth: #""clientAuth": { "method": "client_secret_jwt" }"#, secret: AssertionService.key)
    }

    /// The assertion is the grant.
    static var grant: EndpointProbing {
        EndpointProbing(
            auth: #"""
                "clientAuth": { "method": "none" }, "assertion": { "alg": "HS256", "key": "{{secret.clientSecret}}",
                  "claims": { "iss": "acme", "sub": "acme" } }
                """#,
            grant: "jwt_bearer", secret: AssertionService.key)
    }

    /// Assertions that a probe sends again on purpose.
    static func repeated(_ evidence: TokenEvidence) -> Int { evidence.exchanges["AST-08"] == nil ? 0 : 1 }
}
