import Diagnostics
import JSON
import Secrets
import Templates

/// Parses a regular expression that a file holds; what is wrong is placed inside its text where that is possible.
struct PatternReader: Sendable {
    private let node: JSONNode
    private let file: SourceFile

    init(_ node: JSONNode, _ file: SourceFile) {
        self.node = node
        self.file = file
    }

    /// - Parameter span: the place of what a placeholder made.
    func parse(_ pattern: TextOperand, at span: Span) throws(Diagnostic) -> RegularExpression {
        do throws(QueryError) {
            return try RegularExpression(parsing: pattern.text, dialect: .search)
        } catch {
            if node.isText(pattern.text) {
                let place = Span(file, node.sourceRange(ofDecoded: error.range))
                throw Diagnostic(code: "bad-pattern", error.reason, at: place, help: error.help)
            }
            let reason =
                pattern.taint == nil ? error.reason : "the regular expression is invalid once its secret is filled in"
            throw Diagnostic(
                code: "bad-pattern", reason, at: span, notes: ["the regular expression is \(pattern.words)"],
                help: pattern.taint == nil ? error.help : nil)
        }
    }
}
