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
        draft.resolveVariant()
        draft.resolveVars()
        draft.resolveSecrets(redactor)
        guard draft.isSound else {
            bag = draft.bag
            return nil
        }
        draft.resolveAddresses(functions)
        draft.resolveProof(functions, redactor)
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
    var proof: ProofKey?

    init(_ binding: IdentityBinding, _ bag: DiagnosticBag) {
        self.binding = binding
        self.bag = bag
        errorsBefore = bag.diagnostics.count
    }

    var provider: Provider { binding.provider }
    var isSound: Bool { !bag.diagnostics.dropFirst(errorsBefore).contains { $0.severity == .error } }

    mutating func checkFrom() {
        guard let from = binding.from else { return }
        for requirement in provider.from.require
        where requirement.pointer.find(in: from)?.isText(requirement.value) != true {
            bag.error(
                "wrong-document", "the document of 'from' is not one for '\(provider.id)'", at: binding.span,
                help: "\"\(requirement.value)\" must stand at \(requirement.pointer)")
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
            at: binding.span, help: "set it under 'vars'\(place)" + (spec.help.isEmpty ? "" : ": \(spec.help)"))
    }

    mutating func resolveSecrets(_ redactor: Redactor) {
        for name in binding.secrets.keys.sorted() where provider.secret(name) == nil {
            bag.error(
                "unknown-secret", "the provider '\(provider.id)' has no secret '\(name)'", at: binding.span,
                help: suggestion(name, provider.secrets.map(\.name)))
        }
        for spec in provider.secrets {
            let label = "\(binding.name).\(spec.name)"
            guard let secret = binding.secrets[spec.name] ?? fromText(spec.pointer).map({ Secret($0, label: label) })
            else {
                if spec.isRequired { reportMissing(spec) }
                continue
            }
            if spec.isSensitive { redactor.register(secret) }
            secrets[spec.name] = secret
        }
    }

    private mutating func reportMissing(_ spec: SecretSpec) {
        let place = spec.pointer.map { ", or give a 'from' whose document holds it at \($0)" } ?? ""
        bag.error(
            "missing-secret", "'\(binding.name)' needs the secret '\(spec.name)' of '\(provider.id)'", at: binding.span,
            help: "bind it under 'secrets'\(place)" + (spec.help.isEmpty ? "" : ": \(spec.help)"))
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
