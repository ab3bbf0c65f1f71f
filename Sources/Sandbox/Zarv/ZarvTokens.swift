import JSON

/// Zarv's JWTs: what stands in them, and whom one stands for.
///
/// The vendor's page shows their header alone; the claims are those of RFC 9068 §2.2, and no name, mail address or other
/// thing about a person is among them.
struct ZarvTokens: Sendable {
    enum Kind: String { case access, refresh }

    struct Holder: Sendable {
        let credential: DemoCredential
        /// What the token was given, which may be less than its user may have.
        let scope: Set<String>

        var principal: Principal { credential.principal(scope) }
    }

    private let settings: VendorSettings
    private let signer: JWTSigner
    private let defects: ZarvTokenDefects

    init(_ settings: VendorSettings) {
        self.settings = settings
        defects = ZarvTokenDefects(settings)
        signer = JWTSigner(algorithm: defects.saysNone ? "none" : "HS256")
    }

    func make(_ holder: Holder, _ kind: Kind, lifetime: Int) -> String {
        let issued = Int(settings.seconds)
        let known = holder.credential
        var claims: JSONObject = [
            "iss": "https://services.zarv.com", "sub": .string(known.identity), "client_id": "zarv-api",
            "tenant": .string(known.tenant), "role": .string(known.role ?? "viewer"),
            "scope": .string(holder.scope.sorted().joined(separator: " ")), "typ": .string(kind.rawValue),
            "iat": .integer(issued), "exp": .integer(issued + lifetime), "jti": .string(Identifier.uuid()),
        ]
        if kind == .access { claims["aud"] = "https://api.zarv.com" }
        defects.change(&claims, kind)
        return signer.sign(claims)
    }

    /// nil for a token that was not made here, was altered, is of the other kind or has reached its end.
    func holder(_ token: String, _ kind: Kind) -> Holder? {
        guard let claims = signer.verify(token), isCurrent(claims) else { return nil }
        return holder(claims, kind)
    }

    private func isCurrent(_ claims: JSONObject) -> Bool {
        claims["exp"]?.number?.int.map { settings.seconds < defects.seconds($0) } ?? false
    }

    private func holder(_ claims: JSONObject, _ kind: Kind) -> Holder? {
        guard defects.kind(claims) == kind, let subject = claims["sub"]?.string,
            let known = DemoCredential.all.first(where: { $0.vendor == .zarv && $0.identity == subject })
        else { return nil }
        let words = claims["scope"]?.string.map { $0.split { $0 == " " || $0 == "," }.map(String.init) }
        return Holder(credential: known, scope: Set(words ?? []))
    }
}

extension ZarvTokens: TokenMemory {
    func formerHolder(_ token: String) -> Principal? {
        signer.verify(token).flatMap { holder($0, .access)?.principal }
    }

    func holder(beginning token: String) -> Principal? {
        signer.verify(beginning: token).flatMap { holder($0, .access)?.principal }
    }

    func holder(resembling token: String) -> Principal? {
        LooseJWT(token).flatMap { $0.signature.count == 43 ? holder(of: $0) : nil }
    }

    func holder(of jwt: LooseJWT) -> Principal? {
        isCurrent(jwt.claims) ? holder(jwt.claims, .access)?.principal : nil
    }
}
