import Tokens

extension ResourceProbe {
    /// Must be let in: one blank or several stand behind the scheme (RFC 9110 §11.4).
    static let severalBlanks = ResourceProbe("N-30", class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            [
                try material.changing("with three blanks behind the scheme") { part in
                    part.scheme.map { "\($0)   \(part.content)" }
                }
            ]
        }
    }
}
