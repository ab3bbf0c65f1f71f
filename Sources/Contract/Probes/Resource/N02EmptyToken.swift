import Providers
import Tokens

extension ResourceProbe {
    /// `Bearer` and a blank, and nothing behind it.
    static let emptyToken = ResourceProbe("N-02", .emptyCredential, class: 1) { material in
        material.withScheme { (parts) throws(CredentialError) in
            let scheme = parts[0].scheme ?? ""
            return [
                try material.changing("with '\(scheme)' and a blank, but no credential behind it") { part in
                    part.scheme.map { $0 + " " } ?? ""
                }
            ]
        }
    }
}
