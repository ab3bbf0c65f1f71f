package import Diagnostics
package import JSON
package import Templates

/// What another installation of the same API does differently: a sandbox, a region.
package struct ProviderVariant: Sendable {
    package let name: String
    package let vars: [String: String]
    /// The name of a secret → that of the one that takes its place.
    package let secrets: [String: String]
    package let baseURL: URLTemplate?
    package let tokenURL: URLTemplate?
    package let hosts: [Template]?
    package let clientAuth: ClientAuthRules?
    package let help: String
    package let span: Span

    /// " in its variant 'sandbox'", for messages about a secret that only the variant asks for.
    package func phrase(of secret: SecretSpec) -> String {
        secrets.values.contains(secret.name) ? " in its variant '\(name)'" : ""
    }
}

/// What the document of an identity's `from` must be like.
package struct FromRules: Sendable {
    /// Values that must stand at these places.
    package let require: [Requirement]
    /// When the document ends: its source is then read again. nil: it is read once.
    package let expiry: ExpiryRules?

    package struct Requirement: Sendable {
        package let pointer: JSONPointer
        package let value: JSONValue
    }

    package static let none = FromRules(require: [], expiry: nil)
}
