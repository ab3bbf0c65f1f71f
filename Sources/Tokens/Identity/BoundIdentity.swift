package import Diagnostics
package import HTTP
package import Providers
package import Secrets
import Templates

/// An identity of an environment with everything it needs to get a credential: made by `IdentityBinder`.
package struct BoundIdentity: Sendable {
    package let name: String
    package let provider: Provider
    package let variant: String?
    /// Resolved: defaults, variant, `from`, the identity's own.
    package let vars: [String: String]
    package let secrets: [String: Secret]
    /// What is asked for: the identity's own or the provider's.
    package let scope: [String]
    /// The environment says so.
    let hasOwnScope: Bool
    package let guardedHosts: HostGuard
    /// nil where the provider has none, or where it needs a value of the token answer (then `Credential.baseURL` has it).
    package let baseURL: String?
    /// The identity in its environment file.
    package let span: Span
    /// Where that file gives its values.
    let given: GivenPlaces
    package let poolKey: PoolKey
    /// Names the cache entry: equal only where every part of the credential is; holds a digest of the secrets.
    package let key: String
    /// nil where nothing is fetched.
    package let rules: TokenRules?
    /// `rules.request.url`, or the variant's.
    let tokenURL: URLTemplate?
    /// Where the token URL is discovered.
    let issuer: Template?
    let refreshURL: URLTemplate?
    package let clientAuth: ClientAuthRules
    /// The key for DPoP; nil where the provider wants none.
    package let proof: ProofKey?
    let baseURLTemplate: URLTemplate?
    /// Vars bare and `secret.X`.
    let layer: Scope.Layer

    package var hosts: HostList { guardedHosts.hosts }

    /// Whether its token may be kept for other processes: one that is bound to a key of this run is of no use to them.
    package var mayShareToken: Bool { !(proof?.isEphemeral ?? false) }

    /// Whether a person has to agree before there is a token.
    package var needsPerson: Bool { rules?.grant.isInteractive ?? false }

    /// The host that issues its token; nil where nothing is fetched.
    package var tokenHost: String? {
        let scope = Scope([layer], functions: FunctionTable.standard())
        guard let text = try? (tokenURL?.text(scope) ?? issuer?.text(scope))?.text else { return nil }
        return (try? HTTPURL(parsing: text))?.host
    }

    /// The host of its API; nil where that is known only with the token.
    package var apiHost: String? { baseURL.flatMap { try? HTTPURL(parsing: $0) }?.host }

    /// Dates or random values stand in what goes into each call.
    let isVolatile: Bool
    /// The values of `cache.keyExtra`; may be secret.
    package let keyExtra: [String]
    /// When what its secrets came from ends, in milliseconds since 1970; nil: never in this run.
    package let endsAt: Int64?
    /// Earlier by a margin, as with tokens: from then on its sources are read again.
    package let goodUntil: Int64?

    /// Header fields that the credential sets, in lower case: a request must not set them itself.
    package let credentialHeaders: Set<String>
}
