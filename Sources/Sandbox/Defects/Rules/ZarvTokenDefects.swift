import JSON

/// What the defects of the JWT rules change in Zarv's tokens, as they are made and as they are read.
struct ZarvTokenDefects: Sendable {
    let saysNone: Bool
    private let isMillisecond: Bool
    private let tellsNothingApart: Bool
    private let changes: [@Sendable (inout JSONObject) -> Void]

    init(_ settings: VendorSettings) {
        saysNone = settings.has("JWT-02")
        isMillisecond = settings.has("JWT-07")
        tellsNothingApart = settings.has("JWT-17")
        changes = Self.all.filter { settings.has($0.id) }.map(\.change)
    }

    func change(_ claims: inout JSONObject, _ kind: ZarvTokens.Kind) {
        if kind == .access { for change in changes { change(&claims) } }
        if isMillisecond {
            for name in ["iat", "exp"] { claims[name] = claims[name]?.number?.int.map { .integer($0 * 1_000) } }
        }
        if tellsNothingApart {
            claims["jti"] = claims["jti"]?.string.map { .string("\(kind.rawValue.prefix(1))-\($0)") }
            claims["typ"] = nil
            claims["aud"] = "https://api.zarv.com"
        }
    }

    func kind(_ claims: JSONObject) -> ZarvTokens.Kind? {
        guard tellsNothingApart else { return claims["typ"]?.string.flatMap { ZarvTokens.Kind(rawValue: $0) } }
        return claims["jti"]?.string.map { $0.hasPrefix("a-") } == true ? .access : .refresh
    }

    func seconds(_ time: Int) -> Double { Double(time) / (isMillisecond ? 1_000 : 1) }

    private static let all: [(id: String, change: @Sendable (inout JSONObject) -> Void)] = [
        ("JWT-03", { $0["jti"] = nil }),
        (
            "JWT-05",
            { claims in
                // Shorter, never longer: an end beyond the stated one would be another hole.
                guard let issued = claims["iat"]?.number?.int, let end = claims["exp"]?.number?.int else { return }
                claims["exp"] = .integer(issued + max(1, (end - issued) / 2))
            }
        ),
        ("JWT-06", { $0["nbf"] = $0["iat"]?.number?.int.map { .integer($0 + 3_600) } }),
        (
            "JWT-15",
            { claims in
                claims["email"] = "ada@acme.test"
                claims["phone_number"] = "+49 170 0000000"
                claims["password"] = "not-anybodys-password"
            }
        ),
    ]
}

extension Defect {
    static let tokenClaims: [Defect] = [
        inside("JWT-02", "writes alg none into the header of its tokens", [.zarv]),
        inside("JWT-03", "makes tokens without jti", [.zarv]),
        inside("JWT-05", "makes tokens that end earlier than expires_in says", [.zarv]),
        inside("JWT-06", "makes tokens that are not valid for another hour, by their nbf", [.zarv]),
        inside("JWT-07", "writes times in milliseconds", [.zarv]),
        inside("JWT-15", "writes mail address, telephone number and a password into its tokens", [.zarv]),
        inside("JWT-17", "makes access and refresh tokens that nobody outside can tell apart", [.zarv]),
    ]
}
