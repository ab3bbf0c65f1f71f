package import Diagnostics
package import JSON

/// A secret that a provider needs; its value is bound in an environment.
package struct SecretSpec: Sendable {
    package let name: String
    /// false: shown in reports (a client id).
    package let isSensitive: Bool
    package let isRequired: Bool
    /// Where it stands in the document of the identity's `from`.
    package let pointer: JSONPointer?
    package let format: Format
    package let help: String
    package let span: Span

    /// What kind of text it is; checked when it is bound, so that a key that is none is found before anything is sent.
    package enum Format: String, CaseIterable, Sendable {
        /// Any text; control characters are none.
        case text
        /// RFC 7468: one block or several.
        case pem
        /// RFC 7517: one key.
        case jwk
        case json
    }
}
