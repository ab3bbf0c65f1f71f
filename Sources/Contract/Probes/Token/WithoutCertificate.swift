import Providers
import Tokens

extension TokenProbe {
    /// RFC 8705 §2: the name of the client, and nothing that shows that it is it.
    static let withoutCertificate = TokenProbe("POP-11", class: 3, isFailedLogin: true, mayGrant: true) {
        (material) throws(Impossible) in
        guard material.identity.clientAuth.method == .tls else {
            throw Impossible("the client logs in without a certificate")
        }
        var derived = DerivedTokenRequest(
            sent: "the token request without the client certificate", request: material.login)
        derived.keepsCertificate = false
        return [derived]
    }
}
