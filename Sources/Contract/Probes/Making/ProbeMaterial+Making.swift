import HTTP
import Secrets
import Tokens

extension ProbeMaterial {
    /// What the credential places into a request of this method.
    var placements: [Credential.Placed] { credential.placements.filter { $0.belongs(in: request) } }

    /// The placements that carry a secret, taken apart; where none is known to, all of them.
    var parts: [CredentialPart] {
        let secrets = knownSecrets
        let all = placements.enumerated().map { CredentialPart($1, at: $0, secrets: secrets) }
        let secret = all.filter { part in
            part.isBasic || secrets.contains { part.placed.value.reveal().contains($0) }
        }
        return secret.isEmpty ? all : secret
    }

    var hasCertificate: Bool { credential.poolKey.tls != nil }
    var hasCredential: Bool { !placements.isEmpty || credential.isSigned || hasCertificate }

    /// The token first, then the longest; a very short one would be found anywhere.
    private var knownSecrets: [String] {
        let token = credential.token.map { [$0.value.reveal()] } ?? []
        let others = identity.secrets.values.map { $0.reveal() }.sorted { ($1.count, $1) < ($0.count, $0) }
        return (token + others).filter { $0.utf8.count >= 4 }
    }

    // MARK: Requests

    /// The request with those placements.
    func derived(
        _ sent: String, _ placements: [Credential.Placed], isSigned: Bool = true, keepsCertificate: Bool = true,
        _ change: (inout HTTPRequest) -> Void = { _ in }
    ) throws(CredentialError) -> DerivedRequest {
        var request = request
        change(&request)
        try credential.with(placements, isSigned: isSigned).apply(to: &request)
        return DerivedRequest(sent: sent, request: request, keepsCertificate: keepsCertificate)
    }

    /// The request without anything of the credential, the client certificate included.
    func bare(
        _ sent: String, _ change: (inout HTTPRequest) -> Void = { _ in }
    ) throws(CredentialError) -> DerivedRequest {
        try derived(sent, [], isSigned: false, keepsCertificate: false, change)
    }

    /// The request with other values in the parts of the credential; nil leaves one as it is.
    func changing(_ sent: String, _ value: (CredentialPart) -> String?) throws(CredentialError) -> DerivedRequest {
        var placements = placements
        for part in parts {
            if let value = value(part) { placements[part.index] = part.placed.with(value) }
        }
        return try derived(sent, placements)
    }

    /// The derivations, or why the credential cannot be put into them.
    func attempt(_ body: () throws(CredentialError) -> [DerivedRequest]) -> Derivation {
        do throws(CredentialError) {
            return .requests(try body())
        } catch {
            return .impossible(error.message)
        }
    }
}

extension ProbeMaterial {
    /// For probes of the scheme word.
    func withScheme(
        _ body: ([CredentialPart]) throws(CredentialError) -> [DerivedRequest]
    ) -> Derivation {
        let parts = parts.filter { $0.scheme != nil }
        if parts.isEmpty { return .impossible("no scheme word stands before the credential") }
        return attempt { () throws(CredentialError) in try body(parts) }
    }

    /// For probes of a token that is a JWT.
    func withJWT(_ body: (CredentialPart, CompactJWT) -> Derivation) -> Derivation {
        guard let (part, jwt) = parts.firstNonNil({ part in part.jwt.map { (part, $0) } }) else {
            return .impossible(parts.isEmpty ? "the credential is no token" : "the token is no JWT")
        }
        return body(part, jwt)
    }

    /// The request once with each of these tokens in place of the credential's.
    func forged(_ part: CredentialPart, _ tokens: [(sent: String, token: String)]) -> Derivation {
        attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for (sent, token) in tokens {
                requests.append(try changing(sent) { $0.core == part.core ? $0.value(core: token) : nil })
            }
            return requests
        }
    }
}

extension Credential.Placed {
    /// The same place with another value.
    func with(_ value: String) -> Credential.Placed {
        Credential.Placed(place, name, Secret(value, label: self.value.label), methods: methods)
    }
}

extension ProbeMaterial {
    /// The request with another token in place of its own.
    func replacingToken(by token: Secret, _ sent: String) -> Derivation {
        let own = credential.token?.value.reveal()
        guard let part = parts.first(where: { $0.core == own }) ?? parts.first, !part.isBasic else {
            return .impossible("no token stands in the request")
        }
        return forged(part, [(sent, token.reveal())])
    }

    /// The parts of the credential as parameters of the URL: a bearer token under the name of RFC 6750 §2.3, anything
    /// else under its own.
    func inQuery(_ body: ([CredentialPart]) -> Derivation) -> Derivation {
        let parts = parts
        if parts.isEmpty { return .impossible("the credential is a signature") }
        if parts.contains(where: \.isBasic) { return .impossible("a user name and password have no place in a URL") }
        let movable = parts.filter { $0.placed.place != .query && $0.placed.place != .path }
        guard !movable.isEmpty else { return .impossible("the credential stands in the URL anyway") }
        return body(
            movable.map { part in
                let name = part.scheme == nil ? part.placed.name : "access_token"
                let placed = Credential.Placed(.query, name, Secret(part.core, label: part.placed.value.label))
                return CredentialPart(placed, at: part.index, secrets: [])
            })
    }
}

extension Derivation {
    /// No requests are no derivation.
    func orImpossible(_ reason: String) -> Derivation {
        if case .requests(let requests) = self, requests.isEmpty { .impossible(reason) } else { self }
    }
}
