import Contract
import Tokens

extension ContractSession {
    func tokenEvidence(of identity: BoundIdentity, _ context: RunContext) async -> TokenEvidence {
        TokenEvidence(identity: identity, rules: identity.rules!)
    }
}
