/// A byte range in a source file.
package struct Span: Sendable, Hashable {
    package let file: SourceFile
    package let range: Range<Int>

    package init(_ file: SourceFile, _ range: Range<Int>) {
        self.file = file
        self.range = range
    }

    /// `file:line:column`, 1-based, as compilers print it.
    package var place: String {
        let (line, column) = file.place(of: range.lowerBound)
        return "\(file.path):\(line):\(column)"
    }

    package var line: Int { file.place(of: range.lowerBound).line }

    package static func == (a: Span, b: Span) -> Bool {
        a.file === b.file && a.range == b.range
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(file))
        hasher.combine(range)
    }
}
