import Diagnostics
import HTTP
import JSON

extension Locators {
    /// A locator, a list of them, or `{ "at": … }`; nil where nothing usable stands there.
    init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard node.kind == .object else {
            self.init(plain: node, &context)
            return
        }
        guard let at = MemberReader(node, TokenTables.located, &context)?["at"] else { return nil }
        self.init(plain: at, &context)
    }

    private init?(plain node: JSONNode, _ context: inout ReadingContext) {
        let nodes = node.kind == .array ? Array(node.elements) : [node]
        if nodes.isEmpty { context.error("no-locator", "this list of places is empty", at: node) }
        var alternatives: [Locator] = []
        for node in nodes {
            if let locator = Locator(node, &context) { alternatives.append(locator) }
        }
        guard !alternatives.isEmpty else { return nil }
        self.init(alternatives, at: Span(context.file, node.range))
    }
}

extension Locator {
    fileprivate init?(_ node: JSONNode, _ context: inout ReadingContext) {
        guard let text = node.string else { return nil }
        if let pointer = JSONPointer(text) {
            self = .pointer(pointer)
            return
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.count == 2 ? String(parts[1]) : ""
        switch parts[0] {
        case "header" where HeaderFields.isToken(name): self = .header(name)
        case "cookie" where HeaderFields.isToken(name): self = .cookie(name)
        case "xpath":
            guard let path = XMLPath(name) else {
                context.error(
                    "bad-xpath", "'\(name)' is no path that this version understands", at: node,
                    help: "write \"xpath:/Envelope/Body/Token\", \"xpath://Token\", \"…/item[2]\" or \"…/@id\"")
                return nil
            }
            self = .xpath(path)
        default:
            context.error(
                "bad-locator", "'\(text)' is no place in an answer", at: node,
                help:
                    "write \"/json/pointer\", \"\" for the whole body, \"header:Name\", \"cookie:Name\" or \"xpath:/a/b\""
            )
            return nil
        }
    }
}
