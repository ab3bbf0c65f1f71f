import Diagnostics
import Expectations
import HTTP
import JSON
import Templates

/// Reads one request.
enum RequestReader {
    static func read(_ node: JSONNode, _ shared: SharedDefaults, _ context: inout ReadingContext) -> Request? {
        let defaults = shared.defaults
        guard let reader = MemberReader(node, CollectionTables.request, &context) else { return nil }
        let name = CaseName.read(reader, "name", &context)
        let line = requestLine(reader["request"], &context)
        let headers = Parameter.merge(defaults.headers, Parameter.read(reader["headers"], &context))
        Parameter.checkHeaders(headers, &context)
        let query = Parameter.merge(
            defaults.query, Parameter.read(reader["query"], &context), ignoringCase: false)
        let body = reader["body"].flatMap { BodyReader.read($0, &context) }
        let timeout = DurationReader.read(reader["timeout"], &context)
        let redirects = redirects(reader["redirects"], &context)
        let expectation = expectation(
            reader["expect"], defaults, at: name?.span ?? context.span(node), &context)
        let captures = captures(reader["capture"], &context)
        let contract = contract(reader, defaults, &context)
        guard let name, let line else { return nil }
        return Request(
            name: name, method: line.method, url: line.url, query: query, headers: headers, body: body,
            expectation: expectation, captures: captures, timeout: timeout ?? defaults.timeout ?? .seconds(30),
            redirects: redirects ?? defaults.redirects ?? 0,
            circumstances: circumstances(reader, isSafe: line.method.isSafe, context), contract: contract)
    }

    private static func circumstances(
        _ reader: MemberReader, isSafe: Bool, _ context: ReadingContext
    ) -> RequestCircumstances {
        RequestCircumstances(
            identity: reader.named("as", context), isSafe: reader["safe"]?.boolean ?? isSafe,
            after: reader.namedList("after", context), tags: reader.texts("tags") ?? [],
            environments: reader.texts("environments"), skip: reader.text("skip"),
            isOnly: reader["only"]?.boolean ?? false)
    }

    /// `"GET /path"`.
    private static func requestLine(
        _ node: JSONNode?, _ context: inout ReadingContext
    ) -> (method: HTTPMethod, url: URLTemplate)? {
        guard let node, let text = node.string else { return nil }
        let word = text.prefix { $0 != " " }
        let isComplete = word.utf8.count + 1 < text.utf8.count
        guard isComplete, let method = HTTPMethod(rawValue: String(word)), isMethod(word) else {
            context.error(
                "bad-request-line", "'request' is a method and a URL", at: node,
                help: "write \"GET /path\" or \"POST https://host/path\"")
            return nil
        }
        let start = word.utf8.count + 1
        let file = context.file
        let template = Template(
            parsing: text, from: start, span: context.span(node), bag: &context.bag,
            place: { Span(file, node.sourceRange(ofDecoded: $0)) })
        checkURL(template, node, start, &context)
        return (method, URLTemplate(template))
    }

    private static func isMethod(_ word: Substring) -> Bool {
        word.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    private static func checkURL(
        _ template: Template, _ node: JSONNode, _ start: Int, _ context: inout ReadingContext
    ) {
        let text = (node.string ?? "").utf8.dropFirst(start)
        let rest = String(Substring(text))
        guard !rest.hasPrefix("/"), !rest.hasPrefix("{{") else {
            if let plain = template.plain { check("http://host" + plain, node, start, &context) }
            return
        }
        guard rest.hasPrefix("http://") || rest.hasPrefix("https://") else {
            let range = start..<start + text.count
            let other = rest.firstRange(of: "://").map { rest[..<$0.lowerBound] }
            context.bag.error(
                "bad-url",
                other.map { "the URL has the scheme '\($0)'; only http and https are sent" }
                    ?? "the URL has no scheme",
                at: context.span(node, decoded: range),
                help: "it starts with '/' (below the base URL), 'https://' or a placeholder")
            return
        }
        if let plain = template.plain { check(plain, node, start, &context) }
    }

    private static func check(_ url: String, _ node: JSONNode, _ start: Int, _ context: inout ReadingContext) {
        do throws(HTTPURL.ParseError) {
            _ = try HTTPURL(parsing: url)
        } catch {
            let end = (node.string ?? "").utf8.count
            // A password in the URL must not stand in the excerpt of its own error.
            if url.contains("@") { context.file.hide(context.span(node, decoded: start..<end).range) }
            context.bag.error("bad-url", "the URL \(error.reason)", at: context.span(node, decoded: start..<end))
        }
    }

    static func redirects(_ node: JSONNode?, _ context: inout ReadingContext) -> Int? {
        guard let node else { return nil }
        if let flag = node.boolean { return flag ? 10 : 0 }
        guard let count = node.number?.int, (0...50).contains(count) else {
            context.error("bad-redirects", "'redirects' is false, true or a number from 0 to 50", at: node)
            return nil
        }
        return count
    }

    private static func expectation(
        _ node: JSONNode?, _ defaults: RequestDefaults, at span: Span, _ context: inout ReadingContext
    ) -> Expectation {
        let own = node.flatMap { Expectation($0, &context) }
        return RequestDefaults.merge(own, over: defaults.expectation) ?? Expectation(at: span)
    }

    private static func captures(
        _ node: JSONNode?, _ context: inout ReadingContext
    ) -> [(name: Named, capture: Capture)] {
        var captures: [(name: Named, capture: Capture)] = []
        for member in node.map({ Array($0.members) }) ?? [] {
            if !isTemplateName(member.name) {
                context.error(
                    "bad-variable-name", "'\(member.name)' cannot be used in a placeholder", at: member.nameNode,
                    help: "names are a letter or '_', then letters, digits, '_', '-'")
            }
            guard let capture = Capture(name: member.name, member.value, &context) else { continue }
            captures.append((Named(member.name, at: context.span(member.nameNode)), capture))
        }
        return captures
    }

    private static func contract(
        _ reader: MemberReader, _ defaults: RequestDefaults, _ context: inout ReadingContext
    ) -> RequestContract {
        let own = reader["denies"].map { ContractReader.denies($0, &context) }
        let denies = own ?? defaults.denies ?? .standard
        return RequestContract(
            denies: denies, access: ContractReader.access(reader["access"], denies: denies, &context),
            covers: reader.namedList("covers", context))
    }
}

/// Reads `body`.
enum BodyReader {
    static func read(_ node: JSONNode, _ context: inout ReadingContext) -> BodyTemplate? {
        guard let reader = MemberReader(node, CollectionTables.body, &context) else { return nil }
        let forms = ["json", "form", "text"].filter { node[$0] != nil }
        guard forms.count == 1 else {
            let hasLater = ["multipart", "file", "graphql"].contains { node[$0] != nil }
            if forms.count > 1 || !hasLater {
                context.error(
                    "one-body", forms.isEmpty ? "the body has no content" : "the body has several forms",
                    at: node, help: "it has exactly one of json, form, text")
            }
            return nil
        }
        if let type = reader["type"], forms != ["text"] {
            context.error(
                "type-without-text", "'type' goes with 'text'", at: type,
                help: "json and form set it; another one is set by the header Content-Type")
        }
        switch forms[0] {
        case "json": return reader["json"].map { .json(JSONTemplate($0, &context)) }
        case "form": return .form(Parameter.read(reader["form"], &context))
        default:
            return reader["text"].map { .text(Template($0, &context), type: reader.text("type") ?? "text/plain") }
        }
    }
}
