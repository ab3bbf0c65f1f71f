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
    package func reveal(_ secret: Secret, before: String = "", after: String = "\n") {
        let text = before + secret.reveal() + after
        try? Descriptor.write(Array(text.utf8), to: STDOUT_FILENO, name: "standard output")
    }

    /// A file that appears under its name only when it is complete.
    package func file(_ path: String) throws(OutputError) -> ReportFile {
        try ReportFile(path: path, redactor: redactor)
    }

    private func write(_ text: String, _ descriptor: Int32, _ name: String) {
        try? Descriptor.write(redactor.redact(Array(text.utf8)), to: descriptor, name: name)
    }
}
