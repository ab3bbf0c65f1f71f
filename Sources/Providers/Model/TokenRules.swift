package import Diagnostics
package import HTTP
package import Templates

/// How a token is fetched, read and renewed.
package struct TokenRules: Sendable {
    /// A preset: it fills in members of the request, all of which can be overridden.
    package enum Grant: String, CaseIterable, Sendable {
        case clientCredentials = "client_credentials"
        case password
        case refreshToken = "refresh_token"
        /// RFC 7523 §2.1.
        case jwtBearer = "jwt_bearer"
        /// RFC 8693.
        case tokenExchange = "token_exchange"
        /// RFC 8628.
        case deviceCode = "device_code"
        case authorizationCode = "authorization_code"
        /// No `grant_type`, no client authentication: the body says everything.
        case login

        package var isOAuth: Bool { self != .login }
        /// A person has to agree.
        package var isInteractive: Bool { self == .deviceCode || self == .authorizationCode }

        /// As `grant_type` has it.
        package var wireName: String {
            switch self {
            case .jwtBearer: "urn:ietf:params:oauth:grant-type:jwt-bearer"
            case .tokenExchange: "urn:ietf:params:oauth:grant-type:token-exchange"
            case .deviceCode: "urn:ietf:params:oauth:grant-type:device_code"
            case .clientCredentials, .password, .refreshToken, .authorizationCode, .login: rawValue
            }
        }
    }

    package let grant: Grant
    /// nothing is fetched: the token is a JWT that the client signs.
    package let isSelfSigned: Bool
    package let discovery: DiscoveryRules?
    package let steps: [StepRules]
    package let assertion: AssertionRules?
    package let request: TokenRequestRules
    package let clientAuth: ClientAuthRules
    package let scope: ScopeRules
    /// Further members of the request: `audience`, `resource`.
    package let params: [(name: String, value: JSONTemplate)]
    package let response: TokenResponseRules
    package let refresh: RefreshRules
    package let interactive: InteractiveRules?
    package let revoke: EndpointRules?
    package let introspect: EndpointRules?
    package let span: Span
}

/// A token request as its profile writes it.
package struct TokenRequestRules: Sendable {
    /// How the members are written.
    package enum Format: String, CaseIterable, Sendable {
        case form, json, query, xml, text, none
    }

    package let method: HTTPMethod
    /// nil: by discovery, or because nothing is fetched.
    package let url: URLTemplate?
    package let headers: [NamedTemplate]
    package let query: [(name: String, value: JSONTemplate)]
    package let format: Format
    package let body: JSONTemplate?

    /// A form by POST, to an endpoint that is known otherwise.
    package static func form(headers: [NamedTemplate]) -> TokenRequestRules {
        TokenRequestRules(method: .post, url: nil, headers: headers, query: [], format: .form, body: nil)
    }
}

/// How the client shows who it is (RFC 6749 §2.3.1).
package struct ClientAuthRules: Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case body, basic, none
        /// RFC 7523 §2.2.
        case privateKeyJWT = "private_key_jwt"
        case clientSecretJWT = "client_secret_jwt"
        /// The client certificate (RFC 8705 §2).
        case tls

        package var isAssertion: Bool { self == .privateKeyJWT || self == .clientSecretJWT }
    }

    /// Whether id and secret are form-encoded before base64: RFC 6749 §2.3.1 says so, most servers do not.
    package enum Encoding: String, CaseIterable, Sendable {
        case raw, form
    }

    package let method: Method
    package let id: Template?
    package let secret: Template?
    package let idField: String
    package let secretField: String
    package let scheme: String
    package let encoding: Encoding
    /// nil: that of `auth`.
    package let assertion: AssertionRules?

    package static let none = ClientAuthRules(
        method: .none, id: nil, secret: nil, idField: "client_id", secretField: "client_secret", scheme: "Basic",
        encoding: .raw, assertion: nil)
}

/// How scopes are asked for.
package struct ScopeRules: Sendable {
    package enum Form: String, CaseIterable, Sendable {
        /// One text, joined with the separator.
        case string
        /// A JSON array.
        case array
        /// The name once per scope.
        case `repeat`
    }

    package let values: [String]
    package let field: String
    package let form: Form
    package let separator: String
    package let omitWhenEmpty: Bool
    /// The scopes in their file; nil: nothing stands there.
    package let span: Span?

    package static let standard = ScopeRules(
        values: [], field: "scope", form: .string, separator: " ", omitWhenEmpty: true, span: nil)
}
