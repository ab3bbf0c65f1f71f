#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The one way out: everything printed or written goes through here and is redacted.
package final class OutputSeam: Sendable {
    package let redactor: Redactor
    package let isTerminal: Bool

    package init(redactor: Redactor) {
        self.redactor = redactor
        isTerminal = isatty(STDOUT_FILENO) == 1
    }

    /// A closed reader (`usher … | head`) is no failure: the rest is dropped.
    package func print(_ text: String) {
        write(text, STDOUT_FILENO, "standard output")
    }

    package func printError(_ text: String) {
        write(text, STDERR_FILENO, "standard error")
    }

    /// Prints the one thing that a command was asked to print although it is secret: `usher token`.
    ///
    /// - Throws: what keeps it from being printed; a closed reader is no failure here either.
    package func reveal(_ secret: Secret, before: String = "", after: String = "\n") throws(OutputError) {
        try deliver(Array((before + secret.reveal() + after).utf8))
    }

    /// Prints what a command was asked for: who does not get it must be told.
    ///
    /// - Throws: as `reveal`.
    package func printResult(_ text: String) throws(OutputError) {
        try deliver(redactor.redact(Array(text.utf8)))
    }

    private func deliver(_ bytes: [UInt8]) throws(OutputError) {
        do throws(OutputError) {
            try Descriptor.write(bytes, to: STDOUT_FILENO, name: "standard output")
        } catch {
            guard !error.isBrokenPipe else { return }
            throw error
        }
    }

    /// A file that appears under its name only when it is complete.
    ///
    /// - Parameter followsLinks: false in folders where others may put links: one in its place is replaced.
    package func file(_ path: String, followsLinks: Bool = true) throws(OutputError) -> ReportFile {
        try ReportFile(path: path, redactor: redactor, followsLinks: followsLinks)
    }

    private func write(_ text: String, _ descriptor: Int32, _ name: String) {
        try? Descriptor.write(redactor.redact(Array(text.utf8)), to: descriptor, name: name)
    }
}
