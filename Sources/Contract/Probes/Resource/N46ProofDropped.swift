import Providers
import Tokens

extension ResourceProbe {
    /// A token that is bound to a key, sent as if it were not (RFC 9449 §7.2).
    static let proofDropped = ResourceProbe("N-46", class: 2) { material in
        guard case .dpop(_)? = material.identity.provider.sign else {
            return .impossible("the credential is bound to no key")
        }
        return material.withScheme { (parts) throws(CredentialError) in
            let placements = material.placements.enumerated().map { place, placed in
                parts.first { $0.index == place }.map { placed.with("Bearer \($0.content)") } ?? placed
            }
            return [
                try material.derived(
                    "as 'Bearer', without the proof of its key (field DPoP)", placements, isSigned: false)
            ]
        }
    }
}
