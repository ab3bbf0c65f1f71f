import HTTP

/// A form post to an endpoint of RFC 6749, and the client that it shows.
struct OAuthForm: Sendable {
    let fields: FormFields
    /// nil: it shows none.
    let client: (name: String, secret: String)?
    /// As in `SandboxRequest`.
    let certificate: String?

    /// Reads everything but the credential's truth.
    ///
    /// - Throws: `Refusal` with the code of RFC 6749 §5.2.
    init(_ request: SandboxRequest) throws(Refusal) {
        guard request.isForm else { throw .wrongMediaType("application/x-www-form-urlencoded") }
        let query = request.queryFields
        if ["client_id", "client_secret", "client_assertion", "token", "refresh_token", "password"].contains(
            where: query.has)
        {
            throw .badRequest("credentials must not stand in the URL")
        }
        fields = FormFields(String(decoding: request.body, as: UTF8.self))
        if fields.repeated != nil { throw .badRequest("a parameter stands twice") }
        client = try Self.client(request, fields)
        certificate = request.certificate
    }

    /// By a secret or a signed assertion (RFC 7521 §4.2).
    var showsClient: Bool { client != nil || fields["client_assertion"] != nil }

    /// By HTTP Basic or in the body, never both (RFC 6749 §2.3).
    private static func client(
        _ request: SandboxRequest, _ fields: FormFields
    ) throws(Refusal) -> (name: String, secret: String)? {
        let lines = request.headers.values("Authorization")
        guard let line = lines.first else {
            guard let name = fields["client_id"], let secret = fields["client_secret"] else { return nil }
            return (name, secret)
        }
        if lines.count > 1 || fields["client_secret"] != nil {
            throw .badRequest("the client authenticated in more than one way")
        }
        guard let pair = basic(line) else { throw ClientCredentialsRequest.invalidClient() }
        return pair
    }

    private static func basic(_ line: String) -> (name: String, secret: String)? {
        let parts = line.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64URL.decodeBasic(parts[1]) else {
            return nil
        }
        let pair = String(decoding: bytes, as: UTF8.self).split(
            separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        return (FormFields.decode(pair[0]), FormFields.decode(pair[1]))
    }
}
