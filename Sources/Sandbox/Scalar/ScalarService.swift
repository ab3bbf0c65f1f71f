import JSON

/// SCALAR: JSON login with audience and a list of scopes; API on the product's own host.
struct ScalarService: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let errors = Self.shape

    /// RFC 9457.
    static let shape = ErrorShape(mediaType: "application/problem+json") { refusal in
        ["status": .integer(refusal.status), "title": .string(refusal.code), "detail": .string(refusal.message)]
    }

    init(_ settings: VendorSettings) {
        let store = TokenStore()
        self.settings = settings
        memory = store
        tokenRoutes = ScalarTokenService(settings, store).routes
        endpoints = ScalarAPI(settings).endpoints
        door = BearerGuard(realm: "scalar") { store.principal($0, now: settings.seconds) }
    }
}
