import HTTP
import Tokens

extension ResourceProbe {
    /// TRACE sends back what it got (RFC 9110 §9.3.8); sent without anything worth reading.
    static let trace = ResourceProbe("RES-35", class: 1) { material in
        guard let method = HTTPMethod(rawValue: "TRACE") else { return .impossible("it is no method") }
        return material.attempt { () throws(CredentialError) in
            [
                try material.bare("without credential, by TRACE") { request in
                    request.method = method
                    request.body = .none
                }
            ]
        }
    }
}
