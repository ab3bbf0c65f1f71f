package import HTTP
import JSON

/// Why a credential brought no token, in one word and one piece of advice.
package struct CredentialDiagnosis: Sendable, Hashable {
    package enum Reason: String, Sendable, CaseIterable {
        case secretNotBound = "secret-not-bound"
        case wrongSecret = "wrong-secret"
        case unknownClient = "unknown-client"
        case expiredCredential = "expired-credential"
        case scopeRefused = "scope-refused"
        /// The request as a whole: it may be the secret, or how the provider asks.
        case notAccepted = "not-accepted"
        /// The token came, and the API refused it.
        case verifyFailed = "verify-failed"
        /// The token came, and the service that issued it says that it is not good (RFC 7662).
        case inactive
        case network, tls, throttled, clock
        /// The token service itself fails.
        case service = "service-error"
        case badAnswer = "bad-answer"
        case configuration
        /// A person has to agree, and did not.
        case signIn = "sign-in"
        case interrupted

        /// The credential is at fault, not the way to the service: a failure rather than no verdict.
        package var isFault: Bool {
            switch self {
            case .wrongSecret, .notAccepted, .unknownClient, .expiredCredential, .scopeRefused, .verifyFailed,
                .inactive:
                true
            default: false
            }
        }
    }

    package let reason: Reason
    /// What to do.
    package let advice: String

    package init(_ reason: Reason, _ advice: String) {
        self.reason = reason
        self.advice = advice
    }

    /// - Parameters:
    ///   - transport: the failure behind a `.transport`, where it is known.
    ///   - response: the token service's answer.
    ///   - offset: the service's clock less ours, milliseconds.
    package init(
        _ error: CredentialError, transport: TransportError? = nil, response: HTTPResponse? = nil, offset: Int64? = nil
    ) {
        switch error.kind {
        case .transport: self = Self.of(transport?.kind)
        case .rateLimited:
            self.init(.throttled, "the credential may be good: wait, and ask for fewer tokens (the cache keeps them)")
        case .refused:
            self = Self.ofRefusal(Words(response), status: error.status ?? 0, offset: offset)
        case .expired:
            self.init(.clock, "the service's clock or this machine's is wrong: compare them with the time of day")
        case .badAnswer:
            self.init(.badAnswer, "the URL may be wrong, or the provider's 'response' does not fit the answer")
        case .redirect, .hostNotAllowed, .profile, .limit:
            self.init(.configuration, "the provider or the identity is not set up for this service")
        case .person: self.init(.signIn, "run 'usher token \(error.identity)' in a terminal, and agree in the browser")
        case .busy: self.init(.interrupted, "another process is getting this token")
        case .cancelled: self.init(.interrupted, "it was not finished")
        }
    }

    private static func of(_ kind: TransportError.Kind?) -> CredentialDiagnosis {
        switch kind {
        case .tls:
            CredentialDiagnosis(
                .tls, "nothing was sent to it: another server may be answering, or its authority is not known here")
        case .invalidRequest, .hostNotAllowed:
            CredentialDiagnosis(.configuration, "check the provider's URLs and hosts")
        default: CredentialDiagnosis(.network, "check the host's name, the network and --proxy")
        }
    }

    private static func ofRefusal(_ words: Words, status: Int, offset: Int64?) -> CredentialDiagnosis {
        if status >= 500 { return CredentialDiagnosis(.service, "it is not the credential; try again later") }
        if words.say("expired"), words.say("secret", "credential", "password", "key", "certificate", "client") {
            return CredentialDiagnosis(
                .expiredCredential, "it has an end of its own; have a new one issued and bind that")
        }
        if words.say("invalid_scope", "scope") {
            return CredentialDiagnosis(.scopeRefused, "the account may not have one of the scopes asked for")
        }
        let isNowhere = [404, 405, 410].contains(status)
        // A page that does not exist is no client that does not.
        if words.say("unauthorized_client", "unknown client", "client not found", "unknown user")
            || !isNowhere && words.say("no such", "not exist")
        {
            return CredentialDiagnosis(.unknownClient, "the id is not known there: is it for this environment?")
        }
        if isNowhere {
            return CredentialDiagnosis(
                .configuration, "no token is issued at this URL: compare its path with the vendor's page")
        }
        if words.say("clock", "iat", "nbf") || (abs(offset ?? 0) > 300_000) {
            return CredentialDiagnosis(.clock, "the clocks differ too much for signed requests")
        }
        if words.say("assertion", "claim", "jwt", "signature") {
            return CredentialDiagnosis(
                .notAccepted,
                "what is signed was refused: compare its key and its claims (iss, sub, aud, exp) with the vendor's page"
            )
        }
        if words.say("audience", "content-type", "content type", "media type")
            || !words.nameCredential(status)
        {
            return CredentialDiagnosis(
                .notAccepted,
                "compare what is sent with the vendor's page ('usher explain' shows it); the secret is one "
                    + "possibility")
        }
        return CredentialDiagnosis(.wrongSecret, "id or secret is wrong, or was withdrawn")
    }

    /// The texts of an error answer, in lower case; only looked at, never shown.
    private struct Words {
        private let texts: [String]

        init(_ response: HTTPResponse?) {
            guard let response else {
                texts = []
                return
            }
            guard let root = (try? JSONDocument.parse(response.body))?.root else {
                texts = [String(decoding: response.body.prefix(4096), as: UTF8.self).lowercased()]
                return
            }
            let inner = root.members.flatMap { member in member.value.members.map(\.value) + [member.value] }
            texts = inner.compactMap(\.string).map { $0.lowercased() }
        }

        /// Whether the answer is about who asks, not about how.
        func nameCredential(_ status: Int) -> Bool {
            status == 401 || status == 403
                || say("invalid_client", "invalid_grant", "secret", "password", "credential", "user", "login", "key")
        }

        func say(_ words: String...) -> Bool {
            texts.contains { text in words.contains { text.contains($0) } }
        }
    }
}
