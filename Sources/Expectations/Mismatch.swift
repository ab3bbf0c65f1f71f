package import Diagnostics

/// One expectation that did not hold.
package struct Mismatch: Sendable, Hashable {
    /// What was looked at: `status`, `header Content-Type`, `$.items`.
    package var subject: String
    /// What the file asks for, in words: `201`, `at least 1 element`, `a text that matches ^ord_`.
    package var expected: String
    /// What came, cut to a readable length.
    package var actual: String
    /// The expectation in its file.
    package var span: Span

    package init(subject: String, expected: String, actual: String, span: Span) {
        self.subject = subject
        self.expected = expected
        self.actual = actual
        self.span = span
    }

    /// One line: `status: expected 201, got 404`.
    package var sentence: String { "\(subject): expected \(expected), got \(actual)" }
}
