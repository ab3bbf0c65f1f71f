package import Diagnostics
package import Providers
import Secrets

extension IdentitySpec {
    /// What can be said against the identity without reading a secret.
    package func check(against provider: Provider, into bag: inout DiagnosticBag) {
        checkVariant(provider, &bag)
        for (given, _) in vars where provider.variable(given.text) == nil {
            unknown("unknown-variable", "variable", given, provider.vars.map(\.name), provider, &bag)
        }
        for (given, _) in secrets where provider.secret(given.text) == nil {
            unknown("unknown-secret", "secret", given, provider.secrets.map(\.name), provider, &bag)
        }
        let variant = variant.flatMap { provider.variant($0.text) }
        for spec in provider.secrets(in: variant) where spec.isRequired && !isBound(spec) {
            bag.error(
                "missing-secret",
                "'\(name)' needs the secret '\(spec.name)' of '\(provider.id)'" + (variant?.phrase(of: spec) ?? ""),
                at: span,
                help: "bind it under 'secrets': \"\(spec.name)\": { \"env\": … }"
                    + (spec.pointer == nil ? "" : ", or give a 'from'"))
        }
        for spec in provider.vars where spec.isRequired && !isSet(spec, provider) {
            bag.error(
                "missing-variable", "'\(name)' needs the variable '\(spec.name)' of '\(provider.id)'", at: span,
                help: "set it under 'vars'" + (spec.help.isEmpty ? "" : ": \(spec.help)"))
        }
    }

    private func isBound(_ spec: SecretSpec) -> Bool {
        boundNames.contains(spec.name) || (from != nil && spec.pointer != nil)
    }

    private func isSet(_ spec: VariableSpec, _ provider: Provider) -> Bool {
        vars.contains { $0.name.text == spec.name } || spec.defaultValue != nil || (from != nil && spec.pointer != nil)
            || variant.flatMap { provider.variant($0.text) }?.vars[spec.name] != nil
    }

    private func checkVariant(_ provider: Provider, _ bag: inout DiagnosticBag) {
        guard let variant, provider.variant(variant.text) == nil else { return }
        unknown("unknown-variant", "variant", variant, provider.variants.map(\.name), provider, &bag)
    }

    private func unknown(
        _ code: String, _ noun: String, _ given: Named, _ known: [String], _ provider: Provider,
        _ bag: inout DiagnosticBag
    ) {
        bag.error(
            code, "the provider '\(provider.id)' has no \(noun) '\(given.text)'", at: given.span,
            help: nearest(to: given.text, among: known).map { "did you mean '\($0)'?" }
                ?? (known.isEmpty ? "it has none" : "it has: \(known.sorted().joined(separator: ", "))"))
    }
}
