package import Diagnostics
import JSON
import Secrets

/// The URL of a request: each placeholder is encoded for the place it stands in (formats.md R1).
package struct URLTemplate: Sendable {
    private enum Part: Sendable {
        case text(String)
        /// At the very start: inserted unchanged.
        case whole(Expression, Span)
        /// One path segment or a piece of one.
        case segment(Expression, Span)
        case query(Expression, Span)
    }

    private let parts: [Part]
    package let template: Template
    /// The URL starts with `/`: it is appended to the base URL.
    package let isRelative: Bool

    package init(_ template: Template) {
        self.template = template
        var inQuery = false
        var parts: [Part] = []
        for (index, segment) in template.segments.enumerated() {
            switch segment {
            case .text(let text):
                parts.append(.text(text))
                inQuery = inQuery || text.utf8.contains(UInt8(ascii: "?"))
            case .expression(let expression, let span):
                parts.append(
                    index == 0 ? .whole(expression, span) : inQuery ? .query(expression, span) : .segment(expression, span))
            }
        }
        self.parts = parts
        isRelative = if case .text(let text)? = parts.first { text.hasPrefix("/") } else { false }
    }

    package var names: [(path: NamePath, span: Span, isOptional: Bool)] { template.names }

    /// - Throws: a `Diagnostic`, also where a path segment would be empty, `.` or `..`.
    package func text(_ scope: Scope) throws(Diagnostic) -> RenderedText {
        var result = RenderedText("")
        var segmentStart: (offset: Int, span: Span)?
        for part in parts {
            switch part {
            case .text(let text): try append(text, to: &result, &segmentStart)
            case .whole(let expression, let span): try insert(expression, span, { $0 }, scope, &result)
            case .query(let expression, let span):
                try insert(expression, span, PercentEncoding.encode, scope, &result)
            case .segment(let expression, let span):
                if segmentStart == nil { segmentStart = (startOfSegment(result.text), span) }
                let isRaw = try insert(expression, span, PercentEncoding.encode, scope, &result)
                if isRaw { segmentStart = nil }
            }
        }
        try check(segmentStart, result.text[...])
        return result
    }

    private func append(
        _ text: String, to result: inout RenderedText, _ segmentStart: inout (offset: Int, span: Span)?
    ) throws(Diagnostic) {
        if let stop = text.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "#" }) {
            try check(segmentStart, (result.text + text[..<stop])[...])
            segmentStart = nil
        }
        result.text += text
    }

    @discardableResult
    private func insert(
        _ expression: Expression, _ span: Span, _ escape: (String) -> String, _ scope: Scope,
        _ result: inout RenderedText
    ) throws(Diagnostic) -> Bool {
        let value = try expression.evaluate(scope)
        let text = try Template.text(of: value, at: span)
        result.text += value.isRaw ? text : escape(text)
        result.taint = Taint.join(result.taint, value.taint)
        return value.isRaw
    }

    /// The UTF-8 offset behind the last slash.
    private func startOfSegment(_ text: String) -> Int {
        let bytes = Array(text.utf8)
        return bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    }

    /// A segment that became empty, `.` or `..` would send the request somewhere else.
    private func check(
        _ start: (offset: Int, span: Span)?, _ text: Substring
    ) throws(Diagnostic) {
        guard let start else { return }
        let segment = String(decoding: Array(text.utf8.dropFirst(start.offset)), as: UTF8.self)
        guard segment.isEmpty || segment == "." || segment == ".." else { return }
        throw Diagnostic(
            code: "bad-path-segment",
            segment.isEmpty ? "the path segment is empty" : "the path segment is '\(segment)'", at: start.span,
            help: "a value inserted into a path fills exactly one segment; raw(x) inserts it unchanged")
    }
}
