import Diagnostics
import HTTP
import Providers
import Secrets
import Templates

/// How an identity speaks TLS: what its environment says of the certificate wins over its provider.
struct IdentityTLS {
    var client: TLSClientIdentity?
    var policy = TLSPolicy()
}

extension IdentityDraft {
    mutating func resolveTLS(_ functions: FunctionTable, _ redactor: Redactor) {
        let rules = provider.tls
        tls = IdentityTLS(client: binding.tls, policy: TLSPolicy(minimum: rules.minimum))
        let scope = Scope([layer(nil)], functions: functions, redactor: redactor)
        tls.policy.authorities = pem("ca", rules.authorities, scope)
        guard tls.client == nil, let certificate = pem("clientCert", rules.certificate, scope) else { return }
        tls.client = TLSClientIdentity(
            certificate: certificate, key: pem("clientKey", rules.key, scope, isKey: rules.key != nil), form: .text)
        if rules.key == nil, !certificate.contains("PRIVATE KEY-----") {
            report("clientCert", "holds no key, and there is no 'clientKey'")
        }
    }

    /// nil where nothing stands there: an optional secret that is not bound is `{{ secret.ca ?? '' }}`.
    private mutating func pem(_ member: String, _ template: Template?, _ scope: Scope, isKey: Bool = false) -> String? {
        guard let template else { return nil }
        do throws(Diagnostic) {
            // A variable of the process can hold line breaks as two characters.
            let text = try template.text(scope).text.replacing("\\n", with: "\n")
            guard !text.isEmpty else { return nil }
            if let objection = Self.objection(to: text, isKey) { report(member, objection) }
            return text
        } catch {
            report(member, "has no value: \(error.title)")
            return nil
        }
    }

    private static func objection(to text: String, _ isKey: Bool) -> String? {
        if let objection = SecretSpec.Format.pem.objection(to: text) { return objection }
        if !isKey { return text.contains("-----BEGIN CERTIFICATE-----") ? nil : "holds no certificate" }
        // libcurl would ask the terminal for its password.
        if text.contains("ENCRYPTED") { return "is encrypted; give it without a password" }
        return text.contains("PRIVATE KEY-----") ? nil : "holds no private key"
    }

    private mutating func report(_ member: String, _ reason: String) {
        bag.error(
            "bad-certificate", "tls.\(member) of '\(provider.id)' cannot be used by '\(binding.name)': it \(reason)",
            at: binding.span, help: "check the secret that the provider takes it from")
    }
}
