package import HTTP
package import Templates

/// How a token is fetched, read and renewed.
package struct TokenRules: Sendable {
    /// A preset: it fills in members of the request, all of which can be overridden.
    package enum Grant: String, CaseIterable, Sendable {
        case clientCredentials = "client_credentials"
        case password
        case refreshToken = "refresh_token"
        /// No `grant_type`, no client authentication: the body says everything.
        case login

        package var isOAuth: Bool { self != .login }
    }

    package let grant: Grant
    package let request: TokenRequestRules
    package let clientAuth: ClientAuthRules
    package let scope: ScopeRules
    /// Further members of the request: `audience`, `resource`.
    package let params: [(name: String, value: JSONTemplate)]
    package let response: TokenResponseRules
    package let refresh: RefreshRules
}

/// A token request as its profile writes it.
package struct TokenRequestRules: Sendable {
    /// How the members are written.
    package enum Format: String, CaseIterable, Sendable {
        case form, json, query, text, none
    }

    package let method: HTTPMethod
    package let url: URLTemplate
    package let headers: [NamedTemplate]
    package let query: [(name: String, value: JSONTemplate)]
    package let format: Format
    package let body: JSONTemplate?
}

/// How the client shows who it is (RFC 6749 §2.3.1).
package struct ClientAuthRules: Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case body, basic, none
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

    package static let none = ClientAuthRules(
        method: .none, id: nil, secret: nil, idField: "client_id", secretField: "client_secret", scheme: "Basic",
        encoding: .raw)
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

    package static let standard = ScopeRules(
        values: [], field: "scope", form: .string, separator: " ", omitWhenEmpty: true)
}
