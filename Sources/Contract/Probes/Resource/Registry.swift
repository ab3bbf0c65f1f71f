extension ResourceProbe {
    /// Every probe there is, the cheapest first (auth-probes.md §4.1, rule 9). N-36 (a line break in a value) is never
    /// sent: the transport refuses it. N-50 is part of N-51. N-21, N-22, N-24 and N-37 to N-41 need other tokens.
    package static let all: [ResourceProbe] = withoutCredential + malformed + odd + tampered + attacks

    private static let withoutCredential: [ResourceProbe] = [
        noCredential, ownDescription, otherMethods, trace, unknownID, badBody, plainHTTP, pathVariants,
    ]
    private static let malformed: [ResourceProbe] = [
        emptyToken, schemeAlone, emptyValue, invalidCredential, nonASCII, longCredential,
    ]
    /// The right credential, sent in an unusual way.
    private static let odd: [ResourceProbe] = [
        absentObject, schemeCase, severalBlanks, oddBlanks, otherScheme, bareCredential, partialCredential, twoPlaces,
        twoHeaders,
        joinedCredentials, credentialInQuery, credentialInForm, proofDropped, certificateDropped,
        noProof, wrongProof, twoProofs,
        // After calls that a cache may have kept.
        cachedAnswer,
    ]
    private static let tampered: [ResourceProbe] = [
        truncatedCredential, alteredCredential, brokenSignature, alteredSignature, removedSignature, algorithmNone,
        tamperedClaims, keyConfusion, ownKey, weakKey, criticalHeader, wrongKey, expiredCredential, refreshToken,
        otherIssuer,
    ]
    private static let attacks: [ResourceProbe] = [linkedKey, keyIDInjection, methodOverride]
}
