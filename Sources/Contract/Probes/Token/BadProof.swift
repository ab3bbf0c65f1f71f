import Tokens

extension TokenProbe {
    /// RFC 9449 §5: a proof that is none.
    static let badProof = TokenProbe("POP-06", class: 2, mayGrant: true) { (material) throws(Impossible) in
        try material.proving(.signature)
    }

    /// RFC 9449 §8: without the nonce that the service gave.
    static let proofWithoutNonce = TokenProbe("POP-07", class: 2, mayGrant: true) { (material) throws(Impossible) in
        try material.proving(.nonce)
    }
}

extension TokenProbeMaterial {
    /// The ordinary token request with a proof that should be refused.
    fileprivate func proving(_ fault: ProofFault) throws(TokenProbe.Impossible) -> [DerivedTokenRequest] {
        guard identity.proof != nil else { throw TokenProbe.Impossible("the identity proves no key") }
        return [DerivedTokenRequest(sent: fault.phrase, request: login, fault: fault)]
    }
}
