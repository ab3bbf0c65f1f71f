/// What came of a request to a token service.
struct TokenAnswer: Sendable {
    var response: SandboxResponse
    /// The demo client that asked, if it is one.
    var client: String?
    var outcome: RequestLog.TokenOutcome

    static func issued(_ response: SandboxResponse, _ client: String?) -> TokenAnswer {
        TokenAnswer(response: response, client: client, outcome: .issued)
    }

    static func refreshed(_ response: SandboxResponse, _ client: String?) -> TokenAnswer {
        TokenAnswer(response: response, client: client, outcome: .refreshed)
    }

    static func refused(_ response: SandboxResponse, _ client: String? = nil) -> TokenAnswer {
        TokenAnswer(response: response, client: client, outcome: response.status == 429 ? .limited : .refused)
    }
}

/// What came of a request to an API.
struct APIAnswer: Sendable {
    var response: SandboxResponse
    /// The demo client that was let in.
    var client: String?
}

/// One path of a token service; takes POST only.
struct TokenRoute: Sendable {
    let path: String
    let answer: @Sendable (SandboxRequest) -> TokenAnswer
}

/// A vendor: its token service, its door and its API.
protocol VendorService: Sendable {
    var settings: VendorSettings { get }
    var tokenRoutes: [TokenRoute] { get }
    /// Further paths of the token service's hosts.
    var sideRoutes: [SideRoute] { get }
    /// Further paths of the API's hosts, open to everybody.
    var apiSideRoutes: [SideRoute] { get }
    var endpoints: [Endpoint] { get }
    var door: BearerGuard { get }
    var memory: any TokenMemory { get }
    var errors: ErrorShape { get }
    /// Error bodies of the token service, where they differ from the API's.
    var tokenErrors: ErrorShape { get }
    /// Whether a path that lacks only its trailing slash is redirected to the one that has it.
    var redirectsToSlash: Bool { get }
}

extension VendorService {
    var tokenErrors: ErrorShape { errors }
    var redirectsToSlash: Bool { false }
    var sideRoutes: [SideRoute] { [] }
    var apiSideRoutes: [SideRoute] { [] }
}
