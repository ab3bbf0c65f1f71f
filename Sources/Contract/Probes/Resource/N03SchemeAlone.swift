import Providers
import Tokens

extension ResourceProbe {
    /// `Bearer`, and nothing else.
    static let schemeAlone = ResourceProbe("N-03", .emptyCredential, class: 1) { material in
        material.withScheme { (parts) throws(CredentialError) in
            [try material.changing("with the word '\(parts[0].scheme ?? "")' alone") { $0.scheme ?? "" }]
        }
    }
}
