import Providers
import Tokens

extension ResourceProbe {
    /// The right token without the word before it.
    static let bareCredential = ResourceProbe("N-06", .bareCredential, class: 2) { material in
        material.withScheme { (parts) throws(CredentialError) in
            let sent = "with the credential, but without the word '\(parts[0].scheme ?? "")' before it"
            return [try material.changing(sent) { part in part.scheme.map { _ in part.content } }]
        }
    }
}
