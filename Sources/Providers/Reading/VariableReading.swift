import Diagnostics
import JSON

extension VariableSpec {
    /// - Parameter base: of the provider that is extended; what is not said here stays as it is there.
    init?(name: JSONMember, base: VariableSpec?, _ context: inout ReadingContext) {
        guard ProviderNames.isName(name, isBare: true, &context),
            let reader = MemberReader(name.value, ProviderTables.variable, &context)
        else { return nil }
        let isRequired = reader.flag("required", &context)
        let hasDefault = reader["default"] != nil
        self.init(
            name: name.name,
            defaultValue: isRequired == true && !hasDefault ? nil : reader.text("default") ?? base?.defaultValue,
            isRequired: isRequired ?? (hasDefault ? false : base?.isRequired ?? false),
            pattern: Self.pattern(reader, &context) ?? base?.pattern, format: reader.word("format") ?? base?.format,
            choices: reader.texts("enum") ?? base?.choices ?? [],
            stripPrefix: reader.text("stripPrefix") ?? base?.stripPrefix,
            stripSuffix: reader.text("stripSuffix") ?? base?.stripSuffix,
            pointer: reader.pointer("at", &context) ?? base?.pointer,
            help: reader.text("help") ?? base?.help ?? "", span: context.span(name.nameNode))
        check(reader, &context)
    }

    private static func pattern(_ reader: MemberReader, _ context: inout ReadingContext) -> RegularExpression? {
        guard let node = reader["pattern"], let text = node.string else { return nil }
        do throws(QueryError) {
            return try RegularExpression(parsing: text, dialect: .search)
        } catch {
            context.bag.error(
                "bad-pattern", error.reason, at: context.span(node, decoded: error.range), help: error.help)
            return nil
        }
    }

    /// A default must be a value that an environment might give.
    private func check(_ reader: MemberReader, _ context: inout ReadingContext) {
        guard let defaultValue, let node = reader["default"] else { return }
        if isRequired {
            context.error(
                "required-with-default", "'\(name)' is required and has a default", at: node,
                help: "remove one: a required variable is set by every identity")
        }
        if let objection = objection(to: stripped(defaultValue)) {
            context.error("bad-default", "the default of '\(name)' must be \(objection)", at: node)
        }
    }
}

extension SecretSpec {
    init?(name: JSONMember, _ context: inout ReadingContext) {
        guard ProviderNames.isName(name, &context),
            let reader = MemberReader(name.value, ProviderTables.secret, &context)
        else { return nil }
        self.init(
            name: name.name, isSensitive: reader.flag("sensitive", &context) ?? true,
            isRequired: reader.flag("required", &context) ?? true, pointer: reader.pointer("at", &context),
            format: reader.word("format") ?? .text, help: reader.text("help") ?? "", span: context.span(name.nameNode))
    }
}

extension ProviderVariant {
    init?(
        name: JSONMember, vars: [VariableSpec], secrets: [SecretSpec], _ context: inout ReadingContext
    ) {
        guard let reader = MemberReader(name.value, ProviderTables.variant, &context) else { return nil }
        self.init(
            name: name.name, vars: Self.vars(reader, vars, &context),
            secrets: Self.secrets(reader, secrets, &context), baseURL: reader.url("baseURL", &context),
            tokenURL: reader.url("tokenURL", &context), hosts: reader.hosts(&context),
            clientAuth: reader["clientAuth"].flatMap { ClientAuthRules($0, secrets: secrets, &context) },
            help: reader.text("help") ?? reader.text("description") ?? "", span: context.span(name.nameNode))
    }

    private static func vars(
        _ reader: MemberReader, _ specs: [VariableSpec], _ context: inout ReadingContext
    ) -> [String: String] {
        var result: [String: String] = [:]
        for member in reader["vars"].map({ Array($0.members) }) ?? [] {
            guard let spec = specs.first(where: { $0.name == member.name }) else {
                context.error(
                    "unknown-variable", "'\(member.name)' is not one of the provider's vars", at: member.nameNode,
                    help: nearest(to: member.name, among: specs.map(\.name)).map { "did you mean '\($0)'?" })
                continue
            }
            let text = member.value.string ?? ""
            if let objection = spec.objection(to: spec.stripped(text)) {
                context.error("bad-variable", "'\(spec.name)' must be \(objection)", at: member.value)
            }
            result[spec.name] = text
        }
        return result
    }

    private static func secrets(
        _ reader: MemberReader, _ specs: [SecretSpec], _ context: inout ReadingContext
    ) -> [String: String] {
        var result: [String: String] = [:]
        let names = specs.map(\.name)
        for member in reader["secrets"].map({ Array($0.members) }) ?? [] {
            let target = member.value.string ?? ""
            for (name, node) in [(member.name, member.nameNode), (target, member.value)] where !names.contains(name) {
                context.error(
                    "undeclared-secret", "'\(name)' is not one of the provider's secrets", at: node,
                    help: nearest(to: name, among: names).map { "did you mean '\($0)'?" }
                        ?? "declare it under 'secrets'")
            }
            let (old, new) = (specs.first { $0.name == member.name }, specs.first { $0.name == target })
            if let old, let new, old.isRequired, !new.isRequired {
                context.error(
                    "optional-replacement", "'\(target)' need not be bound, but '\(member.name)' must",
                    at: member.value,
                    help: "what takes the place of a required secret is required too")
            }
            result[member.name] = target
        }
        return result
    }
}
