import Synchronization

/// Knows every secret and token of the process and masks them in whatever is printed or written.
///
/// The second net: values that carry a `Secret` print as masks by themselves.
package final class Redactor: Sendable {
    private struct State {
        var forms: [String: Set<RedactionForms.Form>] = [:]
        /// As bytes: String holds texts for equal that are written differently.
        var known: Set<[UInt8]> = []
        var matcher: RedactionMatcher?
    }

    private let state = Mutex(State())

    package init() {}

    /// Masks the text from now on, in all its forms; called before the value is used for the first time.
    package func register(_ secret: Secret) {
        register(secret.reveal(), label: secret.label)
    }

    /// Texts of fewer than 6 bytes are not masked: they occur by chance in any output.
    package func register(_ text: String, label: String) {
        guard text.utf8.count >= RedactionForms.minimumLength else { return }
        state.withLock { state in
            guard state.known.insert(Array(text.utf8)).inserted else { return }
            state.forms[label, default: []].formUnion(RedactionForms.all(of: text))
            state.matcher = nil
        }
    }

    /// The bytes with every known secret masked; the same array where there is none.
    package func redact(_ bytes: [UInt8]) -> [UInt8] {
        let hits = currentMatcher().hits(in: bytes)
        guard !hits.isEmpty else { return bytes }
        var result: [UInt8] = []
        var at = 0
        for hit in hits {
            result += bytes[at..<hit.range.lowerBound]
            result += Secret.mask(hit.label).utf8
            at = hit.range.upperBound
        }
        return result + bytes[at...]
    }

    /// The text with every known secret masked.
    package func redact(_ text: String) -> String {
        String(decoding: redact(Array(text.utf8)), as: UTF8.self)
    }

    /// Whether any known secret stands in the bytes, in any form.
    package func finds(in bytes: [UInt8]) -> Bool {
        !currentMatcher().hits(in: bytes).isEmpty
    }

    private func currentMatcher() -> RedactionMatcher {
        state.withLock { state in
            if let matcher = state.matcher { return matcher }
            let matcher = RedactionMatcher(state.forms)
            state.matcher = matcher
            return matcher
        }
    }
}
