import Tokens

extension ResourceProbe {
    /// A bound token under its own scheme, without the proof (RFC 9449 §7.1).
    static let noProof = ResourceProbe("POP-03", class: 2) { material in
        material.withProof { () throws(CredentialError) in
            [
                try material.derived(
                    "with the bound token, but without the proof of its key (field DPoP)", material.placements,
                    isSigned: false)
            ]
        }
    }
}

extension ProbeMaterial {
    /// For probes of a token that is bound to a key.
    func withProof(_ body: () throws(CredentialError) -> [DerivedRequest]) -> Derivation {
        guard identity.proof != nil, credential.isSigned else {
            return .impossible("the credential is bound to no key")
        }
        return attempt(body)
    }
}
