package import Secrets

/// Texts of a server as they may stand in a message.
package enum ForeignText {
    /// On one line, without control characters, and cut to a readable length; masked before all that: half a secret, or one
    /// whose line ends are gone, is not recognised any more.
    package static func readable(_ text: String, _ redactor: Redactor, limit: Int = 200) -> String {
        let masked = redactor.redact(text)
        let visible = String(
            masked.map { $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : $0 })
        return visible.count > limit ? visible.prefix(limit) + "…" : visible
    }
}
