import HTTP

/// The door of an API: RFC 6750, with refusals as §3 and §3.1 want them.
struct BearerGuard: Sendable {
    let realm: String
    /// Where the API describes itself, for the challenge (RFC 9728 §5.1); nil: nowhere.
    var metadata: String?
    /// The caller a token stands for, nil where it is unknown, expired or altered.
    let lookUp: @Sendable (String) -> Principal?

    func admit(_ request: SandboxRequest) throws(Refusal) -> Principal {
        if let admitted = request.admitted { return admitted }
        let inQuery = request.queryFields["access_token"]
        guard let credential = try credential(request, inQuery) else { throw missing() }
        guard Self.isToken(credential), let principal = lookUp(credential) else { throw invalid() }
        return principal
    }

    /// - Throws: `Refusal` 403 where a valid token is not enough.
    func require(_ needs: Set<String>, _ principal: Principal) throws(Refusal) {
        guard !needs.isSubset(of: principal.grants) else { return }
        throw challenged(
            403, "insufficient_scope", "the token does not have permission for this",
            [("error", "insufficient_scope"), ("scope", needs.sorted().joined(separator: " "))])
    }

    private func credential(_ request: SandboxRequest, _ inQuery: String?) throws(Refusal) -> String? {
        let lines = request.headers.values("Authorization")
        if lines.count > 1 || (!lines.isEmpty && inQuery != nil) {
            throw challenged(
                400, "invalid_request", "the credential was sent in more than one way", [("error", "invalid_request")])
        }
        guard let line = lines.first else { return nil }
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let token = parts[1].drop { $0 == " " }
        return token.isEmpty ? nil : String(token)
    }

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

    private func invalid() -> Refusal {
        let text = "the access token is unknown, expired or altered"
        return challenged(401, "invalid_token", text, [("error", "invalid_token"), ("error_description", text)])
    }

    private func challenged(
        _ status: Int, _ code: String, _ message: String, _ parameters: [(String, String)]
    ) -> Refusal {
        let described = metadata.map { [("resource_metadata", $0)] } ?? []
        let all = [("realm", realm)] + parameters + described
        let challenge = "Bearer " + all.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ", ")
        return Refusal(status, code, message, headers: [(name: "WWW-Authenticate", value: challenge)])
    }
}
