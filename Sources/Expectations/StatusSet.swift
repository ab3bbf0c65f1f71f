import Diagnostics
package import JSON
import Templates

/// Statuses of an answer: `200`, `"2xx"`, a list of these, or all but those.
package struct StatusSet: Sendable, Hashable {
    private let ranges: [ClosedRange<Int>]
    private let isNegated: Bool

    package init(_ ranges: [ClosedRange<Int>], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
    }

    package init(_ statuses: Int...) {
        self.init(statuses.map { $0...$0 })
    }

    /// 2xx: what `expect` asks for where it names no status.
    package static let success = StatusSet([200...299])

    package func contains(_ status: Int) -> Bool {
        for range in ranges where range.contains(status) { return !isNegated }
        return isNegated
    }

    /// For messages: `200 or 4xx`, `any status but 404`.
    package var words: String {
        let words = Shape.alternatives(ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound / 100)xx" })
        return isNegated ? "any status but " + words : words
    }

    /// How it is written in a file.
    package static let shape: Shape = .either([plainShape, .object("status-set")])

    static let table = MemberTable(
        "status-set", help: "All statuses but these.",
        [MemberSpec("not", plainShape, required: true, "A status, a class such as \"5xx\", or a list of these.")])

    private static let plainShape: Shape = .either([.integer, .text, .list(.either([.integer, .text]))])
}

extension StatusSet {
    /// Reads a status, a class, a list or `{ "not": … }`; what is wrong is reported, and nil.
    package static func read(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<StatusSet>? {
        if node.kind == .object {
            guard let reader = MemberReader(node, table, &context), let inner = reader["not"] else { return nil }
            return ranges(inner, &context).flatMap { draft in
                context.map(draft) { StatusSet($0, isNegated: true) }
            }
        }
        return ranges(node, &context).flatMap { draft in context.map(draft) { StatusSet($0) } }
    }

    private static func ranges(_ node: JSONNode, _ context: inout ReadingContext) -> Draft<[ClosedRange<Int>]>? {
        guard node.kind == .array else {
            let (span, isText) = (context.span(node), node.kind == .string)
            return context.draft(node) { (value) throws(Diagnostic) in
                let isWritten = isText && node.isText(value.json.string ?? "")
                return try ranges(value, isWritten: isWritten, at: span)
            }
        }
        var drafts: [Draft<[ClosedRange<Int>]>] = []
        for element in node.elements {
            if let draft = ranges(element, &context) { drafts.append(draft) }
        }
        if node.count == 0 { context.error("empty-list", "the list of statuses is empty", at: node) }
        return context.map(Draft.all(drafts)) { $0.flatMap { $0 } }
    }

    /// - Parameter isWritten: the text stands in the file as it is; only one from a placeholder may spell a number.
    private static func ranges(
        _ value: TemplateValue, isWritten: Bool, at span: Span
    ) throws(Diagnostic) -> [ClosedRange<Int>] {
        switch value.json {
        case .number(let number):
            guard let status = number.int, (100...999).contains(status) else { throw wrong(value, at: span) }
            return [status...status]
        case .string(let text):
            if let statuses = statusClass(text) { return [statuses] }
            guard let status = Int(text), (100...999).contains(status) else { throw wrong(value, at: span) }
            if isWritten { throw wrong(value, at: span, help: "write \(status) without quotes") }
            return [status...status]
        case .array(let values) where !values.isEmpty:
            var ranges: [ClosedRange<Int>] = []
            for element in values {
                ranges += try Self.ranges(TemplateValue(element, taint: value.taint), isWritten: false, at: span)
            }
            return ranges
        case .null, .boolean, .array, .object: throw wrong(value, at: span)
        }
    }

    /// `2xx` as 200 to 299.
    private static func statusClass(_ text: String) -> ClosedRange<Int>? {
        guard text.utf8.count == 3, text.hasSuffix("xx"), let first = text.first?.wholeNumberValue,
            (1...5).contains(first)
        else { return nil }
        return first * 100...first * 100 + 99
    }

    private static func wrong(_ value: TemplateValue, at span: Span, help: String? = nil) -> Diagnostic {
        Diagnostic(
            code: "bad-status", "\(Excerpt.of(value)) is not a status", at: span,
            help: help
                ?? #"a status is a number from 100 to 999, a class such as "2xx", a list of these or { "not": … }"#)
    }
}
