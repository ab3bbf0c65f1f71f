/// Why a text is not JSON (RFC 8259), and where.
package struct JSONError: Error, Sendable, Hashable {
    /// A sentence without a full stop.
    package let reason: String
    /// The bytes at fault; may be empty at the end of the text.
    package let range: Range<Int>
    /// What would be right, where that is known.
    package let help: String?

    package init(_ reason: String, _ range: Range<Int>, help: String? = nil) {
        self.reason = reason
        self.range = range
        self.help = help
    }
}
