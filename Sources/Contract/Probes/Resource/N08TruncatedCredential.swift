import Providers
import Tokens

extension ResourceProbe {
    /// A credential cut short: stores that compare beginnings take it.
    static let truncatedCredential = ResourceProbe("N-08", .alteredCredential, class: 2) { material in
        let parts = material.parts
        guard let first = parts.first else {
            return .impossible("the credential is a signature, which differs with every request")
        }
        // Each wrong password counts as a failed login.
        if parts.contains(where: \.isBasic) { return .impossible("a password is altered once (N-09), not cut as well") }
        let cut = min(8, first.core.count / 2)
        guard cut > 0 else { return .impossible("the credential is too short to be cut") }
        let kind = material.credential.token == nil ? "credential" : "token"
        return material.attempt { () throws(CredentialError) in
            [
                try material.changing("with the last \(cut) characters of the \(kind) removed") { part in
                    part.value(core: String(part.core.dropLast(min(8, part.core.count / 2))))
                }
            ]
        }
    }
}
