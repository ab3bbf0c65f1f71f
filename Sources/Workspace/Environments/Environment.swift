package import Diagnostics
package import HTTP
package import JSON
package import Secrets

/// An environment: variables, who may send, and where their secrets come from.
package struct Environment: Sendable {
    package enum Safety: String, Sendable, CaseIterable {
        case full, normal
        case readOnly = "read-only"
    }

    package let file: SourceFile
    /// Those it extends, the nearest first.
    package var bases: [SourceFile] = []
    package let name: String
    package let safety: Safety
    package let variables: VariableSet
    package let identities: [IdentitySpec]
    package let groups: [IdentityGroup]

    package subscript(identity name: String) -> IdentitySpec? { identities.first { $0.name == name } }

    /// Paths of everything that is read for it: its files, and those of secrets and certificates.
    package var inputs: [String] { ([file] + bases).map(\.path) + identities.flatMap(\.files) }
}

/// An identity as the file says it; secrets are bindings, not values.
package struct IdentitySpec: Sendable {
    package let name: String
    package let span: Span
    package let provider: Named
    package let variant: Named?
    package let vars: [(name: Named, value: String)]
    /// Replaces the provider's scopes.
    package let scope: [String]?
    package let secrets: [(name: Named, binding: SecretBinding)]
    /// Secrets that the file binds, those with mistakes in their binding included.
    package let boundNames: Set<String>
    package let from: SecretBinding?
    /// Shown to servers that ask for a certificate.
    package let tls: TLSClientIdentity?
    /// Values that belong to this identity; variables of the requests it sends.
    package let owns: [(name: Named, value: JSONValue)]

    /// Paths of the files that its secrets and its certificate come from.
    package var files: [String] {
        (secrets.map(\.binding) + [from].compactMap(\.self)).flatMap(\.source.files)
            + [tls?.certificate, tls?.key].compactMap(\.self)
    }

    /// Secrets that stand in the file in clear.
    package var hasLiterals: Bool { secrets.contains { $0.binding.source.isLiteral } }
}

package struct IdentityGroup: Sendable {
    package let name: Named
    package let members: [Named]
}
