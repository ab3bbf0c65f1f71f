import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

/// Gets a token with a person's agreement: authorization code with PKCE (RFC 6749 §4.1, RFC 7636), device code
/// (RFC 8628).
struct InteractiveLogin {
    let exchange: TokenExchange
    let builder: TokenRequestBuilder

    var identity: BoundIdentity { builder.identity }

    func run() async throws(CredentialError) -> StoredToken {
        guard let rules = builder.rules.interactive else {
            throw failure(.profile, "nothing says where a person agrees", at: builder.rules.span)
        }
        switch exchange.person {
        case .atDesk(let desk): return try await ask(desk, rules)
        case .absent(let reason):
            throw failure(
                .person,
                "'\(identity.name)' needs a person who agrees (grant \(builder.rules.grant.rawValue)), and \(reason)")
        }
    }

    private func ask(_ desk: PersonDesk, _ rules: InteractiveRules) async throws(CredentialError) -> StoredToken {
        guard await desk.turn.begin() else { throw ended }
        do throws(CredentialError) {
            let token =
                if builder.rules.grant == .deviceCode {
                    try await DeviceLogin(login: self, desk: desk, rules: rules).run()
                } else {
                    try await BrowserLogin(login: self, desk: desk, rules: rules).run()
                }
            await desk.turn.end()
            return token
        } catch {
            await desk.turn.end()
            throw error
        }
    }

    var ended: CredentialError { failure(.cancelled, "the run ended while waiting for a person") }

    /// - Parameter span: what in the provider's file is at fault.
    func failure(_ kind: CredentialError.Kind, _ message: String, at span: Span? = nil) -> CredentialError {
        CredentialError(kind, identity: identity.name, exchange.redactor.redact(message), place: span)
    }

    func failure(
        _ kind: CredentialError.Kind, _ message: String, _ fault: GivenPlaces.Fault?
    ) -> CredentialError {
        failure(kind, message + (fault?.remark ?? ""), at: fault?.place)
    }

    /// `name=value` pairs of the profile's `params`.
    func params(_ rules: InteractiveRules) throws(CredentialError) -> [(name: String, value: String)] {
        var members = RequestMembers()
        for param in rules.params {
            members.set(param.name, try json(param.value))
        }
        do throws(RequestMembers.NotText) {
            return try members.pairs()
        } catch {
            throw failure(
                .profile, "'\(error.name)' of 'interactive' is an object, which a URL cannot hold", at: rules.span)
        }
    }

    private func json(_ template: JSONTemplate) throws(CredentialError) -> JSONValue {
        let scope = builder.scope()
        return try builder.filled { () throws(Diagnostic) in try template.value(scope).json }
    }

    var scopeText: String? {
        identity.scope.isEmpty ? nil : identity.scope.joined(separator: builder.rules.scope.separator)
    }

    func clientID() throws(CredentialError) -> String {
        guard let template = identity.clientAuth.id else {
            throw failure(.profile, "the client has no id", at: builder.rules.span)
        }
        return try builder.text(template, builder.scope()).text
    }
}
