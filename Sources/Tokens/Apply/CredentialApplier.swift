import Diagnostics
import HTTP
import JSON
import Providers
package import Secrets
package import Templates

/// Renders the placements of an identity.
package struct CredentialApplier: Sendable {
    let functions: FunctionTable
    let redactor: Redactor
    let clock: TokenClock
    let chance: Chance

    /// - Parameters:
    ///   - clock: for the times in signatures.
    ///   - chance: for their nonces.
    package init(
        functions: FunctionTable, redactor: Redactor, clock: TokenClock = .system, chance: Chance = .system
    ) {
        self.functions = functions
        self.redactor = redactor
        self.clock = clock
        self.chance = chance
    }

    /// The credential of a provider that fetches no token.
    ///
    /// - Throws: `CredentialError` where a template has no value for this identity.
    package func credential(for identity: BoundIdentity) throws(CredentialError) -> Credential {
        try credential(for: identity, token: nil)
    }

    /// The credential with a token that has been fetched, or of a static provider without one.
    ///
    /// - Throws: `CredentialError` where a template has no value for this identity.
    func credential(for identity: BoundIdentity, token: StoredToken?) throws(CredentialError) -> Credential {
        let scope = scope(identity, token)
        return Credential(
            identity: identity.name, placements: try placements(identity, scope),
            fixedHeaders: try fixedHeaders(identity, scope),
            hosts: identity.guardedHosts, baseURL: try baseURL(identity, scope), token: token?.info,
            poolKey: identity.poolKey, signer: try signer(identity, scope, token))
    }

    /// The credential with the dates and random values of another call; its signer stays, for it counts its calls.
    func again(
        _ credential: Credential, for identity: BoundIdentity, token: StoredToken?
    ) throws(CredentialError) -> Credential {
        let scope = scope(identity, token)
        return Credential(
            identity: identity.name, placements: try placements(identity, scope),
            fixedHeaders: try fixedHeaders(identity, scope), hosts: credential.hosts, baseURL: credential.baseURL,
            token: credential.token, poolKey: credential.poolKey, signer: credential.signer)
    }

    private func scope(_ identity: BoundIdentity, _ token: StoredToken?) -> Scope {
        var layers = [identity.layer]
        if let token { layers.append(TokenLayer.of(token, hosts: identity.hosts)) }
        return Scope(layers, functions: functions, redactor: redactor)
    }

    private func placements(
        _ identity: BoundIdentity, _ scope: Scope
    ) throws(CredentialError) -> [Credential.Placed] {
        var placements: [Credential.Placed] = []
        for placement in identity.provider.placements {
            if let placed = try placed(placement, identity, scope) { placements.append(placed) }
        }
        return placements
    }

    private func signer(
        _ identity: BoundIdentity, _ scope: Scope, _ token: StoredToken?
    ) throws(CredentialError) -> (any RequestSigner)? {
        guard let rules = identity.provider.sign else { return nil }
        let context = SigningContext(identity: identity.name, redactor: redactor, clock: clock, chance: chance)
        return try SignerMaker(identity: identity, scope: scope, context: context)
            .signer(rules, token: token?.info.value)
    }

    private func placed(
        _ placement: Placement, _ identity: BoundIdentity, _ scope: Scope
    ) throws(CredentialError) -> Credential.Placed? {
        if let condition = placement.condition {
            let value = try filled(identity) { () throws(Diagnostic) in try condition.value(scope) }.json
            if value == .null || value == .string("") { return nil }
        }
        let name = try text(placement.name, identity, scope)
        let value = try value(placement, identity, scope)
        if placement.kind == .header || placement.kind == .cookie || placement.kind == .basic {
            guard HeaderFields.isToken(name) else {
                throw profile("'\(name)' is not a header name", identity, identity.given.fault(in: placement.name))
            }
            // RFC 6265 §4.1.1: what is behind a semicolon would be another cookie.
            guard placement.kind != .cookie || !value.text.contains(";") else {
                throw profile(
                    "the cookie \(name) would hold a semicolon; write url(…) around its value", identity,
                    identity.given.fault(in: placement.content.template))
            }
            guard HeaderFields.isSafeValue(value.text) else {
                throw profile(
                    "\(name) would hold a control character", identity,
                    identity.given.fault(in: placement.content.template))
            }
        }
        let label = "\(identity.name).\(name.lowercased())"
        // A placement may also send what is no secret: a tenant's name.
        if value.taint != nil { redactor.register(value.text, label: label) }
        let place: Credential.Placed.Place =
            switch placement.kind {
            case .header, .basic: .header
            case .query: .query
            case .cookie: .cookie
            case .body: .body
            case .path: .path
            }
        return Credential.Placed(
            place, name, Secret(value.text, label: label), methods: placement.methods, at: placement.span)
    }

    private func value(
        _ placement: Placement, _ identity: BoundIdentity, _ scope: Scope
    ) throws(CredentialError) -> RenderedText {
        switch placement.content {
        case .value(let template): return try filled(identity) { () throws(Diagnostic) in try template.text(scope) }
        case .basic(let username, let password):
            let name = try text(username, identity, scope)
            let secret = try filled(identity) { () throws(Diagnostic) in try password.text(scope) }
            // RFC 7617 §2: everything behind the first colon is the password.
            if name.contains(":") {
                throw profile(
                    "a user name with a colon cannot be sent by HTTP Basic", identity,
                    identity.given.fault(in: username))
            }
            return RenderedText("Basic " + Base64.encode(Array("\(name):\(secret.text)".utf8)), taint: secret.taint)
        }
    }

    private func fixedHeaders(_ identity: BoundIdentity, _ scope: Scope) throws(CredentialError) -> HeaderFields {
        var fields = HeaderFields()
        for header in identity.provider.headers {
            let value = try text(header.value, identity, scope)
            guard HeaderFields.isSafeValue(value) else {
                throw profile(
                    "the header \(header.name) would hold a control character", identity,
                    identity.given.fault(in: header.value))
            }
            fields.append(HeaderField(header.name, value))
        }
        return fields
    }

    private func baseURL(_ identity: BoundIdentity, _ scope: Scope) throws(CredentialError) -> String? {
        if let known = identity.baseURL { return known }
        guard let template = identity.baseURLTemplate else { return nil }
        let text = try filled(identity) { () throws(Diagnostic) in try template.text(scope) }.text
        guard let url = try? HTTPURL(parsing: text) else {
            throw profile(
                "the base URL that the token answer gives is not a URL", identity,
                identity.given.fault(in: template.template))
        }
        return url.text.hasSuffix("/") ? String(url.text.dropLast()) : url.text
    }

    private func text(
        _ template: Template, _ identity: BoundIdentity, _ scope: Scope
    ) throws(CredentialError) -> String {
        try filled(identity) { () throws(Diagnostic) in try template.text(scope) }.text
    }

    private func filled<Value>(
        _ identity: BoundIdentity, _ body: () throws(Diagnostic) -> Value
    ) throws(CredentialError) -> Value {
        do throws(Diagnostic) {
            return try body()
        } catch {
            throw profile(error.title, identity, .init(place: error.span ?? identity.span, remark: ""))
        }
    }

    private func profile(_ reason: String, _ identity: BoundIdentity, _ fault: GivenPlaces.Fault) -> CredentialError {
        let message = "the credential of '\(identity.name)' cannot be made: \(reason)\(fault.remark)"
        return CredentialError(.profile, identity: identity.name, redactor.redact(message), place: fault.place)
    }
}

extension Placement.Content {
    /// What may be wrong with the whole.
    fileprivate var template: Template {
        switch self {
        case .value(let value): value
        case .basic(_, let password): password
        }
    }
}
