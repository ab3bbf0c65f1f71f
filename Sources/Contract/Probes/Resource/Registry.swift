extension ResourceProbe {
    /// Every probe there is, the cheapest first (auth-probes.md §4.1, rule 9): without credential, malformed, tampered.
    package static let all: [ResourceProbe] = [
        noCredential,
        emptyToken, schemeAlone, emptyValue, invalidCredential, otherScheme, bareCredential, partialCredential,
        truncatedCredential, alteredCredential, brokenSignature, alteredSignature, removedSignature, algorithmNone,
        tamperedClaims, expiredCredential, refreshToken, credentialInQuery,
    ]
}
