import Providers
import Tokens

/// Token requests with assertions that are not as they should be.
extension TokenProbeMaterial {
    /// - Throws: where the login has no assertion.
    func assertionUse() throws(Impossible) -> AssertionChange.Use {
        guard let use = rules.assertionUse(by: identity) else { throw Impossible("the login has no signed assertion") }
        return use
    }

    func assertionRules(of use: AssertionChange.Use) -> AssertionRules? {
        use == .grant ? rules.assertion : identity.clientAuth.assertion ?? rules.assertion
    }

    func assertion(_ sent: String, _ change: AssertionChange) throws(Impossible) -> DerivedTokenRequest {
        let use = try assertionUse()
        do throws(CredentialError) {
            return DerivedTokenRequest(sent: sent, request: try requests.login(changing: use, change))
        } catch {
            throw Impossible(error.message)
        }
    }
}

extension TokenRules {
    /// What the assertion of a login stands for: where there are two, the grant's is tried. nil: there is none.
    func assertionUse(by identity: BoundIdentity) -> AssertionChange.Use? {
        if grant == .jwtBearer { return .grant }
        switch identity.clientAuth.method {
        case .privateKeyJWT, .clientSecretJWT: return .client
        case .basic, .body, .none, .tls: return nil
        }
    }
}
