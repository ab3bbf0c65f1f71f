import JSON

/// Zarv: login and API on two hosts, JWT pairs, roles.
struct ZarvService: VendorService {
    let settings: VendorSettings
    let tokenRoutes: [TokenRoute]
    let endpoints: [Endpoint]
    let door: BearerGuard
    let errors = Self.shape

    static let shape = ErrorShape { refusal in
        [
            "statusCode": .integer(refusal.status), "error": .string(refusal.code),
            "message": .string(refusal.message),
        ]
    }

    init(_ settings: VendorSettings) {
        let tokens = ZarvTokenService(settings)
        self.settings = settings
        tokenRoutes = tokens.routes
        endpoints = ZarvAPI(settings).endpoints
        door = BearerGuard(realm: "zarv", settings: settings) { tokens.principal($0) }
    }
}
