import HTTP
import JSON
import Providers
import Tokens

/// DIS-02 … DIS-17, 23 and TOK-36: what a service says of itself (RFC 8414, OpenID Connect Discovery).
enum MetadataChecks {
    static let all: [TokenRuleCheck] = [
        .untried(
            "DIS-01", "a description that is not where the standard puts it is not found, and then there is no token"),
        shape, rightIssuer, plainIssuer, required, keys, noEmptyList, clientMethod, assertionAlgorithms, grant, codes,
        addresses, statesIssuer, boundTokens,
        .untried("DIS-15", "where the description names such addresses, a client with a certificate uses them"),
        proofAlgorithms, devices,
        scopes, implicit,
    ]

    /// Judged on the description alone.
    private static func described(
        _ id: String, _ judge: @escaping @Sendable (TokenEvidence, ServerMetadata) -> RuleVerdict
    ) -> TokenRuleCheck {
        TokenRuleCheck(id) { evidence in
            guard let metadata = evidence.metadata else {
                return .notTestable("the provider finds its addresses without a description of the service")
            }
            return judge(evidence, metadata)
        }
    }

    // MARK: The document

    static let shape = described("DIS-02") { _, metadata in
        metadata.response.mediaType == "application/json"
            ? .kept
            : metadata.broken("Content-Type: application/json", metadata.response.mediaType ?? "no Content-Type")
    }

    /// Where the profile names the issuer, another one is no description at all: there is no token then.
    static let rightIssuer = described("DIS-03") { _, metadata in
        guard let issuer = metadata.members["issuer"]?.string else {
            return metadata.broken("an issuer", "a description without one")
        }
        let places = [
            "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server",
        ].compactMap { metadata.issuer(above: $0) }
        guard !places.isEmpty else { return .notTestable("the description's address is not a well-known one") }
        return places.contains(issuer) || issuer == metadata.wantedIssuer
            ? .kept
            : metadata.broken(
                "the issuer \(places[0]), from which this address was made",
                ForeignWord.shown(issuer, else: "another one"))
    }

    static let plainIssuer = described("DIS-04") { _, metadata in
        guard let issuer = metadata.members["issuer"]?.string, let url = try? HTTPURL(parsing: issuer) else {
            return metadata.broken("an issuer that is an https address", "none that is an address")
        }
        if url.query != nil || issuer.contains("#") {
            return metadata.broken("an issuer without '?' and '#'", url.query == nil ? "one with '#'" : "one with '?'")
        }
        return url.isProtected ? .kept : metadata.broken("an issuer with https", url.scheme)
    }

    static let required = described("DIS-05") { evidence, metadata in
        let offersBrowser =
            metadata.list("grant_types_supported").map { $0.contains("authorization_code") }
            ?? (evidence.rules.grant == .authorizationCode)
        let wanted = ["issuer", "token_endpoint"] + (offersBrowser ? ["authorization_endpoint"] : [])
        let missing = wanted.filter { metadata.members[$0]?.string == nil }
        return missing.isEmpty
            ? .kept
            : metadata.broken("the members \(wanted.joined(separator: ", "))", "no \(missing.joined(separator: ", "))")
    }

    static let keys = described("DIS-06") { _, metadata in
        guard let text = metadata.members["jwks_uri"]?.string else {
            return .notTestable("the description leads to no keys")
        }
        guard let url = try? HTTPURL(parsing: text), url.isProtected else {
            return metadata.broken("a jwks_uri with https", "another one")
        }
        guard let response = metadata.keys?.response else { return .noVerdict("No verdict: no answer with the keys") }
        let members = metadata.keys?.members ?? []
        guard response.status == 200, !members.isEmpty else {
            return metadata.broken("200 with a key set at jwks_uri", "\(response.status) without keys")
        }
        let uses = members.map { $0["use"]?.string }
        let isMixed = uses.contains("sig") && uses.contains("enc")
        return isMixed && uses.contains(nil)
            ? metadata.broken("a use for each key of a mixed set", "keys without one") : .kept
    }

    static let noEmptyList = described("DIS-07") { _, metadata in
        let empty = metadata.members.filter { $0.value.array?.isEmpty == true }.map(\.name)
        guard let first = empty.first else { return .kept }
        return metadata.broken("no empty lists", "an empty list for \(ForeignWord.shown(first))")
    }

    static let addresses = described("DIS-12") { _, metadata in
        let bad = metadata.members.filter { name, value in
            guard name.hasSuffix("_endpoint") || name == "jwks_uri", let text = value.string else { return false }
            return (try? HTTPURL(parsing: text))?.isProtected != true
        }
        guard let first = bad.first else { return .kept }
        return metadata.broken("addresses with https alone", "another one for \(ForeignWord.shown(first.name))")
    }

    // MARK: What it offers

    static let clientMethod = described("DIS-08") { evidence, metadata in
        guard let method = evidence.identity.clientAuth.method.metadataName else {
            return .notTestable("the client shows no secret")
        }
        let name = "token_endpoint_auth_methods_supported"
        let listed = metadata.list(name) ?? ["client_secret_basic"]
        return listed.contains(method)
            ? .kept : metadata.broken("\(method) in \(name), since it works", "it is not there")
    }

