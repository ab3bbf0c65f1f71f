/// The faults of one vendor's site, as layers around its token service and around its door with the API behind.
struct Faults: Sendable {
    /// Sees a request before what it is put around, and the answer after it; it may ask more than once, or not at all.
    typealias Layer<Answer> = @Sendable (SandboxRequest, FaultScene, (SandboxRequest) -> Answer) -> Answer

    var token: [Layer<TokenAnswer>] = []
    var api: [Layer<APIAnswer>] = []
    /// Around metadata, keys, revocation and introspection.
    var side: [Layer<SandboxResponse>] = []

    init(_ defects: Set<Defect>, of vendor: Vendor) {
        // In a fixed order: several at once must not differ from run to run.
        for defect in defects.sorted(by: { $0.id < $1.id }) where defect.vendors.contains(vendor) {
            defect.put(into: &self)
        }
    }

    static func through<Answer>(
        _ layers: ArraySlice<Layer<Answer>>, _ request: SandboxRequest, _ scene: FaultScene,
        _ last: (SandboxRequest) -> Answer
    ) -> Answer {
        guard let layer = layers.first else { return last(request) }
        return layer(request, scene) { through(layers.dropFirst(), $0, scene, last) }
    }
}

/// What a fault may ask of the vendor it sits in.
struct FaultScene: Sendable {
    let service: any VendorService

    var settings: VendorSettings { service.settings }
    var vendor: Vendor { settings.vendor }
    var memory: any TokenMemory { service.memory }

    /// The vendor's first credential: whom a caller is taken for that nobody knows.
    var stranger: DemoCredential? { DemoCredential.all.first { $0.vendor == vendor } }

    /// Whom the door admits with this request; nil: nobody.
    func caller(_ request: SandboxRequest) -> Principal? { try? service.door.admit(request) }

    /// The request as the documented login of the vendor's first credential.
    func login(_ request: SandboxRequest) -> SandboxRequest {
        stranger.map { request.asLogin(of: $0, settings.hosts) } ?? request
    }
}

/// What a token service could say of tokens that its door refuses; asked by faults alone.
protocol TokenMemory: Sendable {
    /// Whom an access token made here stands for, whether or not its end has passed.
    func formerHolder(_ token: String) -> Principal?
    /// Whom the access token stands for that begins with this text.
    func holder(beginning token: String) -> Principal?
    /// Whom the access token stands for that differs from this one in a character.
    func holder(resembling token: String) -> Principal?
    /// Whom these claims name, if nobody looked at the signature.
    func holder(of claims: LooseJWT) -> Principal?
}

extension TokenMemory {
    func holder(of claims: LooseJWT) -> Principal? { nil }
}
