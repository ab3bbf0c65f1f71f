/// Who may use the textbook server's endpoints, and for what.
struct OIDCClients: Sendable {
    let settings: VendorSettings

    /// - Throws: `Refusal` 401 `invalid_client`, for an unknown client as for a wrong secret.
    func authenticate(_ form: OAuthForm) throws(Refusal) -> DemoCredential {
        if let known = try certified(form) { return known }
        guard let client = form.client else {
            throw ClientCredentialsRequest.invalidClient("'client_id' and 'client_secret' are required, or HTTP Basic")
        }
        switch settings.logins.check(client.name, client.secret) {
        case .known(let known): return known
        case .refused: throw ClientCredentialsRequest.invalidClient()
        case .locked: throw ClientCredentialsRequest.invalidClient("the client is locked: too many failed logins")
        }
    }

    /// RFC 8705 §2: `client_id` says who it is, the certificate shows it; nil: a client of another kind.
    private func certified(_ form: OAuthForm) throws(Refusal) -> DemoCredential? {
        let name = form.fields["client_id"] ?? form.client?.name
        guard let known = name.flatMap({ DemoCredential.find($0, settings.vendor) }), known.hasCertificate else {
            return nil
        }
        guard form.certificate == DemoCertificate.thumbprint, form.client == nil else {
            throw ClientCredentialsRequest.invalidClient("this client logs in by its certificate alone")
        }
        return known
    }

    /// The scopes asked for, if the client may have them all; without any, all it may have (RFC 6749 §3.3).
    static func scope(_ text: String?, atMost granted: Set<String>) throws(Refusal) -> Set<String> {
        guard let text else { return granted }
        let asked = Set(text.split(separator: " ", omittingEmptySubsequences: false).map(String.init))
        guard asked.isSubset(of: granted) else {
            throw Refusal(400, "invalid_scope", "one of these scopes does not exist or cannot be granted")
        }
        return asked
    }
}

extension DemoCredential {
    /// It has no secret.
    var hasCertificate: Bool { role == "certificate" }
}
