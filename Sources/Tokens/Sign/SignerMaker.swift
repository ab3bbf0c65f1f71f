import Diagnostics
import Providers
import Secrets
import Templates

/// Makes the signer of a credential: its templates are rendered once, not for each call.
struct SignerMaker {
    let identity: BoundIdentity
    let scope: Scope
    let context: SigningContext

    func signer(_ rules: SignRules, token: Secret?) throws(CredentialError) -> any RequestSigner {
        switch rules {
        case .awsSigV4(let rules): return try aws(rules)
        case .hmac(let rules):
            return HMACSigner(context: context, rules: rules, key: try rules.key.map(shared), scope: scope)
        case .httpSignature(let rules):
            let keyID = try text(rules.keyID)
            let key = try key(rules.key)
            if let objection = key.objection(to: rules.algorithm.ofJWT) {
                throw context.failure("the key \(objection)", identity.given.unfit(rules.key))
            }
            return HTTPMessageSigner(context: context, rules: rules, key: key, keyID: keyID)
        case .wsse(let username, let password, let isHexadecimal):
            return WSSESigner(
                context: context, username: try quotable(username, "\""), password: try secret(password, "password"),
                isHexadecimal: isHexadecimal)
        case .digest(let username, let password):
            return DigestSigner(
                context: context, username: try quotable(username, "\"\\"),
                password: try secret(password, "password"))
        case .dpop:
            guard let proof = identity.proof else { throw context.failure("it has no key", at: nil) }
            return DPoPSigner(proof: proof, token: token, context: context)
        case .oauth1(let rules): return try oauth1(rules)
        }
    }

    private func shared(_ rules: KeyRules) throws(CredentialError) -> [UInt8] {
        let key = try key(rules)
        guard case .shared(let bytes) = key.material else {
            throw context.failure("the key is \(key.phrase), not a shared key", identity.given.unfit(rules))
        }
        return bytes
    }

    private func aws(_ rules: AWSSigV4Rules) throws(CredentialError) -> AWSSigV4Signer {
        let session = try text(rules.sessionToken).flatMap { $0.isEmpty ? nil : $0 }
        return AWSSigV4Signer(
            context: context, accessKey: try text(rules.accessKey), secretKey: try secret(rules.secretKey, "secretKey"),
            sessionToken: session.map { Secret($0, label: "\(identity.name).sessionToken") },
            region: try text(rules.region), service: try text(rules.service), payload: rules.payload)
    }

    private func oauth1(_ rules: OAuth1Rules) throws(CredentialError) -> OAuth1Signer {
        let token = try text(rules.token).flatMap { $0.isEmpty ? nil : $0 }
        let secret = try text(rules.tokenSecret).map { Secret($0, label: "\(identity.name).tokenSecret") }
        return OAuth1Signer(
            context: context, method: rules.method, consumerKey: try text(rules.consumerKey),
            consumerSecret: try self.secret(rules.consumerSecret, "consumerSecret"), token: token, tokenSecret: secret,
            realm: try text(rules.realm))
    }

    private func key(_ rules: KeyRules) throws(CredentialError) -> SigningKey {
        let text = try text(rules.value)
        do throws(SigningKey.Refusal) {
            return try SigningKey(parsing: text, as: rules.encoding)
        } catch {
            throw context.failure("the key \(error.reason)", identity.given.unreadable(rules))
        }
    }

    /// A user name that is put between quotes as it is.
    ///
    /// - Parameter limits: what would end it early.
    private func quotable(_ template: Template, _ limits: String) throws(CredentialError) -> String {
        let text = try text(template) as String
        guard let limit = text.first(where: limits.contains) else { return text }
        throw context.failure(
            "the user name holds a \(limit == "\"" ? "quote" : "backslash")", identity.given.fault(in: template))
    }

    private func secret(_ template: Template, _ name: String) throws(CredentialError) -> Secret {
        Secret(try text(template), label: "\(identity.name).\(name)")
    }

    private func text(_ template: Template?) throws(CredentialError) -> String? {
        guard let template else { return nil }
        return try text(template) as String
    }

    private func text(_ template: Template) throws(CredentialError) -> String {
        do throws(Diagnostic) {
            return try template.text(scope).text
        } catch {
            throw context.failure(error.title, at: error.span ?? template.span)
        }
    }
}
