/// What a source gave in one reading.
package struct SecretReading: Sendable {
    package var text: String
    /// Milliseconds since 1970, after which the source is read again; nil: never in this run.
    package var expiry: Int64?
    /// When the source was asked, in milliseconds since 1970; nil: just now.
    package internal(set) var readAt: Int64?
    /// Names the reading in the memory that keeps it; nil: the source is read anew each time.
    package internal(set) var ticket: SecretMemory.Ticket?

    package init(_ text: String, expiry: Int64? = nil) {
        self.text = text
        self.expiry = expiry
    }
}
