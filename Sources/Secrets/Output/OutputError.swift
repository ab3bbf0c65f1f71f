/// Why something could not be written.
package struct OutputError: Error, Sendable, CustomStringConvertible {
    /// A sentence with the path and the system's reason.
    package let description: String
    /// The reader of a pipe has gone (`usher … | head`): a quiet end, not a failure.
    package let isBrokenPipe: Bool

    package init(_ description: String, isBrokenPipe: Bool = false) {
        self.description = description
        self.isBrokenPipe = isBrokenPipe
    }
}
