/// A client_credentials request by form post (RFC 6749 §4.4.2), the client's credential in the body or by HTTP Basic.
struct ClientCredentialsRequest: Sendable {
    let clientID: String
    let secret: String
    let fields: FormFields

    /// Reads everything but the credential's truth.
    ///
    /// - Throws: `Refusal` with the code of RFC 6749 §5.2.
    init(_ request: SandboxRequest) throws(Refusal) {
        let form = try OAuthForm(request)
        fields = form.fields
        try Self.checkGrant(fields["grant_type"])
        guard let client = form.client else {
            throw Self.invalidClient("'client_id' and 'client_secret' are required, or HTTP Basic")
        }
        (clientID, secret) = client
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

    /// 401 with a Basic challenge: the scheme a client may authenticate with (RFC 6749 §5.2, RFC 9110 §15.5.2).
    static func invalidClient(_ message: String = "client authentication failed") -> Refusal {
        Refusal(401, "invalid_client", message, headers: [(name: "WWW-Authenticate", value: "Basic realm=\"oauth\"")])
    }
}
