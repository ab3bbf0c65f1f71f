import Tokens

extension ResourceProbe {
    /// Let in or not, but never a failure of the server.
    static let oddBlanks = ResourceProbe("N-31", class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            [
                try material.changing("with a tab behind the scheme") { part in
                    part.scheme.map { "\($0)\t\(part.content)" }
                },
                try material.changing("with a blank behind the credential") { part in
                    part.scheme.map { "\($0) \(part.content) " }
                },
            ]
        }
    }
}
