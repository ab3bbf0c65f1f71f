import Secrets
import Tokens

extension ResourceProbe {
    /// Two credentials in one field; it takes one (RFC 9110 §11.6.2).
    static let joinedCredentials = ResourceProbe("N-33", class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            [
                try material.changing("with a right and a wrong credential in one field, a comma between them") {
                    part in
                    guard part.scheme != nil else { return nil }
                    return part.placed.value.reveal() + ", " + part.value(everything: FakeCredential.like(part.core))
                }
            ]
        }
    }
}
