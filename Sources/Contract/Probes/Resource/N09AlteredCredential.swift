import Providers
import Tokens

extension ResourceProbe {
    /// One character of an opaque token, a key or a password changed.
    static let alteredCredential = ResourceProbe("N-09", .alteredCredential, class: 2) { material in
        let opaque = material.parts.filter { $0.jwt == nil }
        guard let first = opaque.first else {
            return .impossible(
                material.parts.isEmpty
                    ? "the credential is a signature, which is altered otherwise (N-52)"
                    : "the token is a JWT, whose signature is altered instead (N-11)")
        }
        let kind = first.isBasic ? "password" : material.credential.token == nil ? "credential" : "token"
        return material.attempt { () throws(CredentialError) in
            [
                try material.changing("with one character in the middle of the \(kind) changed") { part in
                    part.jwt == nil ? part.value(core: FakeCredential.altered(part.core)) : nil
                }
            ]
        }
    }
}
