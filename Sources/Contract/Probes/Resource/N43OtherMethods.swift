import HTTP
import Tokens

extension ResourceProbe {
    /// HEAD is guarded like GET (RFC 9110 §9.3.2), and OPTIONS tells nothing.
    static let otherMethods = ResourceProbe("N-43", class: 1) { material in
        guard material.hasCredential else { return .impossible("the identity has no credential to leave out") }
        guard material.request.method == .get else { return .impossible("it is no GET") }
        return material.attempt { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for method in [HTTPMethod.head, .options] {
                requests.append(
                    try material.bare("without credential, by \(method)") { request in
                        request.method = method
                        request.body = .none
                    })
            }
            return requests
        }
    }
}
