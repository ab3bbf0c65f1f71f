import JSON

/// Zara 4: one host, form post, scopes with commas, test credentials that see nothing real.
struct Zara4Service: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let errors = ErrorShape { refusal in
        ["error": .string(refusal.code), "message": .string(refusal.message)]
    }
    let tokenErrors = ErrorShape.oauth

    init(_ settings: VendorSettings) {
        let store = TokenStore()
        self.settings = settings
        memory = store
        tokenRoutes = [Zara4TokenService(settings, store).route]
        endpoints = Zara4API(settings).endpoints
        door = BearerGuard(realm: "zara4") { store.principal($0, now: settings.seconds) }
    }
}
