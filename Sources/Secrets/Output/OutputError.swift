/// Why something could not be written.
package struct OutputError: Error, Sendable, CustomStringConvertible {
    /// A sentence with the path and the system's reason.
    package let description: String
    /// The reader of a pipe has gone (`usher … | head`): a quiet end, not a failure.
    package let isBrokenPipe: Bool
    /// The place itself is wrong, a folder say: a usage error, not a failure of the system.
    package let isMisuse: Bool

    package init(_ description: String, isBrokenPipe: Bool = false, isMisuse: Bool = false) {
        self.description = description
        self.isBrokenPipe = isBrokenPipe
        self.isMisuse = isMisuse
    }
}
