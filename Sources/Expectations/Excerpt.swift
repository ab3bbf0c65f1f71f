import JSON
import Secrets
import Templates

/// Values as messages show them: on one line, cut to a readable length, without control characters.
///
/// What came from a server is masked before it is cut: half a token is no longer known to a redactor.
enum Excerpt {
    static let limit = 200
    /// Looked at for masking; longer than any secret that begins within the limit.
    private static let window = 1 << 16

    static func of(_ text: String, _ redactor: Redactor? = nil) -> String {
        let text =
            redactor.map { String(decoding: mask(Array(text.utf8.prefix(window + 1))[...], $0), as: UTF8.self) } ?? text
        let shown = text.unicodeScalars.prefix(limit)
        let isCut = shown.endIndex < text.unicodeScalars.endIndex
        return visible(JSONWriter.quoted(String(shown))) + (isCut ? "…" : "")
    }

    /// The value as it is written, line breaks of a pretty layout taken out; of a long one only the beginning is read.
    static func of(_ node: JSONNode, _ redactor: Redactor?) -> String {
        of(node.document.bytes[node.range], redactor)
    }

    static func of(json value: JSONValue, _ redactor: Redactor?) -> String {
        of(Array(value.text().utf8)[...], redactor)
    }

    /// The beginning of a body that is no JSON.
    static func of(body: [UInt8], _ redactor: Redactor?) -> String {
        body.isEmpty ? "an empty body" : of(body[...], redactor)
    }

    /// A value the file asks for; a secret shows as its mask.
    static func of(_ value: TemplateValue) -> String {
        if let taint = value.taint { return Secret.mask(taint.label) }
        return cut(visible(value.json.text()), isCut: false)
    }

    private static func of(_ bytes: ArraySlice<UInt8>, _ redactor: Redactor?) -> String {
        let start = bytes.prefix(redactor == nil ? limit * 8 : window)
        let masked = redactor.map { mask(bytes, $0)[...] } ?? start
        return cut(visible(joinedLines(masked.prefix(limit * 8))), isCut: start.count < bytes.count)
    }

    private static func mask(_ bytes: ArraySlice<UInt8>, _ redactor: Redactor) -> [UInt8] {
        bytes.count > window ? redactor.redact(beginning: Array(bytes.prefix(window))) : redactor.redact(Array(bytes))
    }

    private static func cut(_ text: String, isCut: Bool) -> String {
        let shown = text.unicodeScalars.prefix(limit)
        return String(shown) + (isCut || shown.endIndex < text.unicodeScalars.endIndex ? "…" : "")
    }

    /// A JSON text holds line breaks only between values.
    private static func joinedLines(_ bytes: ArraySlice<UInt8>) -> String {
        let lines = bytes.split { $0 == 0x0A || $0 == 0x0D }
        return lines.enumerated().map { index, line in
            let text = index == 0 ? line : line.drop { $0 == 0x20 || $0 == 0x09 }
            return String(decoding: text, as: UTF8.self)
        }.joined(separator: " ")
    }

    /// Control characters, and those that turn or break a line, could change what a terminal shows around them.
    private static func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isHarmless(scalar.value) ? scalar : "\u{FFFD}") }
        return String(result)
    }

    private static func isHarmless(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
