import Crypto
import JSON
import Synchronization

/// An assertion that was found good.
struct Assertion: Sendable {
    /// Whose key signed it.
    let issuer: DemoCredential
    /// Whom it is about.
    let subject: String
    let claims: JSONObject
}

/// Why an assertion is not taken; callers are told no more than that.
enum AssertionFault: Error, Sendable {
    /// It is none, or no client here signed it.
    case forged
    /// Signed as it should be; this claim is wrong, or not there.
    case claim(String)
}

/// Takes signed assertions as RFC 7523 §3 wants them: one of a known key, about somebody, for this server, of short life;
/// and each with a `jti` once (OpenID Connect Core §9).
final class AssertionReader: Sendable {
    enum Use: Sendable {
        /// Client authentication (RFC 7523 §2.2).
        case client
        /// The grant (§2.1).
        case grant
        /// A token to be exchanged, more than once if need be (RFC 8693 §2.1).
        case subject
    }

    /// The end may be this far away, in seconds: "unreasonably far in the future" of RFC 7523 §3.
    static let longest = 3_600.0
    private static let capacity = 10_000

    private let settings: VendorSettings
    private let issuer: String
    /// Rules that a defect makes it blind for.
    private let unseen: Set<String>
    /// By issuer and `jti`, until they end by themselves.
    private let spent = Mutex<[String: Double]>([:])

    init(_ settings: VendorSettings, issuer: String) {
        self.settings = settings
        self.issuer = issuer
        unseen = Set(
            ["AST-01", "AST-02", "AST-03", "AST-04", "AST-07", "AST-08", "AST-09", "AST-10"].filter { settings.has($0) }
        )
    }

    func read(_ text: String, as use: Use) throws(AssertionFault) -> Assertion {
        let assertion = try signed(text)
        try check(end: assertion.claims)
        try check(audience: assertion.claims["aud"])
        if use == .client, assertion.subject != assertion.issuer.name, !unseen.contains("AST-07") {
            throw .claim("sub")
        }
        // Last: what is refused for something else stays unused.
        if use != .subject { try spend(assertion, isNeeded: use == .client) }
        return assertion
    }

    private func signed(_ text: String) throws(AssertionFault) -> Assertion {
        guard let jwt = LooseJWT(text) else { throw .forged }
        guard let name = jwt.claims["iss"]?.string else { throw .claim("iss") }
        guard let issuer = DemoCredential.find(name, settings.vendor), let key = OIDCDemoKey.of(name),
            unseen.contains("AST-04") || key.verified(text) != nil
        else { throw .forged }
        guard let subject = jwt.claims["sub"]?.string, !subject.isEmpty else { throw .claim("sub") }
        return Assertion(issuer: issuer, subject: subject, claims: jwt.claims)
    }

    private func check(end claims: JSONObject) throws(AssertionFault) {
        let now = settings.seconds
        if let start = claims["nbf"]?.number?.double, now < start { throw .claim("nbf") }
        guard let end = claims["exp"]?.number?.double else {
            if unseen.contains("AST-01") { return }
            throw .claim("exp")
        }
        let isPast = end <= now && !unseen.contains("AST-02")
        let isFar = end > now + Self.longest && !unseen.contains("AST-09")
        if isPast || isFar { throw .claim("exp") }
    }

    /// The token URL or the issuer, which the newer documents prefer (FAPI 2.0 §5.3.2.1).
    private func check(audience: JSONValue?) throws(AssertionFault) {
        if unseen.contains("AST-03"), audience != nil { return }
        let own = unseen.contains("AST-10") ? [issuer + "/token"] : [issuer, issuer + "/token"]
        let named = audience?.string.map { [$0] } ?? audience?.array?.compactMap(\.string) ?? []
        if Set(named).isDisjoint(with: own) { throw .claim("aud") }
    }

    private func spend(_ assertion: Assertion, isNeeded: Bool) throws(AssertionFault) {
        guard let id = assertion.claims["jti"]?.string, !id.isEmpty else {
            if isNeeded { throw .claim("jti") }
            return
        }
        let end = assertion.claims["exp"]?.number?.double ?? .infinity
        let now = settings.seconds
        let isNew = spent.withLock { spent in
            if spent.count >= Self.capacity { spent = spent.filter { now < $0.value } }
            return spent.updateValue(end, forKey: assertion.issuer.name + " " + id) == nil
        }
        if !isNew, !unseen.contains("AST-08") { throw .claim("jti") }
    }
}
