import JSON

/// Zarv: login and API on two hosts, JWT pairs, roles.
struct ZarvService: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let memory: any TokenMemory
    let errors = Self.shape

    static let shape = ErrorShape { refusal in
        [
            "statusCode": .integer(refusal.status), "error": .string(refusal.code),
            "message": .string(refusal.message),
        ]
    }

    init(_ settings: VendorSettings) {
        let made = ZarvTokens(settings)
        let tokens = ZarvTokenService(settings, made)
        self.settings = settings
        memory = made
        tokenRoutes = tokens.routes
        endpoints = ZarvAPI(settings).endpoints
        door = BearerGuard(realm: "zarv") { tokens.principal($0) }
    }
}
