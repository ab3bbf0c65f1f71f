import Synchronization

/// Knows every secret and token of the process and masks them in whatever is printed or written.
///
/// The second net: values that carry a `Secret` print as masks by themselves.
package final class Redactor: Sendable {
    private struct State {
        var table = NeedleTable()
        /// As hashes of bytes: String holds texts for equal that are written differently.
        var known: Set<UInt64> = []
        var warnings: [String] = []
        var observer: (@Sendable (String) -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    /// Masks the secret from now on, in all its forms; called before the value is used for the first time.
    package func register(_ secret: Secret) {
        let text = secret.reveal()
        register(text, label: secret.label)
        guard let warning = SecretWarning.about(text, label: secret.label) else { return }
        state.withLock { state in
            if !state.warnings.contains(warning) { state.warnings.append(warning) }
        }
    }

    /// Texts of fewer than 6 bytes are not masked: they occur by chance in any output.
    package func register(_ text: String, label: String) {
        guard text.utf8.count >= NeedleTable.window else { return }
        let observer = state.withLock { state -> (@Sendable (String) -> Void)? in
            guard state.known.insert(RollingHash.of(text.utf8)).inserted else { return nil }
            RedactionForms.insert(text, label: state.table.label(label), into: &state.table)
            return state.observer
        }
        observer?(text)
    }

    /// What should be said about the secrets bound so far, each sentence once.
    package var warnings: [String] { state.withLock { $0.warnings } }

    /// Called with every text that becomes known from now on, before it can stand in any output.
    func observe(_ observer: @escaping @Sendable (String) -> Void) {
        state.withLock { $0.observer = observer }
    }

    /// The bytes with every known secret masked; the same array where there is none.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        // Most texts are short and hold none.
        if bytes.count <= 1 << 16, !finds(in: bytes) { return bytes }
        var stream = RedactionStream(self)
        let start = stream.feed(bytes)
        let rest = stream.finish()
        return stream.label == nil ? bytes : start + rest
    }

    /// The text with every known secret masked.
    package func redact(_ text: String) -> String {
        String(decoding: redact(Array(text.utf8)), as: UTF8.self)
    }

    /// As `redact`, for the beginning of a text that is longer: a secret that its end cuts in two is left out, since half
    /// of one is not recognised.
    package func redact(beginning bytes: [UInt8]) -> [UInt8] {
        redact(Array(bytes[..<scanner.end(ofCut: bytes)]))
    }

    /// Whether any known secret stands in the bytes, in any form.
    package func finds(in bytes: [UInt8]) -> Bool {
        let scanner = scanner
        return !scanner.table.isEmpty && !scanner.hits(in: bytes, startingIn: bytes.indices).isEmpty
    }

    /// The forms known now; a copy that is shared as long as nothing new is registered.
    var scanner: RedactionScanner { state.withLock { RedactionScanner(table: $0.table) } }
}
