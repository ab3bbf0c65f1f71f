import Diagnostics
import HTTP
import JSON
import Providers
import Secrets
import Templates

extension IdentityDraft {
    var clientAuth: ClientAuthRules { variant?.clientAuth ?? provider.tokenRules?.clientAuth ?? .none }

    /// The key for DPoP: it lives as long as the identity, so that all its tokens are bound to the same one.
    mutating func resolveProof(_ functions: FunctionTable, _ redactor: Redactor) {
        guard case .dpop(let rules)? = provider.sign else { return }
        guard let keyRules = rules.key else {
            guard rules.algorithm == .es256 else {
                report("a key for \(rules.algorithm.rawValue) is not made here; bind one, or use ES256", at: rules.span)
                return
            }
            proof = ProofKey(.makeP256(), rules.algorithm, isEphemeral: true, redactor: redactor)
            return
        }
        let scope = Scope([layer(addresses.hosts.hosts)], functions: functions, redactor: redactor)
        do throws(Diagnostic) {
            let text = try keyRules.value.text(scope).text
            do throws(SigningKey.Refusal) {
                let key = try SigningKey(parsing: text, as: keyRules.encoding)
                if let objection = key.objection(to: rules.algorithm) {
                    report("the key \(objection)", given.unfit(keyRules))
                } else {
                    proof = ProofKey(key, rules.algorithm, isEphemeral: false, redactor: redactor)
                }
            } catch {
                report("the key \(error.reason)", given.unreadable(keyRules))
            }
        } catch {
            report("the key has no value: \(error.title)", at: error.span)
        }
    }

    /// A client that shows itself by its certificate needs one.
    mutating func checkClient() {
        guard clientAuth.method == .tls, tls.client == nil else { return }
        bag.error(
            "missing-certificate",
            "'\(binding.name)' needs a client certificate: '\(provider.id)' knows its clients by it",
            at: binding.span,
            help: "add \"tls\": { \"certificate\": …, \"key\": … } to the identity"
                + (provider.tls.certificate == nil ? "" : ", or bind the secrets of the provider's 'tls'"))
    }

    private mutating func report(_ reason: String, _ fault: GivenPlaces.Fault) {
        report(reason + fault.remark, at: fault.place)
    }

    private mutating func report(_ reason: String, at span: Span?) {
        bag.error(
            "bad-key", "'\(binding.name)' cannot prove that it has a token: \(reason)", at: span ?? binding.span)
    }
}

extension SignRules {
    /// Header fields that the signature sets, in lower case.
    var headerNames: Set<String> {
        switch self {
        case .awsSigV4: ["authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256"]
        case .hmac(let rules): Set(rules.headers.map { $0.name.lowercased() })
        case .httpSignature(let rules):
            rules.components.contains { $0.name == "content-digest" }
                ? ["signature", "signature-input", "content-digest"] : ["signature", "signature-input"]
        case .wsse: ["x-wsse"]
        case .digest, .oauth1: ["authorization"]
        case .dpop: ["dpop"]
        }
    }
}
