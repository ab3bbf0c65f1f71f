package import Diagnostics
package import JSON

/// A text with placeholders, parsed once when its file is read.
package struct Template: Sendable {
    enum Segment: Sendable {
        case text(String)
        case expression(Expression, Span)
    }

    let segments: [Segment]
    package let span: Span

    /// A template without placeholders.
    package init(plain text: String, at span: Span) {
        segments = text.isEmpty ? [] : [.text(text)]
        self.span = span
    }

    /// Parses a string node; what is wrong goes to the context, its placeholder is then left out.
    package init(_ node: JSONNode, _ context: inout ReadingContext) {
        let file = context.file
        self.init(
            parsing: node.string ?? "", span: context.span(node), bag: &context.bag,
            place: { Span(file, node.sourceRange(ofDecoded: $0)) })
    }

    /// Parses a part of a decoded text; `place` turns ranges of decoded UTF-8 into places in the file.
    package init(
        parsing text: String, from start: Int = 0, span: Span, bag: inout DiagnosticBag,
        place: @escaping (Range<Int>) -> Span
    ) {
        self.span = span
        var parser = TemplateParser(text, from: start, place: place)
        segments = parser.parse(&bag)
    }

    init(segments: [Segment], span: Span) {
        self.segments = segments
        self.span = span
    }

    /// The text where there is no placeholder in it.
    package var plain: String? {
        switch (segments.first, segments.count) {
        case (nil, _): ""
        case (.text(let text)?, 1): text
        default: nil
        }
    }

    package var names: [(path: NamePath, span: Span, isOptional: Bool)] {
        segments.flatMap { segment -> [(path: NamePath, span: Span, isOptional: Bool)] in
            guard case .expression(let expression, _) = segment else { return [] }
            return expression.names()
        }
    }

    /// Whether it gives another value each time: a date, a random number.
    package var isVolatile: Bool {
        segments.contains { if case .expression(let expression, _) = $0 { expression.isVolatile } else { false } }
    }

    /// The value; a text that is exactly one placeholder takes that value's type.
    ///
    /// - Throws: a `Diagnostic` at the placeholder's place.
    package func value(_ scope: Scope) throws(Diagnostic) -> TemplateValue {
        if segments.count == 1, case .expression(let expression, _) = segments[0] {
            return try expression.evaluate(scope)
        }
        let rendered = try text(scope)
        return TemplateValue(.string(rendered.text), taint: rendered.taint)
    }

    /// The text, each value passed through `escape` (which sees whether it came from `raw(x)` by not being called).
    package func text(
        _ scope: Scope, escape: (String) -> String = { $0 }
    ) throws(Diagnostic) -> RenderedText {
        var result = RenderedText("")
        for segment in segments {
            switch segment {
            case .text(let text): result.text += text
            case .expression(let expression, let span):
                let value = try expression.evaluate(scope)
                let text = try Self.text(of: value, at: span)
                result.text += value.isRaw ? text : escape(text)
                result.taint = Taint.join(result.taint, value.taint)
            }
        }
        return result
    }

    static func text(of value: TemplateValue, at span: Span) throws(Diagnostic) -> String {
        guard let text = value.text else {
            throw Diagnostic(
                code: "not-text", "\(value.json.kind.phrase) cannot stand inside a text", at: span,
                help: value.json == .null ? "give it a default: {{ x ?? '' }}" : "make text of it: {{ json(x) }}")
        }
        return text
    }
}
