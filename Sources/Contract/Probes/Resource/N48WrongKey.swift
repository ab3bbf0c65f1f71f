import HTTP
import Secrets
import Tokens

extension ResourceProbe {
    /// A static key: wrong, cut short, and in another place.
    static let wrongKey = ResourceProbe("N-48", class: 2) { material in
        let parts = material.parts
        guard material.credential.token == nil, let part = parts.first else {
            return .impossible("the credential is no static key")
        }
        if parts.contains(where: \.isBasic) { return .impossible("the credential is a user name and a password") }
        return material.attempt { () throws(CredentialError) in
            var requests = [
                try material.changing("with a wrong key of the same length") {
                    $0.value(core: FakeCredential.like($0.core))
                },
                try material.changing("with the second half of the key removed") {
                    $0.value(core: String($0.core.prefix($0.core.count / 2)))
                },
            ]
            if let moved = part.elsewhere {
                let others = material.placements.enumerated().filter { $0.offset != part.index }.map(\.element)
                let words = moved.place == .query ? "as a parameter of the URL" : "as a header field"
                requests.append(
                    try material.derived("with the key \(words) instead", others + [moved], isSigned: false))
            }
            return requests
        }
    }
}

extension CredentialPart {
    /// A key in a header as a parameter, and the other way round.
    fileprivate var elsewhere: Credential.Placed? {
        let place: Credential.Placed.Place? =
            switch placed.place {
            case .header: .query
            case .query: .header
            case .cookie, .body, .path: nil
            }
        guard let place, place == .query || HeaderFields.isToken(placed.name) else { return nil }
        return Credential.Placed(place, placed.name, Secret(core, label: placed.value.label))
    }
}
