import JSON

/// Clarify: form post with an audience, a token service that is rate limited, JSON-RPC and a few plain paths behind it.
struct ClarifyService: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let tokenErrors = ErrorShape.oauth
    let errors = ErrorShape { refusal in
        ["error": ["code": .string(refusal.code), "message": .string(refusal.message)]]
    }

    init(_ settings: VendorSettings) {
        let store = TokenStore()
        let door = BearerGuard(realm: "clarify") { store.principal($0, now: settings.seconds) }
        self.settings = settings
        memory = store
        self.door = door
        tokenRoutes = [ClarifyTokenService(settings, store).route]
        endpoints = ClarifyAPI(settings, door).endpoints
    }
}
