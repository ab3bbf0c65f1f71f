package import Diagnostics
package import JSON

/// One secret's binding in an environment file: the source, and where in it the value stands.
package struct SecretBinding: Sendable {
    package let source: any SecretSource
    package let span: Span

    /// Reads the object `{env: …}`, `{file: …}`; a text in its place is refused with the binding to write instead.
    package init?(_ node: JSONNode, name: String, _ context: inout ReadingContext) {
        Self.hideLiterals(node, in: context.file)
        if node.kind == .string {
            context.error(
                "literal-secret", "the secret '\(name)' stands here in clear", at: node,
                help: "bind it: { \"env\": \"\(Self.variable(name))\" }, or { \"insecureLiteral\": … } for a demo")
            return nil
        }
        guard let reader = MemberReader(node, SecretSources.binding, &context),
            let form = Self.form(reader, &context), Self.fits(form, reader, &context),
            let source = form.init(reader, &context)
        else { return nil }
        self.source = source
        span = context.span(node)
    }

    /// Whatever is wrong on its line: what may be a secret in clear is not shown in an excerpt.
    private static func hideLiterals(_ node: JSONNode, in file: SourceFile) {
        switch node.kind {
        case .null, .boolean: break
        case .string: file.hide(node.range.lowerBound + 1..<node.range.upperBound - 1)
        case .number, .array: file.hide(node.range)
        case .object:
            for member in node.members where member.name == AnySource.member {
                member.value.elements.forEach { hideLiterals($0, in: file) }
            }
            for member in node.members where !isReference(member.name) { hideLiterals(member.value, in: file) }
        }
    }

    /// Whether the member's value says where a secret is, rather than being one.
    private static func isReference(_ name: String) -> Bool {
        name != LiteralSource.member && SecretSources.binding.spec(name) != nil
    }

    /// `pointer` alone is a form, beside `file` or `command` it is a part of it.
    private static func form(_ reader: MemberReader, _ context: inout ReadingContext) -> (any SecretSource.Type)? {
        let forms = SecretSources.all.filter { reader[$0.member] != nil }
        let main = forms.count > 1 ? forms.filter { $0 != PointerSource.self } : forms
        if main.count == 1 { return main[0] }
        if main.isEmpty {
            // What was there was reported: unknown, misshapen or not supported yet.
            guard reader.node.members.allSatisfy({ reader[$0.name] != nil }) else { return nil }
            let known = SecretSources.all.map { $0.member }.joined(separator: ", ")
            context.error(
                "no-secret-source", "this binding names no source", at: reader.node, help: "use one of: \(known)")
        } else {
            let names = main.map { $0.member }.joined(separator: ", ")
            context.error(
                "two-secret-sources", "this binding names several sources: \(names)", at: reader.node,
                help: "keep one")
        }
        return nil
    }

    /// A `pointer` beside `env` would be ignored, and the whole variable taken for the secret.
    private static func fits(
        _ form: any SecretSource.Type, _ reader: MemberReader, _ context: inout ReadingContext
    ) -> Bool {
        let strays = reader.node.members.filter { reader[$0.name] != nil && form.table.spec($0.name) == nil }
        for stray in strays {
            context.error(
                "stray-member", "'\(stray.name)' does not go with '\(form.member)'", at: stray.nameNode,
                help: "'\(form.member)' takes: " + form.table.members.map(\.name).joined(separator: ", "))
        }
        return strays.isEmpty
    }

    /// `clientSecret` → `CLIENT_SECRET`
    private static func variable(_ name: String) -> String {
        var result = ""
        var wasLowerCase = false
        for character in name {
            if character.isUppercase, wasLowerCase { result.append("_") }
            wasLowerCase = character.isLowercase || character.isNumber
            result += character.isLetter || character.isNumber ? character.uppercased() : "_"
        }
        return result
    }
}
