package import HTTP
package import Providers
package import Secrets
package import Tokens

/// A way in that must be shut, or (N-29) open: derives requests from one that works (auth-probes.md §4.2).
///
/// One file per probe, `extension ResourceProbe { static let … }`; all stand in `all`.
package struct ResourceProbe: Sendable {
    /// `N-07`
    package let id: String
    /// The word in `denies` that asks for it; nil: only rules do.
    package let name: ProbeName?
    /// 1: one read without credential or with garbage; 2: a valid token used oddly; 3: counts as a failed login; 4: changes
    /// something or needs a second identity; 5: an attack string.
    package let safetyClass: Int
    package let derive: @Sendable (ProbeMaterial) -> Derivation

    package init(
        _ id: String, _ name: ProbeName? = nil, class safetyClass: Int,
        derive: @escaping @Sendable (ProbeMaterial) -> Derivation
    ) {
        self.id = id
        self.name = name
        self.safetyClass = safetyClass
        self.derive = derive
    }
}

/// What a probe is made from.
package struct ProbeMaterial: Sendable {
    /// Every placeholder filled, no credential applied.
    package let request: HTTPRequest
    package let credential: Credential
    package let identity: BoundIdentity
    /// A token of the identity whose end has certainly passed; nil: none is known.
    package var expiredToken: Secret?
    /// nil: the identity has none.
    package var refreshToken: Secret?
    package var foreignToken = ForeignToken.missing("no token of another issuer is at hand")
    /// Of whoever signs the tokens, as texts (PEM, JWK); empty: none is known.
    package var publicKeys: [String] = []
    /// The last segment of the request's path that came from a placeholder, counted from 0; nil: none did.
    package var idSegment: Int?

    package init(request: HTTPRequest, credential: Credential, identity: BoundIdentity) {
        self.request = request
        self.credential = credential
        self.identity = identity
    }
}

package enum Derivation: Sendable {
    case requests([DerivedRequest])
    /// Completes "skipped: …": `the credential is no token`.
    case impossible(String)
}

/// A request ready to be sent, with what was done to it.
package struct DerivedRequest: Sendable {
    /// As `ProbeExchange.sent`.
    package let sent: String
    package internal(set) var request: HTTPRequest
    /// The client certificate is shown as in the ordinary request.
    package var keepsCertificate: Bool

    package init(sent: String, request: HTTPRequest, keepsCertificate: Bool = true) {
        self.sent = sent
        self.request = request
        self.keepsCertificate = keepsCertificate
    }
}