    static let assertionAlgorithms = described("DIS-09") { _, metadata in
        let methods = metadata.list("token_endpoint_auth_methods_supported") ?? []
        guard methods.contains("private_key_jwt") || methods.contains("client_secret_jwt") else {
            return .notTestable("the service takes no signed client assertions")
        }
        let name = "token_endpoint_auth_signing_alg_values_supported"
        guard let algorithms = metadata.list(name) else { return metadata.broken("a list \(name)", "none") }
        return algorithms.contains("none") ? metadata.broken("algorithms that sign", "none among them") : .kept
    }

    static let grant = described("DIS-10") { evidence, metadata in
        let wanted = evidence.rules.grant.wireName
        let listed = metadata.list("grant_types_supported") ?? ["authorization_code", "implicit"]
        return listed.contains(wanted)
            ? .kept : metadata.broken("\(wanted) in grant_types_supported, since it works", "it is not there")
    }

    static let codes = described("DIS-11") { _, metadata in
        guard metadata.offersCodes else { return .notTestable("the service offers no browser logins") }
        let methods = metadata.list("code_challenge_methods_supported") ?? []
        return methods.contains("S256")
            ? .kept : metadata.broken("S256 in code_challenge_methods_supported", "it is not there")
    }

    static let statesIssuer = described("DIS-13") { _, metadata in
        guard metadata.offersCodes else { return .notTestable("the service offers no browser logins") }
        let name = "authorization_response_iss_parameter_supported"
        return metadata.members[name]?.boolean == true
            ? .observed("The description announces the issuer in answers to browser logins; those are not made here.")
            : metadata.broken("\(name) as true", "it is not")
    }

    /// RFC 8705 §3.3.
    static let boundTokens = described("DIS-14") { evidence, metadata in
        let promise = "tls_client_certificate_bound_access_tokens"
        guard metadata.members[promise]?.boolean == true else {
            return .notTestable("the service does not promise to bind tokens to certificates")
        }
        guard evidence.identity.poolKey.tls != nil else { return .notTestable("the client has no certificate") }
        guard let jwt = evidence.newestLogin?.answer.token.flatMap({ CompactJWT($0) }) else {
            return .notTestable("the token is no JWT")
        }
        return jwt.claims["cnf"]?.object?["x5t#S256"] != nil
            ? .kept
            : metadata.broken(
                "a token that names the certificate (cnf with x5t#S256), since \(promise) is true",
                "a token that names none")
    }

    static let proofAlgorithms = described("DIS-16") { _, metadata in
        guard let algorithms = metadata.list("dpop_signing_alg_values_supported") else {
            return .notTestable("the service says nothing of proofs of a key")
        }
        let weak = algorithms.filter { $0 == "none" || $0.hasPrefix("HS") }
        return weak.isEmpty
            ? .kept : metadata.broken("algorithms with a key of the client's own", "\(ForeignWord.shown(weak[0])) too")
    }

    static let devices = described("DIS-17") { _, metadata in
        guard metadata.list("grant_types_supported")?.contains(TokenRules.Grant.deviceCode.wireName) == true else {
            return .notTestable("the service offers no logins of devices")
        }
        return metadata.members["device_authorization_endpoint"]?.string != nil
            ? .kept : metadata.broken("a device_authorization_endpoint", "none")
    }

    static let scopes = described("DIS-23") { evidence, metadata in
        guard let listed = metadata.list("scopes_supported") else { return .notTestable("the service lists no scopes") }
        let missing = evidence.identity.scope.filter { !listed.contains($0) }
        return missing.isEmpty
            ? .kept
            : .observed("Scopes in use that the description does not list: \(missing.joined(separator: ", ")).")
    }

    /// RFC 9700 §2.1.2.
    static let implicit = described("TOK-36") { _, metadata in
        let types = metadata.list("response_types_supported") ?? []
        let isOffered = types.contains { $0.split(separator: " ").contains("token") }
        return isOffered
            ? .observed("The description offers tokens in browser addresses (response type token).") : .kept
    }
}

extension ServerMetadata {
    fileprivate func broken(_ expected: String, _ actual: String) -> RuleVerdict {
        .broken(
            expected: expected, actual: actual,
            ProbeExchange(
                sent: "a GET of the token service's description", request: HTTPRequest(.get, url),
                answer: .success(response)))
    }

    fileprivate var offersCodes: Bool {
        let types = list("response_types_supported") ?? []
        return members["authorization_endpoint"] != nil && types.contains { $0.split(separator: " ").contains("code") }
    }

    /// The issuer whose description stands at this address; nil where the address is another.
    fileprivate func issuer(above wellKnown: String) -> String? {
        let text = url.text
        guard let found = text.firstRange(of: wellKnown) else { return nil }
        return String(text[..<found.lowerBound] + text[found.upperBound...])
    }
}

extension ClientAuthRules.Method {
    /// As metadata calls it (RFC 8414 §2, RFC 8705 §2); nil: the client shows nothing.
    fileprivate var metadataName: String? {
        switch self {
        case .basic: "client_secret_basic"
        case .body: "client_secret_post"
        case .privateKeyJWT: "private_key_jwt"
        case .clientSecretJWT: "client_secret_jwt"
        case .tls: "tls_client_auth"
        case .none: nil
        }
    }
}
