import HTTP
import Tokens

extension ResourceProbe {
    /// Two proofs, each a good one (RFC 9449 §4.3, check 1).
    static let twoProofs = ResourceProbe("POP-05", class: 2) { material in
        material.withProof { () throws(CredentialError) in
            var request = try material.derived("", material.placements).request
            let second = try material.derived("", material.placements).request
            request.headers.fields += second.headers.fields.filter { HeaderFields.sameName($0.name, "DPoP") }
            return [DerivedRequest(sent: "with two proofs (fields DPoP), each a good one", request: request)]
        }
    }
}
