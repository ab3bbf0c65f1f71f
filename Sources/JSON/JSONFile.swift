package import Diagnostics

/// A JSON file of ours, parsed, with what its readers need for diagnostics.
package enum JSONFile {
    /// Parses the file, or adds what is wrong to the bag and gives nil.
    package static func read(_ file: SourceFile, into bag: inout DiagnosticBag) -> JSONNode? {
        do throws(JSONError) {
            return try JSONDocument.parse(file.bytes).root
        } catch {
            bag.add(diagnostic(error, in: file))
            return nil
        }
    }

    /// A JSON error as a diagnostic of that file.
    package static func diagnostic(_ error: JSONError, in file: SourceFile) -> Diagnostic {
        Diagnostic(code: "not-json", error.reason, at: Span(file, error.range), help: error.help)
    }
}
