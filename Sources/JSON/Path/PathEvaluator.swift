/// Walks one document for a path. Recursion goes as deep as filters are nested in the path, never as the data is.
final class PathEvaluator {
    private let root: JSONNode
    /// Patterns that came from the data; nil for what is no pattern.
    private var patterns: [String: RegularExpression?] = [:]

    init(_ root: JSONNode) { self.root = root }

    func select(_ query: PathQuery, from current: JSONNode) -> [JSONNode] {
        if query.isSingular { return single(query, from: current).map { [$0] } ?? [] }
        var nodes = [query.isAbsolute ? root : current]
        for segment in query.segments {
            var selected: [JSONNode] = []
            for node in nodes { select(segment, in: node, into: &selected) }
            nodes = selected
        }
        return nodes
    }

    /// What a singular query selects.
    func single(_ query: PathQuery, from current: JSONNode) -> JSONNode? {
        var node = query.isAbsolute ? root : current
        for segment in query.segments {
            let found: JSONNode? =
                switch segment.single {
                case .name(let name): node.member(named: name)
                case .index(let index): node.element(at: index)
                default: nil
                }
            guard let found else { return nil }
            node = found
        }
        return node
    }

    /// The values in a container in the order of its tape are the order in which §2.5.2.2 visits them.
    private func select(_ segment: PathSegment, in node: JSONNode, into selected: inout [JSONNode]) {
        guard node.tape.isContainer else { return }
        guard segment.isDescendant else {
            for selector in segment.selectors { select(selector, in: node, into: &selected) }
            return
        }
        for index in node.index..<node.tape.extent where node.document.tape[index].isContainer {
            let inner = JSONNode(document: node.document, index: index)
            for selector in segment.selectors { select(selector, in: inner, into: &selected) }
        }
    }

    private func select(_ selector: PathSelector, in node: JSONNode, into selected: inout [JSONNode]) {
        switch selector {
        case .name(let name): if let value = node.member(named: name) { selected.append(value) }
        case .index(let index): if let value = node.element(at: index) { selected.append(value) }
        case .wildcard: node.forEachChild { selected.append($0) }
        case .filter(let condition): node.forEachChild { if holds(condition, $0) { selected.append($0) } }
        case .slice(let slice):
            guard node.kind == .array else { return }
            let elements = Array(node.elements)
            for place in slice.places(elements.count) { selected.append(elements[place]) }
        }
    }

    /// The expression for a pattern from the data, compiled once.
    func expression(_ pattern: String) -> RegularExpression? {
        if let known = patterns[pattern], known == nil || known?.pattern.utf8.elementsEqual(pattern.utf8) == true {
            return known
        }
        if patterns.count >= 64 { patterns.removeAll() }
        let expression = try? RegularExpression(parsing: pattern, dialect: .iRegexp)
        patterns[pattern] = .some(expression)
        return expression
    }
}

extension JSONNode {
    /// The member of that name (in UTF-8), the last one where a name stands twice.
    func member(named name: [UInt8]) -> JSONNode? {
        var found: JSONNode?
        for member in members where member.nameNode.isText(name) { found = member.value }
        return found
    }

    /// The element at a place, counted from the end where negative.
    func element(at place: Int) -> JSONNode? {
        guard place < 0 else { return self[place] }
        guard kind == .array else { return nil }
        return self[count + place]
    }

    func forEachChild(_ body: (JSONNode) -> Void) {
        switch kind {
        case .array: for element in elements { body(element) }
        case .object: for member in members { body(member.value) }
        default: break
        }
    }

    private func isText(_ text: [UInt8]) -> Bool {
        switch tape.kind {
        case .string: content.count == text.count && document.bytes[content].elementsEqual(text)
        case .escapedString: JSONEscapes.decode(document.bytes[content]).utf8.elementsEqual(text)
        default: false
        }
    }
}
