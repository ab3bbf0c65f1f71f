/// One thing that is wrong (or doubtful) with an input: what, where, and what to do.
///
/// Fatal ones are thrown, recoverable ones are collected in a `DiagnosticBag`.
package struct Diagnostic: Error, Sendable, Hashable {
    package enum Severity: String, Sendable {
        case error, warning
    }

    package var severity: Severity
    /// A stable word for the kind of problem, such as `unknown-member`; tests and documentation refer to it.
    package var code: String
    /// One sentence without a full stop: what is wrong.
    package var title: String
    package var span: Span?
    /// A few words beside the carets.
    package var label: String?
    package var notes: [String]
    /// What would be right.
    package var help: String?

    package init(
        _ severity: Severity = .error, code: String, _ title: String, at span: Span? = nil,
        label: String? = nil, notes: [String] = [], help: String? = nil
    ) {
        self.severity = severity
        self.code = code
        self.title = title
        self.span = span
        self.label = label
        self.notes = notes
        self.help = help
    }
}

extension Diagnostic: CustomStringConvertible {
    package var description: String { DiagnosticRenderer().render(self) }
}
