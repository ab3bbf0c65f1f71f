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
    package let help: String
    package let span: Span
}
