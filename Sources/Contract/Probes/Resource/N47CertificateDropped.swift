import Tokens

extension ResourceProbe {
    /// A token without the client certificate it was made for (RFC 8705 §3).
    static let certificateDropped = ResourceProbe("N-47", class: 2) { material in
        guard material.hasCertificate else { return .impossible("the identity has no client certificate") }
        guard !material.placements.isEmpty else { return .impossible("the certificate is the whole credential") }
        return material.attempt { () throws(CredentialError) in
            [
                try material.derived(
                    "with the token, but without the client certificate", material.placements, keepsCertificate: false)
            ]
        }
    }
}
