import HTTP

/// A client_credentials request by form post (RFC 6749 §4.4.2), the client's credential in the body or by HTTP Basic.
struct ClientCredentialsRequest: Sendable {
    let clientID: String
    let secret: String
    let fields: FormFields

    /// Reads everything but the credential's truth.
    ///
    /// - Throws: `Refusal` with the code of RFC 6749 §5.2.
    init(_ request: SandboxRequest) throws(Refusal) {
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw .wrongMediaType("application/x-www-form-urlencoded")
        }
        let query = request.queryFields
        if query.has("client_secret") || query.has("client_id") {
            throw .badRequest("client credentials must not stand in the URL")
        }
        fields = FormFields(String(decoding: request.body, as: UTF8.self))
        if fields.repeated != nil { throw .badRequest("a parameter stands twice") }
        try Self.checkGrant(fields["grant_type"])
        (clientID, secret) = try Self.client(request, fields)
    }

    private static func checkGrant(_ grant: String?) throws(Refusal) {
        switch grant {
        case "client_credentials": return
        case nil: throw .badRequest("'grant_type' is missing")
        case "authorization_code", "password", "refresh_token":
            throw Refusal(400, "unauthorized_client", "this client may not use that grant")
        default: throw Refusal(400, "unsupported_grant_type", "only client_credentials is offered")
        }
    }

    private static func client(_ request: SandboxRequest, _ fields: FormFields) throws(Refusal) -> (String, String) {
        let lines = request.headers.values("Authorization")
        guard let line = lines.first else { return try inBody(fields) }
        if lines.count > 1 || fields["client_secret"] != nil {
            throw .badRequest("the client authenticated in more than one way")
        }
        guard let (name, secret) = basic(line) else { throw invalidClient() }
        return (name, secret)
    }

    private static func inBody(_ fields: FormFields) throws(Refusal) -> (String, String) {
        guard let name = fields["client_id"], let secret = fields["client_secret"] else {
            throw invalidClient("'client_id' and 'client_secret' are required, or HTTP Basic")
        }
        return (name, secret)
    }

    static func basic(_ line: String) -> (String, String)? {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64URL.decodeBasic(parts[1]) else {
            return nil
        }
        let pair = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        return (FormFields.decode(pair[0]), FormFields.decode(pair[1]))
    }

    /// 401 with a Basic challenge: the scheme a client may authenticate with (RFC 6749 §5.2, RFC 9110 §15.5.2).
    static func invalidClient(_ message: String = "client authentication failed") -> Refusal {
        Refusal(401, "invalid_client", message, headers: [(name: "WWW-Authenticate", value: "Basic realm=\"oauth\"")])
    }
}
