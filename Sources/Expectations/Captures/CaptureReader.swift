import Diagnostics
package import JSON
import Secrets
import Templates

extension Capture {
    private static let sources = ["json", "header", "regex", "status", "text", "url"]
    private static let help = "write exactly one of json, header, regex, status, text, url"

    /// Reads one member of `capture`; what is wrong is reported, and nil.
    package init?(name: String, _ node: JSONNode, _ context: inout ReadingContext) {
        let before = context.bag.diagnostics.count
        guard let reader = MemberReader(node, ExpectationTables.capture, &context) else { return nil }
        let found = Self.sources.filter { reader[$0] != nil }
        guard let kind = found.first, let operand = reader[kind] else {
            if context.bag.diagnostics.count == before {
                context.error("no-source", "the capture '\(name)' has no source", at: node, help: Self.help)
            }
            return nil
        }
        if let second = found.dropFirst().first, let extra = reader.nameNode(second) {
            context.error(
                "two-sources", "the capture '\(name)' has two sources, '\(kind)' and '\(second)'", at: extra,
                help: Self.help)
            return nil
        }
        guard let source = Self.source(kind, operand, &context) else { return nil }
        self.init(
            name: name, span: context.span(node), isSecret: reader["secret"]?.boolean ?? false,
            bodyNeed: ["json", "regex", "text"].contains(kind) ? .bytes : .none, source: source,
            fallback: reader["default"].flatMap { context.draft($0) { $0 } })
    }

    private static func source(
        _ kind: String, _ node: JSONNode, _ context: inout ReadingContext
    ) -> Draft<CaptureSource>? {
        switch kind {
        case "json": path(node, &context)
        case "header": header(node, &context)
        case "regex": regex(node, &context)
        case "status": .ready(.status)
        case "text": .ready(.text)
        default: .ready(.url)
        }
    }

    private static func path(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<CaptureSource>? {
        let span = context.span(node)
        return PathReader.read(node, &context).flatMap { draft in
            context.map(draft) { (filled) throws(Diagnostic) in
                guard filled.path.isSingular else {
                    throw Diagnostic(
                        code: "not-singular", "\(filled.shown) may select several values", at: span,
                        help: "a capture takes one value: use names and indexes only, such as $.items[0].id")
                }
                return .json(filled)
            }
        }
    }

    private static func header(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<CaptureSource>? {
        let name = node.string ?? ""
        guard HeaderName.check(name, at: node, cookies: "cookie", &context) else { return nil }
        return .ready(.header(name))
    }

    private static func regex(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<CaptureSource>? {
        let (span, reader) = (context.span(node), PatternReader(node, context.file))
        return context.draft(node) { (value) throws(Diagnostic) in
            let written = TextOperand(text: try Operand.text(value, "regex", at: span), taint: value.taint)
            let pattern = try reader.parse(written, at: span)
            guard !pattern.groupNames.isEmpty else {
                throw Diagnostic(
                    code: "no-group", "the regular expression has no group", at: span,
                    help: "put what is to be captured in parentheses: id=([0-9]+)")
            }
            return .regex(pattern, shown: written.taint == nil ? written.text : written.words)
        }
    }
}
