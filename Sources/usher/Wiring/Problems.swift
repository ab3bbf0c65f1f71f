import Diagnostics
import Secrets

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Prints diagnostics the way every command does.
struct Problems: Sendable {
    /// Printed at most; one mistake in a generated file is soon there ten thousand times.
    private static let shown = 100

    let output: OutputSeam
    private let style: DiagnosticRenderer.Style
    private var renderer: DiagnosticRenderer { DiagnosticRenderer(style: style) }

    init(_ output: OutputSeam, color: Bool = true) {
        self.output = output
        let isColored = color && isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil
        style = isColored ? .ansi : .plain
    }

    /// All of them, in the order of the files, and how many errors there are.
    func print(_ bag: DiagnosticBag) {
        guard !bag.isEmpty else { return }
        let sorted = bag.sorted
        output.printError(sorted.prefix(Self.shown).map(renderer.render).joined(separator: "\n\n") + "\n")
        if sorted.count > Self.shown { output.printError("\n… and \(sorted.count - Self.shown) more\n") }
        let errors = sorted.count { $0.severity == .error }
        if errors > 1 { output.printError("\n\(errors) errors\n") }
    }

    /// What does not stop anything; each sentence on its line.
    func warn(_ sentences: [String]) {
        for sentence in sentences { output.printError("warning: \(sentence)\n") }
    }

    func print(_ sentence: String) {
        output.printError("error: \(sentence)\n")
    }

    /// Why there is no credential, with the place of what does not fit.
    func print(_ sentence: String, at span: Span?) {
        let excerpt = span.map { output.redactor.excerpt($0, style: style) } ?? []
        print(([sentence] + excerpt).joined(separator: "\n"))
    }
}
