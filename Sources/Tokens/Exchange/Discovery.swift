import HTTP
import JSON
import Providers
import Secrets

/// Fetches what authorization servers say about themselves (OpenID Connect Discovery §4, RFC 8414 §3): once a run.
actor Discovery {
    private var known: [Wanted: Task<Result<Found, CredentialError>, Never>] = [:]

    /// Key sets that metadata led to, by address; fetched once a run, like the metadata.
    private var keySets: [HTTPURL: Task<PublishedKeys, Never>] = [:]

    func keys(at url: HTTPURL, fetch: @escaping @Sendable () async -> PublishedKeys) async -> PublishedKeys {
        let task = keySets[url] ?? Task { await fetch() }
        keySets[url] = task
        return await task.value
    }

    struct Found: Sendable {
        let endpoints: Endpoints
        /// For clients that show a certificate (RFC 8705 §5).
        let certified: Endpoints
        let metadata: ServerMetadata
    }

    struct Wanted: Hashable, Sendable {
        /// What the metadata must call itself; nil: anything.
        let issuer: String?
        /// The metadata's own URL.
        let url: HTTPURL?
    }

    /// - Throws: `CredentialError`; a failure is not remembered.
    func endpoints(
        _ wanted: Wanted, of identity: BoundIdentity, over transport: any HTTPTransport, _ redactor: Redactor
    ) async throws(CredentialError) -> Endpoints {
        let found = try await found(wanted, of: identity, over: transport, redactor)
        return identity.poolKey.tls == nil ? found.endpoints : found.certified
    }

    /// The document itself, for tests of the server.
    func metadata(
        _ wanted: Wanted, of identity: BoundIdentity, over transport: any HTTPTransport, _ redactor: Redactor
    ) async throws(CredentialError) -> ServerMetadata {
        try await found(wanted, of: identity, over: transport, redactor).metadata
    }

    private func found(
        _ wanted: Wanted, of identity: BoundIdentity, over transport: any HTTPTransport, _ redactor: Redactor
    ) async throws(CredentialError) -> Found {
        let task =
            known[wanted]
            ?? Task(executorPreference: transport.executor) {
                let fetch = MetadataFetch(wanted: wanted, identity: identity, transport: transport, redactor: redactor)
                do throws(CredentialError) {
                    return .success(try await fetch.run())
                } catch {
                    return .failure(error)
                }
            }
        known[wanted] = task
        // Only the end of a run cancels a token request; it ends for all who wait then.
        let result = await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
        if case .failure = result, known[wanted] == task { known[wanted] = nil }
        return try result.get()
    }
}

private struct MetadataFetch {
    let wanted: Discovery.Wanted
    let identity: BoundIdentity
    let transport: any HTTPTransport
    let redactor: Redactor

    func run() async throws(CredentialError) -> Discovery.Found {
        let places = try places()
        var last: HTTPResponse?
        for place in places {
            let response = try await get(place)
            guard response.status == 200 else {
                last = response
                continue
            }
            return try read(response, at: place)
        }
        let tried = places.map(\.text).joined(separator: " and ")
        throw failure(
            "there is no metadata at \(tried)" + (last.map { ": status \($0.status)" } ?? ""), status: last?.status)
    }

    private func places() throws(CredentialError) -> [HTTPURL] {
        if let url = wanted.url { return [url] }
        guard let issuer = wanted.issuer, let url = try? HTTPURL(parsing: issuer) else {
            throw failure("the issuer is not a URL")
        }
        guard url.query == nil else { throw failure("an issuer has no query") }
        var path = url.path
        while path.hasSuffix("/") { path.removeLast() }
        var openID = url
        openID.path = path + "/.well-known/openid-configuration"
        var oauth = url
        // RFC 8414 §3.1: the well-known part stands between host and path.
        oauth.path = "/.well-known/oauth-authorization-server" + path
        return [openID, oauth]
    }

    private func get(_ url: HTTPURL) async throws(CredentialError) -> HTTPResponse {
        let headers: HeaderFields = [HeaderField("Accept", "application/json")]
        do throws(TransportError) {
            return try await transport.send(
                HTTPRequest(.get, url, headers: headers, maxBody: 1 << 20), pool: identity.poolKey)
        } catch {
            throw failure(
                "no metadata from \(url.host) for '\(identity.name)': \(error.message)",
                kind: error.kind == .cancelled ? .cancelled : .transport)
        }
    }

    private func read(_ response: HTTPResponse, at place: HTTPURL) throws(CredentialError) -> Discovery.Found {
        guard let root = (try? JSONDocument.parse(response.body))?.root, root.kind == .object else {
            throw failure("the metadata at \(place.text) is not a JSON object")
        }
        var endpoints = Endpoints()
        endpoints.issuer = root["issuer"]?.string
        // RFC 8414 §3.3: identical, or an attacker's metadata could name another server's endpoints.
        if let wanted = wanted.issuer, endpoints.issuer != wanted {
            let found = endpoints.issuer.map { "'\(ForeignText.readable($0, redactor))'" } ?? "none"
            throw failure(
                "the metadata at \(place.text) names the issuer \(found), not '\(wanted)'; both must be written alike",
                identity.rules?.discovery?.issuer.map { identity.given.fault(in: $0) })
        }
        try read(root, at: place, into: &endpoints)
        var certified = endpoints
        if let aliases = root["mtls_endpoint_aliases"] { try read(aliases, at: place, into: &certified) }
        endpoints.sendsIssuer = root["authorization_response_iss_parameter_supported"]?.boolean ?? false
        certified.sendsIssuer = endpoints.sendsIssuer
        endpoints.discovered = endpoints.all
        certified.discovered = certified.all
        let metadata = ServerMetadata(
            url: place, response: response, members: root.value.object ?? [:], wantedIssuer: wanted.issuer)
        return Discovery.Found(endpoints: endpoints, certified: certified, metadata: metadata)
    }

    /// What an object of the metadata names; the rest stays.
    private func read(
        _ root: JSONNode, at place: HTTPURL, into endpoints: inout Endpoints
    ) throws(CredentialError) {
        endpoints.token = try url("token_endpoint", root, place) ?? endpoints.token
        endpoints.revoke = try url("revocation_endpoint", root, place) ?? endpoints.revoke
        endpoints.introspect = try url("introspection_endpoint", root, place) ?? endpoints.introspect
        endpoints.authorize = try url("authorization_endpoint", root, place) ?? endpoints.authorize
        endpoints.device = try url("device_authorization_endpoint", root, place) ?? endpoints.device
    }

    private func url(_ name: String, _ root: JSONNode, _ place: HTTPURL) throws(CredentialError) -> HTTPURL? {
        guard let text = root[name]?.string else { return nil }
        let url: HTTPURL
        do throws(HTTPURL.ParseError) {
            url = try HTTPURL(parsing: text)
        } catch {
            throw failure("the \(name) in the metadata at \(place.text) \(error.reason)")
        }
        // Metadata that came through TLS must not lead out of it.
        if url.scheme == "http", place.scheme == "https" {
            throw failure("the metadata at \(place.text) names a \(name) without TLS: \(url.origin)")
        }
        return url
    }

    /// - Parameter fault: nil: what led to the metadata.
    private func failure(
        _ message: String, _ fault: GivenPlaces.Fault? = nil, kind: CredentialError.Kind = .badAnswer,
        status: Int? = nil
    ) -> CredentialError {
        let fault = kind == .cancelled ? nil : fault ?? identity.discoveryFault
        return CredentialError(
            kind, identity: identity.name, redactor.redact(message + (fault?.remark ?? "")), status: status,
            place: fault?.place)
    }
}
