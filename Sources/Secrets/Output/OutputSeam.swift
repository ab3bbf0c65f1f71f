#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The one way out: everything printed or written goes through here and is redacted.
///
/// What is printed is redacted print by print and out at once: to hold back what might be the beginning of a secret, as
/// `RedactionStream` does for files, would delay every line a person waits for. So a print must hold whole lines; that
/// is enough, because secrets of several lines are known line by line.
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

    /// A file that appears under its name only when it is complete and holds no secret.
    ///
    /// - Parameter followsLinks: false in folders where others may put links: one in its place is replaced.
    package func file(
        _ path: String, _ language: ReportLanguage = .text, followsLinks: Bool = true
    ) throws(OutputError) -> ReportFile {
        try ReportFile(path: path, language: language, redactor: redactor, followsLinks: followsLinks)
    }

    /// Has the runner of GitHub Actions mask every secret that becomes known from now on, before anything else is
    /// printed that could hold it.
    ///
    /// On standard error, where the runner looks for commands too: standard output may be captured (`$(usher token …)`).
    package func announceSecretsToGitHub(on descriptor: Int32 = STDERR_FILENO) {
        redactor.observe { text in
            let lines = text.split(whereSeparator: \.isNewline).filter { $0.utf8.count >= NeedleTable.window }
            let commands = lines.map { "::add-mask::\(Self.commandData($0))\n" }.joined()
            try? Descriptor.write(Array(commands.utf8), to: descriptor, name: "standard error")
        }
    }

    /// The runner undoes these escapes (actions/toolkit, `escapeData`).
    private static func commandData(_ text: Substring) -> String {
        String(decoding: text.utf8.flatMap { $0 == UInt8(ascii: "%") ? Array("%25".utf8) : [$0] }, as: UTF8.self)
    }

    private func write(_ text: String, _ descriptor: Int32, _ name: String) {
        try? Descriptor.write(redactor.redact(Array(text.utf8)), to: descriptor, name: name)
    }
}
