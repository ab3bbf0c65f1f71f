package import Diagnostics
package import HTTP
package import Templates

/// One place in a request that the credential goes to.
package struct Placement: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case header, query, cookie, body
        /// Before the path of the URL: `/bot{{secret.token}}`.
        case path
        /// `Authorization: Basic` (RFC 7617).
        case basic
    }

    package enum Content: Sendable {
        case value(Template)
        case basic(username: Template, password: Template)
    }

    package let kind: Kind
    /// The name of the field, parameter, cookie or member; `Authorization` for `basic`.
    package let name: Template
    package let content: Content
    /// nil: every method.
    package let methods: Set<HTTPMethod>?
    /// Only where this has a value.
    package let condition: Template?
    package let span: Span
}
