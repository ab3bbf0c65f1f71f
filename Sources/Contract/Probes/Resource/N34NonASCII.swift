import Tokens

extension ResourceProbe {
    /// Bytes above 0x7F in an invented credential.
    static let nonASCII = ResourceProbe("N-34", class: 1) { material in
        guard !material.parts.isEmpty else { return .impossible("nothing of the credential stands in the request") }
        return material.attempt { () throws(CredentialError) in
            [
                try material.changing("with an invented credential that holds a letter outside ASCII") { part in
                    part.value(everything: FakeCredential.word(12) + "é")
                }
            ]
        }
    }
}
