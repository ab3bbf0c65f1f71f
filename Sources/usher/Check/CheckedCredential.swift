import Diagnostics
import HTTP
import Tokens

/// What `usher check` found out about one identity.
struct CheckedCredential: Sendable {
    enum Status: String, Sendable {
        case passed, failed
        /// Nothing is known about the credential.
        case noVerdict = "no-verdict"
    }

    /// Why it is not good.
    struct Problem: Sendable {
        let reason: CredentialDiagnosis.Reason
        let message: String
        let advice: String
        /// What does not fit: in the provider's file, or in the environment's.
        var place: Span?
    }

    /// The `verify` call.
    struct Verified: Sendable {
        let call: String
        let status: Int?
        let duration: Duration
    }

    let identity: String
    let provider: String
    let span: Span
    var problem: Problem?
    var token: TokenInfo?
    var claims: TokenClaims?
    /// What the service that issued the token says about it.
    var introspection: Introspection?
    var scopeAsked: [String] = []
    /// Milliseconds: the service's clock less ours.
    var clockOffset: Int64?
    var verified: Verified?
    /// Whether its calls are signed.
    var isSigned = false
    /// What is good today and will not be for long, and what looks odd.
    var warnings: [String] = []
    var tokenRequests = 0
    var duration = Duration.zero

    /// Whether a server was asked: without a `verify` call a key is only what stands in its file.
    var isTried: Bool { tokenRequests > 0 || verified != nil || introspection != nil }

    init(identity: String, provider: String, span: Span) {
        self.identity = identity
        self.provider = provider
        self.span = span
    }

    var status: Status {
        guard let problem else { return .passed }
        return problem.reason.isFault ? .failed : .noVerdict
    }

    /// Asked for and not granted; empty where the answer does not say.
    var scopesMissing: [String] {
        guard let granted = scopeGranted else { return [] }
        return scopeAsked.filter { !granted.contains($0) }
    }

    var scopeGranted: [String]? { token?.grantedScope ?? introspection?.scope ?? claims?.scopes }
}

extension TokenClaims {
    /// `scope` (RFC 9068) or `scp`; nil without them.
    fileprivate var scopes: [String]? {
        claims.first { $0.name == "scope" || $0.name == "scp" }.map { claim in
            claim.shown.split { $0 == " " || $0 == "," }.map(String.init)
        }
    }
}
