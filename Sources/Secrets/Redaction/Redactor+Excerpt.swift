package import Diagnostics

extension Redactor {
    /// A place with its source line and carets; the place alone where the line holds a secret, since a line may be cut in
    /// it.
    package func excerpt(
        _ span: Span, _ severity: Diagnostic.Severity = .error, style: DiagnosticRenderer.Style = .plain
    ) -> [String] {
        guard !finds(in: Array(Self.line(of: span))) else { return ["--> \(redact(span.place))"] }
        let rendered = DiagnosticRenderer(style: style).render(Diagnostic(severity, code: "place", "", at: span))
        // The first line is the heading, which stands above in other words.
        return rendered.split(separator: "\n").dropFirst().map(String.init)
    }

    private static func line(of span: Span) -> ArraySlice<UInt8> {
        let bytes = span.file.bytes
        let at = min(max(span.range.lowerBound, 0), bytes.count)
        let start = bytes[..<at].lastIndex(of: UInt8(ascii: "\n")) ?? 0
        let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        return bytes[start..<end]
    }
}
