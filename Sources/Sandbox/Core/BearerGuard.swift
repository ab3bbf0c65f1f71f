import HTTP

/// The door of an API: RFC 6750, with refusals as §3 and §3.1 want them; RFC 9449 where tokens are bound to keys.
struct BearerGuard: Sendable {
    /// As challenges write it.
    enum Scheme: String, CaseIterable, Sendable {
        case bearer = "Bearer"
        case dpop = "DPoP"
    }

    /// What is asked about tokens that are bound to something.
    struct Possession: Sendable {
        let proofs: ProofReader
        let binding: @Sendable (String) -> TokenBinding
    }

    let realm: String
    /// Where the API describes itself, for the challenge (RFC 9728 §5.1); nil: nowhere.
    var metadata: String?
    /// How tokens that are bound to something are shown; nil: there are none.
    var possession: Possession?
    /// The caller a token stands for, nil where it is unknown, expired or altered.
    let lookUp: @Sendable (String) -> Principal?

    func admit(_ request: SandboxRequest) throws(Refusal) -> Principal {
        if let admitted = request.admitted { return admitted }
        let inQuery = request.queryFields["access_token"]
        guard let (scheme, token) = try credential(request, inQuery) else { throw missing() }
        guard Self.isToken(token), let principal = lookUp(token) else {
            throw invalid(scheme, "the access token is unknown, expired or altered")
        }
        try checkPossession(request, token, scheme)
        return principal
    }

    /// - Throws: `Refusal` 403 where a valid token is not enough.
    func require(_ needs: Set<String>, _ principal: Principal, _ request: SandboxRequest) throws(Refusal) {
        guard !needs.isSubset(of: principal.grants) else { return }
        throw challenged(
            403, "insufficient_scope", "the token does not have permission for this",
            [("error", "insufficient_scope"), ("scope", needs.sorted().joined(separator: " "))],
            (try? credential(request, nil))?.scheme ?? .bearer)
    }

    private func credential(
        _ request: SandboxRequest, _ inQuery: String?
    ) throws(Refusal) -> (scheme: Scheme, token: String)? {
        let lines = request.headers.values("Authorization")
        if lines.count > 1 || (!lines.isEmpty && inQuery != nil) {
            throw challenged(
                400, "invalid_request", "the credential was sent in more than one way", [("error", "invalid_request")])
        }
        guard let line = lines.first else { return nil }
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2,
            let scheme = schemes.first(where: { HeaderFields.sameName($0.rawValue, String(parts[0])) })
        else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : (scheme, String(token))
    }

    /// A bound token needs a proof by its key, and one that is not bound has no key that could prove anything
    /// (RFC 9449 §7.1, §7.2).
    private func checkPossession(_ request: SandboxRequest, _ token: String, _ scheme: Scheme) throws(Refusal) {
        guard let possession else { return }
        let binding = possession.binding(token)
        // RFC 8705 §3.
        if let certificate = binding.certificate, request.certificate != certificate {
            throw invalid(scheme, "the token is bound to another client certificate than was shown")
        }
        let key = binding.key
        guard (scheme == .dpop) == (key != nil) else {
            throw invalid(scheme, key == nil ? "the token is bound to no key" : "the token is bound to a key")
        }
        guard let key else { return }
        do throws(ProofReader.Fault) {
            let proved = try possession.proofs.read(request, token: token)
            guard proved == key else { throw .bad("the proof is by another key than the token is bound to") }
        } catch {
            var refusal = challenged(401, error.code, error.message, [("error", error.code)], .dpop)
            refusal.headers.append(possession.proofs.nonceHeader)
            throw refusal
        }
    }

    private var schemes: [Scheme] { possession == nil ? [.bearer] : Scheme.allCases }

    /// `b64token` of RFC 6750 §2.1, and no longer than any token made here.
    private static func isToken(_ text: String) -> Bool {
        text.utf8.count <= 4_096
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"),
                    UInt8(ascii: "/"), UInt8(ascii: "="):
                    true
                default: false
                }
            }
    }

    /// No usable credential: the challenge names no error (RFC 6750 §3.1).
    private func missing() -> Refusal {
        challenged(401, "unauthorized", "a bearer token in the Authorization header is required", [])
    }

    private func invalid(_ scheme: Scheme, _ text: String) -> Refusal {
        challenged(401, "invalid_token", text, [("error", "invalid_token"), ("error_description", text)], scheme)
    }

    /// The parameters stand at the scheme that was used; the other one, if there is one, only says that it is offered
    /// (RFC 9449 §7.2).
    private func challenged(
        _ status: Int, _ code: String, _ message: String, _ parameters: [(String, String)], _ used: Scheme = .bearer
    ) -> Refusal {
        let described = metadata.map { [("resource_metadata", $0)] } ?? []
        let challenges = schemes.map { scheme in
            let own = scheme == used ? parameters : []
            let algorithms = scheme == .dpop ? [("algs", ProofReader.algorithms.joined(separator: " "))] : []
            let all = [("realm", realm)] + own + described + algorithms
            return "\(scheme.rawValue) " + all.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ", ")
        }
        return Refusal(status, code, message, headers: challenges.map { ("WWW-Authenticate", $0) })
    }
}
