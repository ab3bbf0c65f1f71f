import Providers
import Tokens

extension ResourceProbe {
    /// A credential of several parts with one of them missing.
    static let partialCredential = ResourceProbe("N-49", .partialCredential, class: 2) { material in
        let parts = material.parts
        let (isSigned, hasCertificate) = (material.credential.isSigned, material.hasCertificate)
        guard parts.count + (isSigned ? 1 : 0) + (hasCertificate ? 1 : 0) > 1 else {
            return .impossible("the credential has one part only")
        }
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for part in parts {
                let others = material.placements.enumerated().filter { $0.offset != part.index }.map(\.element)
                requests.append(try material.derived("without \(part.location)", others))
            }
            if isSigned {
                requests.append(try material.derived("without the signature", material.placements, isSigned: false))
            }
            if hasCertificate {
                requests.append(
                    try material.derived("without the client certificate", material.placements, keepsCertificate: false)
                )
            }
            return requests
        }
    }
}
