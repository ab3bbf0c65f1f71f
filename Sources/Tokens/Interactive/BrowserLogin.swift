import HTTP
import Providers
import Secrets
import Templates

/// The authorization code grant with a redirect to this machine.
struct BrowserLogin {
    let login: InteractiveLogin
    let desk: PersonDesk
    let rules: InteractiveRules

    private var exchange: TokenExchange { login.exchange }
    private var endpoints: Endpoints { login.builder.endpoints }

    func run() async throws(CredentialError) -> StoredToken {
        let listener: any RedirectListener
        do throws(PersonDesk.ListenError) {
            listener = try await desk.listen(rules.port)
        } catch {
            throw login.failure(
                .profile, "cannot listen for the browser on 127.0.0.1: \(error.reason)", at: rules.portSpan)
        }
        do throws(CredentialError) {
            let token = try await token(listener)
            await listener.finish("Signed in. You can close this window and go back to the terminal.")
            return token
        } catch {
            await listener.finish("The sign-in failed. The terminal says why; you can close this window.")
            throw error
        }
    }

    private func token(_ listener: any RedirectListener) async throws(CredentialError) -> StoredToken {
        let proof = PKCEProof(rules.pkce, exchange.chance)
        let state = exchange.chance.text(24)
        let redirect = "http://127.0.0.1:\(listener.port)\(rules.path)"
        let url = try authorizeURL(redirect, state, proof)
        if let secret = proof.secret { exchange.redactor.register(secret, label: "\(login.identity.name).verifier") }
        desk.show("Open this URL to let '\(login.identity.name)' in:\n\(url.text)")
        await desk.open(url)
        let code = try await code(listener, state)
        exchange.redactor.register(code, label: "\(login.identity.name).code")
        let extra = [("code", code), ("redirect_uri", redirect)] + proof.tokenMembers
        return try await exchange.send(
            try login.builder.login(extra.map { (name: $0.0, value: $0.1) }), .login, login.builder.rules.response,
            login.identity)
    }

    private func authorizeURL(
        _ redirect: String, _ state: String, _ proof: PKCEProof
    ) throws(CredentialError) -> HTTPURL {
        guard var url = endpoints.authorize else {
            throw login.failure(
                .profile, "the server's metadata names no authorization_endpoint", login.identity.discoveryFault)
        }
        var pairs = [
            ("response_type", "code"), ("client_id", try login.clientID()), ("redirect_uri", redirect),
            ("state", state),
        ]
        if let scope = login.scopeText { pairs.append((login.builder.rules.scope.field, scope)) }
        pairs += proof.authorizeMembers
        pairs += try login.params(rules).map { ($0.name, $0.value) }
        url.appendQuery(
            pairs.map { "\(PercentEncoding.encode($0.0))=\(PercentEncoding.encode($0.1))" }.joined(separator: "&"))
        // It is shown, and it is an argument of the program that opens it.
        guard !exchange.redactor.finds(in: Array(url.text.utf8)) else {
            throw login.failure(
                .profile,
                "the URL for the browser would show a secret of '\(login.identity.name)'; the id of a client is none: "
                    + "say \"sensitive\": false in the provider",
                at: login.identity.clientAuth.id?.span ?? rules.span)
        }
        return url
    }

    private func code(_ listener: any RedirectListener, _ state: String) async throws(CredentialError) -> String {
        let target: String?
        do throws(PersonDesk.ListenError) {
            target = try await listener.next(path: rules.path, within: desk.patience)
        } catch {
            if Task.isCancelled { throw login.ended }
            throw login.failure(.person, "the browser did not come back: \(error.reason)")
        }
        guard let target else { throw login.failure(.person, "the browser did not come back in time") }
        let answer = RedirectAnswer(target)
        // State first: what does not bear it is not an answer to us (RFC 6749 §10.12).
        guard answer["state"] == state else {
            throw login.failure(.person, "the redirect bears another 'state' than was sent; it is not trusted")
        }
        try checkIssuer(answer["iss"])
        if let error = answer["error"] {
            let description = answer["error_description"].map { " (\(RedirectAnswer.readable($0)))" } ?? ""
            throw login.failure(
                .person, "the sign-in ended with \(RedirectAnswer.readable(error))\(description)", fault(of: error))
        }
        guard let code = answer["code"], !code.isEmpty else {
            throw login.failure(.person, "the redirect holds no 'code'")
        }
        return code
    }

    /// What the server has against the request rather than against the person (RFC 6749 §4.1.2.1).
    private func fault(of error: String) -> GivenPlaces.Fault? {
        switch error {
        case "invalid_scope": login.identity.scopeFault
        case "invalid_request", "unsupported_response_type": GivenPlaces.Fault(place: rules.span, remark: "")
        default: nil
        }
    }

    /// RFC 9207 §2.4: against mixing up servers.
    private func checkIssuer(_ issuer: String?) throws(CredentialError) {
        guard let issuer else {
            guard rules.requiresIssuer ?? endpoints.sendsIssuer else { return }
            throw login.failure(
                .person, "the redirect does not say who issued it ('iss', RFC 9207)",
                at: rules.issuerSpan)
        }
        guard let wanted = endpoints.issuer else { return }
        if issuer != wanted {
            throw login.failure(
                .person,
                "the redirect comes from the issuer '\(RedirectAnswer.readable(issuer))', not '\(wanted)'",
                login.identity.discoveryFault)
        }
    }
}

/// Proof Key for Code Exchange (RFC 7636).
struct PKCEProof {
    private let method: InteractiveRules.PKCE
    private let verifier: String

    init(_ method: InteractiveRules.PKCE, _ chance: Chance) {
        self.method = method
        verifier = chance.text(32)
    }

    init(_ method: InteractiveRules.PKCE, verifier: String) {
        self.method = method
        self.verifier = verifier
    }

    /// What nobody else may learn: the verifier, unless the challenge shows it anyway.
    var secret: String? { method == .s256 ? verifier : nil }

    /// RFC 7636 §4.2.
    var challenge: String {
        method == .plain ? verifier : SigningKey.segment(KeyedHash.hash(Array(verifier.utf8), .sha256))
    }

    var authorizeMembers: [(String, String)] {
        method == .off ? [] : [("code_challenge", challenge), ("code_challenge_method", method.rawValue)]
    }

    var tokenMembers: [(String, String)] { method == .off ? [] : [("code_verifier", verifier)] }
}

/// The parameters that the browser brings back.
struct RedirectAnswer {
    private var values: [String: String] = [:]

    init(_ target: String) {
        let query = target.firstIndex(of: "?").map { target[target.index(after: $0)...] } ?? ""
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = FormDecoding.text(parts[0])
            // RFC 6749 §3.1: no parameter stands twice.
            values[name] = values[name] == nil ? (parts.count == 2 ? FormDecoding.text(parts[1]) : "") : ""
        }
    }

    subscript(name: String) -> String? { values[name] }

    /// A text of the server for people: nothing in it moves the cursor or turns the line around (UAX #9 §2).
    static func readable(_ text: String) -> String {
        String(text.unicodeScalars.map { isHarmful($0) ? " " : Character($0) }.prefix(200))
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F, 0x061C: true
        default: false
        }
    }
}
