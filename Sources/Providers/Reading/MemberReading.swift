import HTTP
import JSON
import Templates

/// Short forms for the members of provider files.
extension MemberReader {
    func template(_ name: String, _ context: inout ReadingContext) -> Template? {
        self[name].map { Template($0, &context) }
    }

    func url(_ name: String, _ context: inout ReadingContext) -> URLTemplate? {
        template(name, &context).map { URLTemplate($0) }
    }

    func word<Word: RawRepresentable<String>>(_ name: String) -> Word? {
        text(name).flatMap { Word(rawValue: $0) }
    }

    func texts(_ name: String) -> [String]? {
        self[name].map { $0.elements.compactMap(\.string) }
    }

    func duration(_ name: String, _ context: inout ReadingContext) -> Duration? {
        guard let node = self[name], let text = node.string else { return nil }
        let duration = DurationText.parse(text)
        if duration == nil { context.wrongKind(name, node, wanted: Shape.duration.wanted) }
        return duration
    }

    /// A boolean as such: placeholders have no place in a provider's switches.
    func flag(_ name: String, _ context: inout ReadingContext) -> Bool? {
        guard let node = self[name] else { return nil }
        if node.boolean == nil { context.wrongKind(name, node, wanted: Shape.boolean.wanted) }
        return node.boolean
    }

    /// A whole number in the range.
    func integer(_ name: String, _ range: ClosedRange<Int>, _ context: inout ReadingContext) -> Int? {
        self[name].flatMap { Self.integer($0, name, range, &context) }
    }

    /// One number or a list of them.
    func integers(_ name: String, _ range: ClosedRange<Int>, _ context: inout ReadingContext) -> [Int]? {
        guard let node = self[name] else { return nil }
        let nodes = node.kind == .array ? Array(node.elements) : [node]
        var result: [Int] = []
        for node in nodes {
            if let value = Self.integer(node, name, range, &context) { result.append(value) }
        }
        return result
    }

    private static func integer(
        _ node: JSONNode, _ name: String, _ range: ClosedRange<Int>, _ context: inout ReadingContext
    ) -> Int? {
        if let value = node.number?.int, range.contains(value) { return value }
        let bounds =
            range.upperBound == .max
            ? "of \(range.lowerBound) or more" : "from \(range.lowerBound) to \(range.upperBound)"
        context.wrongKind(name, node, wanted: "a whole number \(bounds)")
        return nil
    }

    /// An object of texts with placeholders.
    func templates(_ name: String, _ context: inout ReadingContext) -> [NamedTemplate] {
        guard let node = self[name] else { return [] }
        var result: [NamedTemplate] = []
        for member in node.members {
            result.append(NamedTemplate(name: member.name, value: Template(member.value, &context)))
        }
        return result
    }

    /// An object of header fields with placeholders.
    func headers(_ name: String, _ context: inout ReadingContext) -> [NamedTemplate] {
        for member in self[name].map({ Array($0.members) }) ?? [] where !HeaderFields.isToken(member.name) {
            context.error("bad-header-name", "'\(member.name)' is not a header name", at: member.nameNode)
        }
        return templates(name, &context)
    }

    /// A list of names of header fields.
    func headerNames(_ name: String, _ context: inout ReadingContext) -> [String]? {
        for node in self[name].map({ Array($0.elements) }) ?? [] {
            if let text = node.string, HeaderFields.isToken(text) { continue }
            context.error("bad-header-name", "'\(node.string ?? "")' is not a header name", at: node)
        }
        return texts(name)
    }

    /// An object of free JSON with placeholders.
    func members(_ name: String, _ context: inout ReadingContext) -> [(name: String, value: JSONTemplate)] {
        guard let node = self[name] else { return [] }
        var result: [(name: String, value: JSONTemplate)] = []
        for member in node.members { result.append((member.name, JSONTemplate(member.value, &context))) }
        return result
    }

    func method(_ name: String, _ context: inout ReadingContext) -> HTTPMethod? {
        guard let node = self[name], let text = node.string else { return nil }
        let method = HTTPMethod(rawValue: text)
        if method == nil { context.error("bad-method", "'\(text)' is not an HTTP method", at: node) }
        return method
    }
}
