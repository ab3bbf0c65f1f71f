import JSON

/// A server as the standards have it, which no vendor here is: OAuth 2.0 with metadata, published keys, signed access
/// tokens (RFC 9068), renewal, revocation and introspection. Named like the provider that finds it by its metadata.
struct OIDCService: VendorService {
    let settings: VendorSettings
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
        let metadata = OIDCMetadata(tokens: tokens)
        self.settings = settings
        memory = tokens
        tokenRoutes = [OIDCTokenEndpoint(tokens, clients).route]
        sideRoutes = OIDCTokenCare(tokens: tokens, clients: clients).routes + metadata.routes
        apiSideRoutes = metadata.apiRoutes
        endpoints = OIDCAPI().endpoints
        let described = tokens.audience + "/.well-known/oauth-protected-resource"
        door = BearerGuard(realm: "oidc", metadata: described) { tokens.holder($0)?.principal }
    }
}
