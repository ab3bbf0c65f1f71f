import Secrets

/// Builds XML: names and structure as they are, values redacted, cleaned and escaped.
struct XMLText {
    private(set) var bytes: [UInt8] = []
    private let redactor: Redactor

    init(redactor: Redactor) {
        self.redactor = redactor
    }

    mutating func raw(_ markup: String) {
        bytes += markup.utf8
    }

    mutating func attribute(_ name: String, _ value: String) {
        raw(" \(name)=\"")
        append(value, inAttribute: true)
        raw("\"")
    }

    mutating func attribute(_ name: String, _ value: Int) {
        raw(" \(name)=\"\(value)\"")
    }

    mutating func text(_ value: String) {
        append(value, inAttribute: false)
    }

    private mutating func append(_ value: String, inAttribute: Bool) {
        var clean = redactor.redact(Array(value.utf8))
        if Self.removeForbidden(from: &clean) { clean = redactor.redact(clean) }
        bytes.reserveCapacity(bytes.count + clean.count)
        for byte in clean {
            if let reference = Self.reference(byte, inAttribute: inAttribute) {
                bytes += reference.utf8
            } else {
                bytes.append(byte)
            }
        }
    }

    /// Drops what XML 1.0 (§2.2, production Char) cannot hold: C0 controls but tab and line ends, U+FFFE, U+FFFF.
    ///
    /// - Returns: whether there was any; what stood apart may then have become a secret.
    private static func removeForbidden(from bytes: inout [UInt8]) -> Bool {
        guard bytes.contains(where: { isControl($0) || $0 == 0xEF }) else { return false }
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at...].starts(with: [0xEF, 0xBF, 0xBE]) || bytes[at...].starts(with: [0xEF, 0xBF, 0xBF]) {
                at += 3
                continue
            }
            if !isControl(bytes[at]) { kept.append(bytes[at]) }
            at += 1
        }
        defer { bytes = kept }
        return kept.count < bytes.count
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
    }

    /// All five predefined entities everywhere: the redactor knows secrets in that form too.
    /// White space in attributes would be read back as blanks, a carriage return anywhere as a line feed (§2.11, §3.3.3).
    private static func reference(_ byte: UInt8, inAttribute: Bool) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&apos;"
        case 0x0D: "&#13;"
        case 0x0A: inAttribute ? "&#10;" : nil
        case 0x09: inAttribute ? "&#9;" : nil
        default: nil
        }
    }
}
