package import Diagnostics

/// A JSON file of ours, parsed, with what its readers need for diagnostics.
package enum JSONFile {
    /// Parses the file, or adds what is wrong to the bag and gives nil.
    ///
    /// - Parameter mayHoldSecrets: excerpts of a file that cannot be parsed show no values.
    package static func read(
        _ file: SourceFile, into bag: inout DiagnosticBag, mayHoldSecrets: Bool = false
    ) -> JSONNode? {
        do throws(JSONError) {
            return try JSONDocument.parse(file.bytes).root
        } catch {
            bag.add(mayHoldSecrets ? discreet(error, in: file) : diagnostic(error, in: file))
            return nil
        }
    }

    /// The error without a word of the text.
    private static func discreet(_ error: JSONError, in file: SourceFile) -> Diagnostic {
        HiddenValues(file).ranges.forEach(file.hide)
        let word = String(decoding: file.bytes[error.range], as: UTF8.self)
        let help = error.help.flatMap { !word.isEmpty && $0.contains(word) ? nil : $0 }
        return diagnostic(JSONError(error.summary, error.range, help: help), in: file)
    }

    /// A JSON error as a diagnostic of that file.
    package static func diagnostic(_ error: JSONError, in file: SourceFile) -> Diagnostic {
        Diagnostic(code: "not-json", error.reason, at: Span(file, error.range), help: error.help)
    }
}
