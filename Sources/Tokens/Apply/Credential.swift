package import Diagnostics
package import HTTP
package import Secrets

/// An identity's credential, ready to be put into requests: rendered once a token.
package struct Credential: Sendable {
    /// One place in a request and what stands there.
    package struct Placed: Sendable {
        package enum Place: Sendable, Hashable {
            case header, query, cookie, body, path
        }

        package let place: Place
        /// Of the field, parameter, cookie or member.
        package let name: String
        package let value: Secret
        /// nil: every method.
        package let methods: Set<HTTPMethod>?
        /// The placement in the provider's file; nil: it was made by a probe.
        let span: Span?

        package init(
            _ place: Place, _ name: String, _ value: Secret, methods: Set<HTTPMethod>? = nil, at span: Span? = nil
        ) {
            self.span = span
            self.place = place
            self.name = name
            self.value = value
            self.methods = methods
        }

        package func belongs(in request: HTTPRequest) -> Bool { methods?.contains(request.method) ?? true }
    }

    package let identity: String
    package let placements: [Placed]
    /// Of every call; what the request sets itself wins.
    package let fixedHeaders: HeaderFields
    package let hosts: HostGuard
    /// nil where the provider has none.
    package let baseURL: String?
    /// nil for static credentials.
    package let token: TokenInfo?
    package let poolKey: PoolKey
    /// Signs each request; nil where nothing is signed.
    let signer: (any RequestSigner)?

    /// Adds the credential to a request; header fields with it are marked as sensitive.
    ///
    /// - Throws: `.hostNotAllowed` where the request goes to a host that the credential is not for, `.profile` where the
    ///   body has no room for it. The request is unchanged then.
    package func apply(to request: inout HTTPRequest) throws(CredentialError) {
        // Without a credential in it a request may go anywhere.
        if !placements.isEmpty || signer != nil, let objection = hosts.objection(to: request.url) {
            throw CredentialError(.hostNotAllowed, identity: identity, "the credential of '\(identity)' \(objection)")
        }
        var changed = request
        for field in fixedHeaders where !changed.headers.contains(name: field.name) {
            let isAbsent = changed.withoutHeaders.contains { HeaderFields.sameName($0, field.name) }
            if !isAbsent { changed.headers.append(field) }
        }
        for placed in placements where placed.belongs(in: request) { try add(placed, to: &changed) }
        // Last: a signature covers what stands in the request.
        try signer?.sign(&changed)
        request = changed
    }

    /// The same with a proof of possession that should be refused; unchanged where the credential proves none.
    package func apply(to request: inout HTTPRequest, proving fault: ProofFault) throws(CredentialError) {
        try apply(to: &request)
        try (signer as? DPoPSigner)?.sign(&request, with: fault)
    }

    /// The same with other placements, and unsigned where asked: for requests that should be refused. It goes to the
    /// same hosts only.
    package func with(_ placements: [Placed], isSigned: Bool = true) -> Credential {
        Credential(
            identity: identity, placements: placements, fixedHeaders: fixedHeaders, hosts: hosts, baseURL: baseURL,
            token: token, poolKey: poolKey, signer: isSigned ? signer : nil)
    }

    /// Whether each call is signed.
    package var isSigned: Bool { signer != nil }

    private func add(_ placed: Placed, to request: inout HTTPRequest) throws(CredentialError) {
        let value = placed.value.reveal()
        switch placed.place {
        case .header:
            request.headers.removeAll(named: placed.name)
            request.headers.append(HeaderField(placed.name, value, isSensitive: true))
        case .query:
            let name = PercentEncoding.encode(placed.name)
            request.url.appendQuery("\(name)=\(PercentEncoding.encode(value))")
            request.sensitiveQuery.insert(name)
        case .cookie:
            let cookies = request.headers.values("Cookie") + ["\(placed.name)=\(value)"]
            request.headers.removeAll(named: "Cookie")
            request.headers.append(HeaderField("Cookie", cookies.joined(separator: "; "), isSensitive: true))
        case .path:
            let segments = value.split(separator: "/").map { PercentEncoding.encode(String($0)) }
            request.url.path = "/" + segments.joined(separator: "/") + request.url.path
            for segment in segments { request.sensitivePath[segment] = placed.value.label }
        case .body:
            do throws(BodyMember.Refusal) {
                try BodyMember(name: placed.name, value: value).add(to: &request)
            } catch {
                throw CredentialError(
                    .profile, identity: identity,
                    "the credential of '\(identity)' has no place in the body: \(error.reason)", place: placed.span)
            }
        }
    }
}
