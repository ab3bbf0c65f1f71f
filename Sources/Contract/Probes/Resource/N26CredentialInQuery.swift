import Providers
import Tokens

extension ResourceProbe {
    /// The right token in the URL, where logs and caches keep it (RFC 9700 §4.3.2).
    static let credentialInQuery = ResourceProbe("N-26", .credentialInQuery, class: 2) { material in
        material.inQuery { moved in
            material.attempt { () throws(CredentialError) in
                let rest = material.placements.enumerated().filter { place in
                    !moved.contains { $0.index == place.offset }
                }
                let names = moved.map { "'\($0.placed.name)'" }.joined(separator: " and ")
                return [
                    try material.derived(
                        "with the credential as the parameter \(names) of the URL, not in its place",
                        rest.map(\.element) + moved.map(\.placed), isSigned: false)
                ]
            }
        }
    }
}
