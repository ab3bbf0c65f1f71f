/// Why a text is not a JSONPath (RFC 9535) or a regular expression, and where.
package struct QueryError: Error, Sendable, Hashable {
    /// A sentence without a full stop.
    package let reason: String
    /// UTF-8 offsets inside the path or pattern; may be empty at its end.
    package let range: Range<Int>
    /// What would be right, where that is known.
    package let help: String?

    package init(_ reason: String, _ range: Range<Int>, help: String? = nil) {
        self.reason = reason
        self.range = range
        self.help = help
    }
}
