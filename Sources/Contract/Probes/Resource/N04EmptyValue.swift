import Providers
import Tokens

extension ResourceProbe {
    /// The place of the credential is there, with nothing in it.
    static let emptyValue = ResourceProbe("N-04", .emptyCredential, class: 1) { material in
        material.attempt { () throws(CredentialError) in
            let parts = material.parts.filter { $0.placed.place != .path }
            if !parts.isEmpty {
                let places = parts.map(\.location).joined(separator: " and ")
                return [try material.changing("with \(places) empty") { $0.placed.place == .path ? nil : "" }]
            }
            return try SignatureFields(material).map { [$0.emptied("with the fields of the signature empty")] } ?? []
        }.orImpossible("the credential has no place of its own that could be empty")
    }
}
