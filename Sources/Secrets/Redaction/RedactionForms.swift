import JSON

/// The forms in which a secret may turn up in an output.
///
/// Percent-encoding, escapes of JSON and shells and XML references are undone in a view of the text (`EscapeKind`), so
/// every way of writing them is known, the needless ones too. The usual ones are forms nevertheless: a stray `%` before
/// the secret would draw its first two characters into an escape.
enum RedactionForms {
    /// Longer forms are looked for in pieces of this length, side by side: a stream need not remember more, and a part
    /// of a long secret is masked as well.
    static let longest = 1024
    /// Of base64 in base64 only the end is looked for; the run around it is masked whole.
    private static let doubleTail = 96

    static func insert(_ secret: String, label: Int, into table: inout NeedleTable) {
        func add(_ bytes: some Collection<UInt8>, _ kind: NeedleTable.Kind) {
            for piece in pieces(Array(bytes)) { table.insert(piece, label: label, kind) }
        }
        for text in parts(of: secret) where text.utf8.count >= NeedleTable.window {
            for form in textForms(text) + usualEscapes(text) { add(form, .text) }
            for form in encodedForms(text) {
                for core in base64(form) { add(core, .run) }
            }
        }
        for text in Set([secret, trimmed(secret[...])]) where text.utf8.count >= NeedleTable.window {
            let raw = Array(text.utf8)
            for digits in ["0123456789abcdef", "0123456789ABCDEF"] { add(hex(raw, Array(digits.utf8)), .text) }
            for inner in base64(raw) {
                for outer in base64(inner) { add(outer.suffix(doubleTail), .run) }
            }
        }
    }

    private static func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        guard bytes.count > longest else { return [bytes[...]] }
        // The last piece reaches back: a short rest would be found by chance.
        return stride(from: 0, to: bytes.count - longest, by: longest).map { bytes[$0..<$0 + longest] }
            + [bytes.suffix(longest)]
    }

    /// The whole; it and each of its lines without space around (a PEM in an indented report) and without the quotes
    /// it may have been bound with; a PEM's lines joined; what carries the weight of a JWT. In a fixed order.
    private static func parts(of secret: String) -> [String] {
        var parts = [secret]
        let lines = secret.split(whereSeparator: \.isNewline)
        for line in [Substring(secret)] + lines {
            let text = trimmed(line)
            parts += [String(line), text]
            for quote in ["\"", "'"] where text.hasPrefix(quote) && text.hasSuffix(quote) {
                parts.append(String(text.dropFirst().dropLast()))
            }
        }
        if lines.count > 1 { parts.append(lines.filter { !$0.hasPrefix("-----") }.map(trimmed).joined()) }
        var known: Set<[UInt8]> = []
        return (parts + claimsAndSignature(secret)).filter { known.insert(Array($0.utf8)).inserted }
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }

    /// A JWT's header is the same for all of an issuer's tokens and says nothing.
    private static func claimsAndSignature(_ secret: String) -> [String] {
        guard secret.utf8.starts(with: "eyJ".utf8) else { return [] }
        let segments = secret.split(separator: ".", omittingEmptySubsequences: false)
        return segments.count == 3 ? [String(segments[2]), String(segments[1])] : []
    }

    /// As it is; with the `+` of a form for a blank; with a single quote as shells write it between single quotes.
    private static func textForms(_ text: String) -> [[UInt8]] {
        let raw = Array(text.utf8)
        var forms = [raw]
        if raw.contains(0x20) { forms.append(raw.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 }) }
        if raw.contains(UInt8(ascii: "'")) {
            for quote in [#"'\''"#, #"'"'"'"#] {
                forms.append(raw.flatMap { $0 == UInt8(ascii: "'") ? Array(quote.utf8) : [$0] })
            }
        }
        return forms
    }

    private static func usualEscapes(_ text: String) -> [[UInt8]] {
        let raw = Array(text.utf8)
        guard !raw.allSatisfy(PercentEncoding.isUnreserved) else { return [] }
        let percent = [
            PercentEncoding.encode(raw), PercentEncoding.encode(raw, upperCase: false), PercentEncoding.form(raw),
        ]
        return percent.map { Array($0.utf8) } + [Array(JSONWriter.quoted(text).utf8.dropFirst().dropLast()), xml(raw)]
    }

    private static func xml(_ raw: [UInt8]) -> [UInt8] {
        raw.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "&"): Array("&amp;".utf8)
            case UInt8(ascii: "<"): Array("&lt;".utf8)
            case UInt8(ascii: ">"): Array("&gt;".utf8)
            case UInt8(ascii: "\""): Array("&quot;".utf8)
            case UInt8(ascii: "'"): Array("&apos;".utf8)
            default: [byte]
            }
        }
    }

    /// What gets into base64: the text; encoded as one half of a Basic pair (RFC 6749 §2.3.1); as a text in a JSON body.
    private static func encodedForms(_ text: String) -> [[UInt8]] {
        let raw = Array(text.utf8)
        guard !raw.allSatisfy(PercentEncoding.isUnreserved) else { return [raw] }
        let json = raw.flatMap { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), byte] : [byte]
        }
        let forms = [raw, Array(PercentEncoding.form(raw).utf8), Array(PercentEncoding.encode(raw).utf8), json]
        var known: Set<[UInt8]> = []
        return forms.filter { known.insert($0).inserted }
    }

    /// Base64 depends on where in a group of three the secret starts; what is the same for all neighbours is kept, in
    /// both alphabets.
    private static func base64(_ raw: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { shift -> [[UInt8]] in
            let encoded = Base64.encode([UInt8](repeating: 0, count: shift) + raw, padded: false).utf8
            let tail = (shift + raw.count) % 3 == 0 ? 0 : 1
            let core = Array(encoded.dropFirst([0, 2, 3][shift]).dropLast(tail))
            let isCommon = !core.contains { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }
            return isCommon ? [core] : [core, Base64.urlSafe(core)]
        }
    }

    private static func hex(_ raw: [UInt8], _ digits: [UInt8]) -> [UInt8] {
        raw.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }
    }
}
