package import Diagnostics
import HTTP
import JSON
import Providers
package import Secrets
package import Templates

/// Makes bound identities; what is missing or does not fit is an error at the identity's place in its environment.
package struct IdentityBinder: Sendable {
    let functions: FunctionTable
    package let redactor: Redactor

    /// - Parameter redactor: learns the sensitive secrets, those of `from` included.
    package init(functions: FunctionTable, redactor: Redactor) {
        self.functions = functions
        self.redactor = redactor
    }

    /// nil where something is wrong; the bag has it then.
    package func bind(_ binding: IdentityBinding, bag: inout DiagnosticBag) -> BoundIdentity? {
        var draft = IdentityDraft(binding, bag)
        draft.checkFrom()
        draft.resolveEnd()
        draft.resolveVariant()
        draft.resolveVars()
        draft.resolveSecrets(redactor)
        guard draft.isSound else {
            bag = draft.bag
            return nil
        }
        draft.resolveAddresses(functions)
        draft.resolveTLS(functions, redactor)
        draft.resolveProof(functions, redactor)
        draft.resolveKeyExtra(functions)
        draft.checkClient()
        bag = draft.bag
        return draft.isSound ? draft.identity(functions) : nil
    }
}

/// An identity being put together.
struct IdentityDraft {
    let binding: IdentityBinding
    var bag: DiagnosticBag
    private let errorsBefore: Int
    var variant: ProviderVariant?
    var vars: [String: String] = [:]
    var secrets: [String: Secret] = [:]
    var addresses = IdentityAddresses()
    var tls = IdentityTLS()
    var proof: ProofKey?
    var keyExtra: [String] = []
    var endsAt: Int64?
    var goodUntil: Int64?

    init(_ binding: IdentityBinding, _ bag: DiagnosticBag) {
        self.binding = binding
        self.bag = bag
        errorsBefore = bag.diagnostics.count
    }

    var provider: Provider { binding.provider }
    var given: GivenPlaces { GivenPlaces(binding, variant: variant) }
    var isSound: Bool { !bag.diagnostics.dropFirst(errorsBefore).contains { $0.severity == .error } }

    mutating func checkFrom() {
        guard let from = binding.from else { return }
        for requirement in provider.from.require
        where requirement.pointer.find(in: from)?.equals(requirement.value) != true {
            bag.error(
                "wrong-document", "the document of 'from' is not one for '\(provider.id)'", at: binding.span,
                help: "\(requirement.value.text()) must stand at \(requirement.pointer)")
        }
    }

    /// The sources' own ends count as they are; what the document states is left a margin for the call under way.
    mutating func resolveEnd() {
        (endsAt, goodUntil) = (binding.endsAt, binding.endsAt)
        guard let from = binding.from, let rules = provider.from.expiry else { return }
        do throws(DocumentEnd.Refusal) {
            guard let end = try DocumentEnd.of(from, rules, readAt: binding.readAt) else { return }
            let lifetime = TokenLifetime(milliseconds: end - binding.readAt, source: .answer)
            endsAt = min(end, endsAt ?? .max)
            goodUntil = min(end - lifetime.margin(skew: provider.cache.skew), goodUntil ?? .max)
        } catch {
            bag.error(
                "wrong-document", "the document of 'from' \(error.reason)", at: binding.span,
                help: "whatever gives it must give a new one")
        }
    }

    mutating func resolveVariant() {
        guard let given = binding.variant else { return }
        variant = provider.variant(given.text)
        if variant != nil { return }
        let names = provider.variants.map(\.name)
        bag.error(
            "unknown-variant", "the provider '\(provider.id)' has no variant '\(given.text)'", at: given.span,
            help: nearest(to: given.text, among: names).map { "did you mean '\($0)'?" }
                ?? (names.isEmpty ? "it has no variants" : "it has: \(names.joined(separator: ", "))"))
    }

    /// The identity's own value wins, then that of `from`, the variant's, the default.
    mutating func resolveVars() {
        for (name, given) in binding.vars.sorted(by: { $0.key < $1.key }) where provider.variable(name) == nil {
            bag.error(
                "unknown-variable", "the provider '\(provider.id)' has no variable '\(name)'", at: given.span,
                help: suggestion(name, provider.vars.map(\.name)))
        }
        for spec in provider.vars {
            let given = binding.vars[spec.name]
            guard let text = given?.text ?? fromText(spec.pointer) ?? variant?.vars[spec.name] ?? spec.defaultValue
            else {
                if spec.isRequired { reportMissing(spec) }
                continue
            }
            let value = spec.stripped(text)
            if let objection = spec.objection(to: value) {
                bag.error(
                    "bad-variable", "'\(spec.name)' of '\(binding.name)' must be \(objection)",
                    at: given?.span ?? binding.span, help: spec.help.isEmpty ? nil : spec.help)
            }
            vars[spec.name] = value
        }
    }

