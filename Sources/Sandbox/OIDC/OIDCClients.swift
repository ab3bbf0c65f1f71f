import JSON

/// Who may use the textbook server's endpoints, and for what.
struct OIDCClients: Sendable {
    /// As metadata calls them (RFC 8414 §2).
    static let methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth"]
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    let settings: VendorSettings
    let assertions: AssertionReader
    /// A defect: a wrong claim is called a bad request.
    private let blamesRequest: Bool

    init(_ settings: VendorSettings, _ assertions: AssertionReader) {
        self.settings = settings
        self.assertions = assertions
        blamesRequest = settings.has("AST-06")
    }

    /// Whom the form names, whether or not it proves that; nil: nobody that is known.
    func named(_ form: OAuthForm) -> DemoCredential? {
        name(form).flatMap { DemoCredential.find($0, settings.vendor) } ?? issuer(of: form.fields["assertion"])
    }

    /// Whom the assertion says that it comes from, whether or not that is so.
    func issuer(of assertion: String?) -> DemoCredential? {
        assertion.flatMap { LooseJWT($0)?.claims["iss"]?.string }.flatMap { DemoCredential.find($0, settings.vendor) }
    }

    /// - Throws: `Refusal` 401 `invalid_client`, for an unknown client as for a wrong secret or assertion.
    func authenticate(_ form: OAuthForm) throws(Refusal) -> DemoCredential {
        if let known = try certified(form) { return known }
        switch try outcome(form) {
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

    private func outcome(_ form: OAuthForm) throws(Refusal) -> LoginGuard.Outcome {
        if let assertion = form.fields["client_assertion"] { return try outcome(assertion, form) }
        guard let client = form.client else {
            throw ClientCredentialsRequest.invalidClient("the request shows no client")
        }
        // A client has one way to show itself: what its key is for, no secret opens.
        return OIDCDemoKey.of(client.name) == nil ? settings.logins.check(client.name, client.secret) : .refused
    }

    /// RFC 7521 §4.2: `client_id` is not needed, but must name the same client.
    private func outcome(_ assertion: String, _ form: OAuthForm) throws(Refusal) -> LoginGuard.Outcome {
        if form.client != nil { throw .badRequest("the client authenticated in more than one way") }
        guard form.fields["client_assertion_type"] == Self.assertionType else {
            throw .badRequest("'client_assertion_type' is missing, or none of those offered")
        }
        var issuer: DemoCredential?
        var fault: AssertionFault?
        do throws(AssertionFault) {
            issuer = try assertions.read(assertion, as: .client).issuer
        } catch {
            fault = error
        }
        let outcome = settings.logins.check(name(form) ?? "") { $0 == issuer }
        if case .claim = fault, blamesRequest { throw .badRequest("the assertion is not as it should be") }
        return outcome
    }

    private func name(_ form: OAuthForm) -> String? {
        if let client = form.client { return client.name }
        guard let assertion = form.fields["client_assertion"] else { return nil }
        return form.fields["client_id"] ?? issuer(of: assertion)?.name
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
