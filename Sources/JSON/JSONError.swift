/// Why a text is not JSON (RFC 8259), and where.
package struct JSONError: Error, Sendable, Hashable {
    /// What is wrong, without a word of the text: it may be a secret.
    package let summary: String
    /// The word of the text that should not be there.
    package let found: String?
    /// The bytes at fault; may be empty at the end of the text.
    package let range: Range<Int>
    /// What would be right, where that is known.
    package let help: String?

    /// A sentence without a full stop.
    package var reason: String { found.map { "\(summary), found '\($0)'" } ?? summary }

    package init(_ summary: String, _ range: Range<Int>, found: String? = nil, help: String? = nil) {
        self.summary = summary
        self.found = found
        self.range = range
        self.help = help
    }
}