    private mutating func reportMissing(_ spec: VariableSpec) {
        let place = spec.pointer.map { " or in the document of 'from' at \($0)" } ?? ""
        bag.error(
            "missing-variable", "'\(binding.name)' needs the variable '\(spec.name)' of '\(provider.id)'",
            at: spec.pointer == nil || binding.from == nil || spec.span.isBuiltIn ? binding.span : spec.span,
            help: "set it under 'vars'\(place)" + (spec.help.isEmpty ? "" : ": \(spec.help)"))
    }

    mutating func resolveSecrets(_ redactor: Redactor) {
        for name in binding.secrets.keys.sorted() where provider.secret(name) == nil {
            bag.error(
                "unknown-secret", "the provider '\(provider.id)' has no secret '\(name)'", at: binding.span,
                help: suggestion(name, provider.secrets.map(\.name)))
        }
        let needed = Set(provider.secrets(in: variant).map(\.name))
        for spec in provider.secrets {
            let label = "\(binding.name).\(spec.name)"
            guard let secret = binding.secrets[spec.name] ?? fromText(spec.pointer).map({ Secret($0, label: label) })
            else {
                if spec.isRequired, needed.contains(spec.name) { reportMissing(spec) }
                continue
            }
            if let objection = spec.format.objection(to: secret.reveal()) {
                bag.error(
                    "bad-secret", "the secret '\(spec.name)' of '\(binding.name)' \(objection)",
                    at: binding.secretPlaces[spec.name] ?? place(of: spec),
                    help: spec.help.isEmpty ? nil : spec.help)
            }
            secrets[spec.name] = secret
        }
        let bound = secrets
        for (name, target) in variant?.secrets ?? [:] { secrets[name] = bound[target] }
        for (name, secret) in secrets where isSensitive(name) { redactor.register(secret) }
        // Read, but of no use here: what it is masks it all the same.
        for (name, secret) in bound where isSensitive(name) { redactor.register(secret) }
    }

    /// Where a variant puts one in the place of another, the more careful of the two counts.
    func isSensitive(_ name: String) -> Bool {
        [name, variant?.secrets[name] ?? name].contains { provider.secret($0)?.isSensitive ?? true }
    }

    /// Where the provider says that it stands in the document, if there is one; else the identity.
    private func place(of spec: SecretSpec) -> Span {
        spec.pointer == nil || binding.from == nil || spec.span.isBuiltIn ? binding.span : spec.span
    }

    private mutating func reportMissing(_ spec: SecretSpec) {
        let place =
            spec.pointer.map { pointer in
                binding.from == nil
                    ? ", or give a 'from' whose document holds it at \(pointer)"
                    : ": the document of 'from' holds nothing at \(pointer)"
            } ?? ""
        bag.error(
            "missing-secret",
            "'\(binding.name)' needs the secret '\(spec.name)' of '\(provider.id)'" + (variant?.phrase(of: spec) ?? ""),
            at: self.place(of: spec),
            help: "bind it under 'secrets'\(place)" + (spec.help.isEmpty ? "" : ": \(spec.help)"))
    }

    /// Evaluated once: whatever it is at this moment names the identity's tokens.
    mutating func resolveKeyExtra(_ functions: FunctionTable) {
        let scope = Scope([layer(nil)], functions: functions)
        for template in provider.cache.keyExtra {
            do throws(Diagnostic) {
                keyExtra.append(try template.text(scope).text)
            } catch {
                bag.error(
                    "bad-cache-key", "cache.keyExtra of '\(provider.id)' has no value: \(error.title)",
                    at: error.span ?? template.span)
            }
        }
    }

    private func fromText(_ pointer: JSONPointer?) -> String? {
        guard let pointer, let from = binding.from, let node = pointer.find(in: from) else { return nil }
        let text = node.string ?? node.number?.text
        return text?.isEmpty == false ? text : nil
    }

    private func suggestion(_ name: String, _ known: [String]) -> String {
        nearest(to: name, among: known).map { "did you mean '\($0)'?" }
            ?? (known.isEmpty ? "it has none" : "it has: \(known.sorted().joined(separator: ", "))")
    }
}
