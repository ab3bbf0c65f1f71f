/// Renders a diagnostic as text: title, place, source line with carets, notes and help.
package struct DiagnosticRenderer: Sendable {
    package enum Style: Sendable {
        case plain, ansi
    }

    let style: Style

    package init(style: Style = .plain) {
        self.style = style
    }

    /// The diagnostic as lines of text, without a line end behind the last one.
    package func render(_ diagnostic: Diagnostic) -> String {
        var lines = [heading(diagnostic)]
        if let span = diagnostic.span {
            lines += excerpt(span, label: diagnostic.label, severity: diagnostic.severity)
        }
        lines += diagnostic.notes.map { "   = note: \(Self.safe($0))" }
        if let help = diagnostic.help { lines.append("   = help: \(Self.safe(help))") }
        return lines.joined(separator: "\n")
    }

    private func heading(_ diagnostic: Diagnostic) -> String {
        paint(diagnostic.severity.rawValue, color(diagnostic.severity)) + ": " + paint(Self.safe(diagnostic.title), "1")
    }

    private func excerpt(_ span: Span, label: String?, severity: Diagnostic.Severity) -> [String] {
        let shown = Window(of: span)
        let number = String(span.line)
        let gutter = String(repeating: " ", count: number.count)
        let carets = String(repeating: "^", count: max(1, shown.marked.count))
        let pad = String(repeating: " ", count: shown.before.count)
        return [
            "\(gutter)--> \(Self.safe(span.place))",
            "\(gutter) |",
            "\(number) | \(shown.text)",
            "\(gutter) | \(pad)\(paint(carets, color(severity)))\(label.map { " " + Self.safe($0) } ?? "")",
        ]
    }

    private func color(_ severity: Diagnostic.Severity) -> String {
        severity == .error ? "1;31" : "1;33"
    }

    private func paint(_ text: String, _ code: String) -> String {
        style == .ansi ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// One line of a message: what it quotes from an input must not steer the terminal.
    private static func safe(_ text: String) -> String { String(printable(text.utf8)) }

    /// Text of a source line that is safe to print: tabs four columns wide, control characters made visible.
    static func printable(_ bytes: some Sequence<UInt8>) -> [Character] {
        var result: [Character] = []
        for character in String(decoding: Array(bytes), as: UTF8.self) {
            if character == "\t" {
                result += Array("    ")
            } else if character.unicodeScalars.contains(where: isControl) {
                result.append("\u{FFFD}")
            } else {
                result.append(character)
            }
        }
        return result
    }

    /// C0, C1, line separators, and what turns the direction of writing (text would read other than it is).
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// A source line cut so that the marked part stays visible: generated files have lines of many kilobytes.
private struct Window {
    var before: [Character]
    var marked: [Character]
    var after: [Character]

    init(of span: Span) {
        let line = span.file.line(around: span.range.lowerBound)
        let marked = span.range.clamped(to: line)
        func shown(_ range: Range<Int>) -> [Character] { DiagnosticRenderer.printable(span.file.visible(range)) }
        self.init(
            before: shown(line.lowerBound..<marked.lowerBound), marked: shown(marked),
            after: shown(marked.upperBound..<line.upperBound))
    }

    private init(before: [Character], marked: [Character], after: [Character]) {
        let width = 100
        self.before = before.count > width ? ["…"] + before.suffix(width - 20) : before
        self.marked = marked.count > width ? Array(marked.prefix(width)) : marked
        let room = max(20, width - self.before.count - self.marked.count)
        let isMarkCut = self.marked.count < marked.count
        // Behind a mark that was cut, what follows it would seem to belong to it.
        self.after = isMarkCut ? ["…"] : after.count > room ? after.prefix(room) + ["…"] : after
    }

    var text: String { String(before + marked + after) }
}
