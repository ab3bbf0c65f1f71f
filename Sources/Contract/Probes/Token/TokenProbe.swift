package import HTTP
package import Providers
package import Secrets
package import Tokens

/// A request that a token service must refuse, or bear: derived from one that works (auth-probes.md §4.3).
///
/// One file per probe, `extension TokenProbe { static let … }`; all stand in `all`, in the order they are sent.
package struct TokenProbe: Sendable {
    /// What it is derived from.
    package enum Basis: Sendable {
        case login
        /// The ordinary login itself, once more.
        case ordinary
        case refresh
        /// A revocation or introspection.
        case endpoint
    }

    /// Completes "skipped: …".
    package struct Impossible: Error, Sendable {
        package let reason: String

        package init(_ reason: String) { self.reason = reason }
    }

    /// `T-01`
    package let id: String
    package let basis: Basis
    /// As `ResourceProbe.safetyClass`; 3 also where the token service is loaded.
    package let safetyClass: Int
    /// Where the profile documents that a refresh token may be sent again.
    package let documentedClass: Int?
    /// It fails with the name of the real credential: services lock those out that do it often.
    package let isFailedLogin: Bool
    /// It may be refused under that name, though it guesses nothing: an ordinary login keeps such requests apart.
    package let isRefusal: Bool
    /// The service may give a token: it stays with the probe, and the redactor knows it.
    package let mayGrant: Bool
    /// It gives tokens back, so it gets some of its own first.
    package let spendsTokens: Bool
    /// Whether the API is called with those tokens before and after it.
    package let isWatched: Bool
    /// Sent until the service slows down, so nothing may follow it.
    package let isGuess: Bool
    package let derive: @Sendable (TokenProbeMaterial) throws(Impossible) -> [DerivedTokenRequest]

    package init(
        _ id: String, from basis: Basis = .login, class safetyClass: Int, documented: Int? = nil,
        isFailedLogin: Bool = false, isRefusal: Bool = false, mayGrant: Bool = false, spendsTokens: Bool = false,
        isWatched: Bool = false, isGuess: Bool = false,
        derive: @escaping @Sendable (TokenProbeMaterial) throws(Impossible) -> [DerivedTokenRequest]
    ) {
        self.id = id
        self.basis = basis
        self.safetyClass = safetyClass
        documentedClass = documented
        self.isFailedLogin = isFailedLogin
        self.isRefusal = isRefusal || isFailedLogin
        self.mayGrant = mayGrant
        self.spendsTokens = spendsTokens
        self.isWatched = isWatched
        self.isGuess = isGuess
        self.derive = derive
    }

    package func safetyClass(_ rules: TokenRules) -> Int {
        rules.refresh.documentsReuse && rules.refresh.reuse == .multiple ? documentedClass ?? safetyClass : safetyClass
    }

    /// In the order they are sent: made-up credentials first, which can lock nobody out; then the one failed login; what
    /// may end the session before what needs it only to fail; the ordinary login last, as the control. Only guesses come
    /// behind it, since a service that slows down slows everybody down.
    package static let all: [TokenProbe] = [
        getRequest, credentialInQuery, plainHTTP, noClient, unknownClient,
        introspectAnonymous, introspectByGet, revokeByGet, revokeAsStranger,
        wrongSecret, withoutCertificate,
        noGrantType, unknownGrantType, forbiddenGrant, invalidScope, repeatedParameter, emptyParameter,
        unknownParameter, twoAuthentications, wrongContentType, wrongResource, missingLoginField,
        badProof, proofWithoutNonce,
        secondRenewal, usedRefreshToken, accessTokenAsRefresh, alteredRefreshToken, widerScope, refreshWithoutClient,
        otherClientsRefresh, refreshByOtherKey, twoRefreshes,
        exchangeWithoutToken, exchangeWithHalfAnActor, exchangeForNobody, exchangeOfMadeUpToken,
        assertionLacking, assertionEnded, assertionForOthers, assertionOfOthers, assertionForEver, assertionForIssuer,
        assertionTwice, assertionUnsigned,
        introspect, introspectUnknown, introspectWithWrongHint, revokeUnknown, revokeNothing,
        revokeByOtherClient, revoke, revokeWithWrongHint, revokeWithUnknownHint, revokeRefreshToken,
        secondLogin, repeatedGuesses,
    ]
}

/// A token request ready to be sent.
package struct DerivedTokenRequest: Sendable {
    /// As `ProbeExchange.sent`.
    package let sent: String
    package let request: HTTPRequest
    /// The client certificate is shown as in the ordinary request.
    package var keepsCertificate = true
    /// What is wrong with the proof of the key that tokens are bound to; nil: nothing.
    package var fault: ProofFault?
    /// What was made of a secret: the redactor learns it before it is sent.
    package var made: [Secret] = []

    package init(sent: String, request: HTTPRequest, fault: ProofFault? = nil) {
        self.sent = sent
        self.request = request
        self.fault = fault
    }
}
