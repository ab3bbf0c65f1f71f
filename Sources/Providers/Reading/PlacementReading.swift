import Diagnostics
import HTTP
import JSON
import Templates

extension Placement {
    /// Where a token goes unless the provider says otherwise (RFC 6750 §2.1).
    static func standard(at span: Span) -> Placement {
        var bag = DiagnosticBag()
        let value = Template(
            parsing: "{{token.type}} {{token.value}}", span: span, bag: &bag, place: { _ in span })
        return Placement(
            kind: .header, name: Template(plain: "Authorization", at: span), content: .value(value), methods: nil,
            condition: nil, span: span)
    }

    init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let reader = MemberReader(node, ProviderTables.placement, &context), let kind: Kind = reader.word("in"),
            let content = Self.content(kind, reader, &context), let name = Self.name(kind, reader, &context)
        else { return nil }
        self.init(
            kind: kind, name: name, content: content, methods: Self.methods(reader, &context),
            condition: Self.condition(reader, &context), span: context.span(node))
    }

    private static func name(_ kind: Kind, _ reader: MemberReader, _ context: inout ReadingContext) -> Template? {
        if kind == .path, let node = reader.nameNode("name") {
            context.error("no-name", "a placement in the path has no 'name'", at: node)
        }
        if let name = reader.template("name", &context) {
            checkName(name, kind, reader, &context)
            return name
        }
        if kind == .basic { return Template(plain: "Authorization", at: context.span(reader.node)) }
        if kind == .path { return Template(plain: "path", at: context.span(reader.node)) }
        if kind == .header { return Template(plain: "Authorization", at: context.span(reader.node)) }
        context.error(
            "missing-member", "a placement in the \(kind.phrase) needs the member 'name'",
            at: reader["in"] ?? reader.node)
        return nil
    }

    private static func checkName(
        _ name: Template, _ kind: Kind, _ reader: MemberReader, _ context: inout ReadingContext
    ) {
        guard kind == .header || kind == .cookie, let plain = name.plain, !HeaderFields.isToken(plain),
            let node = reader["name"]
        else { return }
        context.error("bad-header-name", "'\(plain)' is not a \(kind.phrase) name", at: node)
    }

    private static func content(_ kind: Kind, _ reader: MemberReader, _ context: inout ReadingContext) -> Content? {
        let span = context.span(reader.node)
        if kind == .basic {
            if let node = reader.nameNode("value") {
                context.error("no-value", "basic takes 'username' and 'password', not 'value'", at: node)
                return nil
            }
            return .basic(
                username: reader.template("username", &context) ?? .secret("username", at: span),
                password: reader.template("password", &context) ?? .secret("password", at: span))
        }
        for name in ["username", "password"] {
            guard let node = reader.nameNode(name) else { continue }
            context.error("no-value", "'\(name)' only has a meaning in basic", at: node, help: "use 'value'")
        }
        if let value = reader.template("value", &context) { return .value(value) }
        if kind == .header, reader["name"] == nil { return standard(at: span).content }
        context.error(
            "missing-member", "a placement in the \(kind.phrase) needs the member 'value'",
            at: reader["in"] ?? reader.node,
            help: "for example \"value\": \"{{token.value}}\"")
        return nil
    }

    private static func methods(_ reader: MemberReader, _ context: inout ReadingContext) -> Set<HTTPMethod>? {
        guard let node = reader["methods"] else { return nil }
        var result: Set<HTTPMethod> = []
        for element in node.elements {
            if let method = HTTPMethod(rawValue: element.string ?? "") {
                result.insert(method)
            } else {
                context.error("bad-method", "'\(element.string ?? "")' is not an HTTP method", at: element)
            }
        }
        return result
    }

    /// The name as `{{ name ?? null }}`, with the name's own place.
    private static func condition(_ reader: MemberReader, _ context: inout ReadingContext) -> Template? {
        guard let node = reader["when"], let text = node.string else { return nil }
        let span = context.span(node)
        return Template(parsing: "{{\(text) ?? null}}", span: span, bag: &context.bag, place: { _ in span })
    }
}

extension Placement.Kind {
    /// "header", for messages.
    package var phrase: String { self == .basic ? "Authorization header" : rawValue }
}
