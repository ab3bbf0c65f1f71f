package import HTTP

/// The URLs of an authorization server: from the profile, or as the server describes itself.
package struct Endpoints: Sendable, Hashable {
    package var token: HTTPURL?
    package var revoke: HTTPURL?
    package var introspect: HTTPURL?
    package var authorize: HTTPURL?
    package var device: HTTPURL?
    /// As the metadata has it.
    package var issuer: String?
    /// `authorization_response_iss_parameter_supported` (RFC 9207 §3).
    package var sendsIssuer = false
    /// Those that the metadata named: whoever trusts the issuer trusts them.
    package var discovered: Set<HTTPURL> = []

    package init() {}

    var all: Set<HTTPURL> { Set([token, revoke, introspect, authorize, device].compactMap(\.self)) }
}
