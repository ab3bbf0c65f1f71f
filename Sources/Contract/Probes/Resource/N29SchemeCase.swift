import Tokens

extension ResourceProbe {
    /// Must be let in: the scheme is matched without case (RFC 9110 §11.1).
    static let schemeCase = ResourceProbe("N-29", class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            let own = parts[0].scheme ?? ""
            let mixed = own.enumerated().map { place, letter in
                place.isMultiple(of: 2) ? letter.lowercased() : letter.uppercased()
            }
            var requests: [DerivedRequest] = []
            for word in [own.lowercased(), own.uppercased(), mixed.joined()] where word != own {
                requests.append(
                    try material.changing("with the scheme written '\(word)'") { part in
                        part.scheme == own ? "\(word) \(part.content)" : nil
                    })
            }
            return requests
        }
    }
}
