/// Collects diagnostics while files are read, so that all problems of all files are reported in one go.
package struct DiagnosticBag: Sendable, Error {
    package private(set) var diagnostics: [Diagnostic] = []
    /// A file may hold a hundred thousand wrong members: each is compared with a hash, not with all others.
    private var known: Set<Diagnostic> = []

    package init() {}

    package init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { add(diagnostic) }
    }

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    package var isEmpty: Bool { diagnostics.isEmpty }

    /// Keeps the diagnostic unless the same one is there already.
    package mutating func add(_ diagnostic: Diagnostic) {
        if known.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }

    package mutating func add(contentsOf other: DiagnosticBag) {
        for diagnostic in other.diagnostics { add(diagnostic) }
    }

    /// Adds an error; the short form used by the readers.
    package mutating func error(
        _ code: String, _ title: String, at span: Span?, label: String? = nil, help: String? = nil
    ) {
        add(Diagnostic(code: code, title, at: span, label: label, help: help))
    }

    package mutating func warning(
        _ code: String, _ title: String, at span: Span?, label: String? = nil, help: String? = nil
    ) {
        add(Diagnostic(.warning, code: code, title, at: span, label: label, help: help))
    }

    /// The diagnostics in the order a reader of the files meets them: by path, then by place.
    package var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { a, b in
            let left = a.element.span, right = b.element.span
            let pathA = left?.file.path ?? "", pathB = right?.file.path ?? ""
            if pathA != pathB { return pathA < pathB }
            let placeA = left?.range.lowerBound ?? -1, placeB = right?.range.lowerBound ?? -1
            return placeA == placeB ? a.offset < b.offset : placeA < placeB
        }.map(\.element)
    }
}
