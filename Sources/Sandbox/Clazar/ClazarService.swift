import JSON

/// Clazar: one host, JSON login without a grant type, paths that end with a slash.
struct ClazarService: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let errors = Self.shape
    let redirectsToSlash = true

    static let shape = ErrorShape { refusal in
        ["detail": .string(refusal.message), "code": .string(refusal.code)]
    }

    init(_ settings: VendorSettings) {
        let store = TokenStore()
        self.settings = settings
        memory = store
        tokenRoutes = [ClazarTokenService(settings, store).route]
        endpoints = ClazarAPI(settings).endpoints
        door = BearerGuard(realm: "clazar") { store.principal($0, now: settings.seconds) }
    }
}
