import JSON

/// A server as the standards have it, which no vendor here is: OAuth 2.0 with metadata, published keys, signed access
/// tokens (RFC 9068), renewal, revocation and introspection. Named like the provider that finds it by its metadata.
struct OIDCService: VendorService {
    let settings: VendorSettings
    let second: OIDCSecondIssuer
    let tokenRoutes: [TokenRoute]
    let sideRoutes: [SideRoute]
    let apiSideRoutes: [SideRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let tokenErrors = ErrorShape.oauth
    let errors = ErrorShape { refusal in
        ["error": .string(refusal.code), "error_description": .string(refusal.message)]
    }

    init(_ settings: VendorSettings) {
        let tokens = OIDCTokens(settings)
        let clients = OIDCClients(settings, AssertionReader(settings, issuer: tokens.issuer))
        second = OIDCSecondIssuer(settings)
        self.settings = settings
        memory = tokens
        tokenRoutes = [second.beside(OIDCTokenEndpoint(tokens, clients))]
        sideRoutes = second.beside(OIDCSecondIssuer.sideRoutes(tokens, clients))
        apiSideRoutes = OIDCMetadata(tokens: tokens).apiRoutes
        endpoints = OIDCAPI().endpoints
        let described = tokens.audience + "/.well-known/oauth-protected-resource"
        let possession = BearerGuard.Possession(proofs: ProofReader(settings)) { tokens.binding(of: $0) }
        door = BearerGuard(realm: "oidc", metadata: described, possession: possession) { tokens.holder($0)?.principal }
    }
}
