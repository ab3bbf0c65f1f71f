import HTTP
import Tokens

extension ResourceProbe {
    /// A proof that was made for something else, and a good one twice (RFC 9449 §4.3, §7.1, §11.1).
    static let wrongProof = ResourceProbe("POP-04", class: 2) { material in
        material.withProof { () throws(CredentialError) in
            var requests: [DerivedRequest] = []
            for fault in ProofFault.misuse {
                var request = material.request
                try material.credential.apply(to: &request, proving: fault)
                requests.append(DerivedRequest(sent: fault.phrase, request: request))
            }
            // What was sent for the first time is no probe, but without it the second is not the second.
            let first = try material.derived("with a proof that is used again below", material.placements)
            requests.append(first)
            requests.append(DerivedRequest(sent: "with the same proof again", request: first.request))
            return requests
        }
    }
}
