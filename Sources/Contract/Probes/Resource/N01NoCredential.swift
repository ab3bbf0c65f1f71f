import Providers
import Tokens

extension ResourceProbe {
    /// Somebody who brings nothing: no header, parameter, cookie or member, no signature, no client certificate.
    static let noCredential = ResourceProbe("N-01", .noCredential, class: 1) { material in
        guard material.hasCredential else { return .impossible("the identity has no credential to leave out") }
        return material.attempt { () throws(CredentialError) in [try material.bare("without credential")] }
    }
}
