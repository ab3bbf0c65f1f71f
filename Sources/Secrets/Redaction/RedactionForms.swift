/// The forms in which a secret may turn up in an output.
enum RedactionForms {
    /// Shorter texts occur by chance in any output; they are masked only where the structure says so.
    static let minimumLength = 6

    struct Form: Hashable {
        var bytes: [UInt8]
        /// A hit is widened to the whole run of base64 characters: its edges hold bits of the secret too.
        var isBase64 = false
    }

    static func all(of secret: String) -> Set<Form> {
        var forms: Set<Form> = []
        for text in parts(of: secret) {
            let raw = Array(text.utf8)
            guard raw.count >= minimumLength else { continue }
            forms.insert(Form(bytes: raw))
            forms.formUnion(percentForms(raw))
            forms.formUnion(EscapeStyle.all.map { Form(bytes: $0.escape(text)) })
            forms.formUnion(base64Forms(raw))
        }
        return forms.filter { $0.bytes.count >= minimumLength }
    }

    /// The whole; it and each of its lines without space around (a PEM in an indented report) and without the quotes
    /// it may have been bound with; what carries the weight of a JWT.
    private static func parts(of secret: String) -> Set<String> {
        var parts: Set<String> = [secret]
        for line in [Substring(secret)] + secret.split(whereSeparator: \.isNewline) {
            let text = trimmed(line)
            parts.insert(String(line))
            parts.insert(text)
            if text.hasPrefix("\""), text.hasSuffix("\"") { parts.insert(String(text.dropFirst().dropLast())) }
        }
        return parts.union(claimsAndSignature(secret))
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }

    /// A JWT's header is the same for all of an issuer's tokens and says nothing.
    private static func claimsAndSignature(_ secret: String) -> [String] {
        let segments = secret.split(separator: ".", omittingEmptySubsequences: false)
        guard segments.count == 3, secret.hasPrefix("eyJ") else { return [] }
        return segments.dropFirst().map(String.init)
    }

    private static func percentForms(_ raw: [UInt8]) -> [Form] {
        [
            PercentEncoding.encode(raw, keeping: PercentEncoding.isUnreserved),
            PercentEncoding.encode(raw, keeping: PercentEncoding.isUnreserved, upperCase: false),
            PercentEncoding.encode(raw, keeping: { PercentEncoding.isUnreserved($0) || $0 == UInt8(ascii: "/") }),
            // encodeURIComponent of ECMAScript.
            PercentEncoding.encode(raw, keeping: { PercentEncoding.isUnreserved($0) || "!'()*".utf8.contains($0) }),
            PercentEncoding.form(raw),
        ].map { Form(bytes: Array($0.utf8)) }
    }

    /// Base64 depends on where in a group of three the secret starts; what is the same for all neighbours is kept.
    private static func base64Forms(_ raw: [UInt8]) -> [Form] {
        (0..<3).flatMap { shift -> [Form] in
            let encoded = Base64.encode([UInt8](repeating: 0, count: shift) + raw, padded: false)
            let head = [0, 2, 3][shift]
            let tail = (shift + raw.count) % 3 == 0 ? 0 : 1
            let kept = String(encoded.dropFirst(head).dropLast(tail))
            let escaped = kept.split(separator: "/", omittingEmptySubsequences: false).joined(separator: #"\/"#)
            let forms = [kept, Base64.urlSafe(kept), escaped, PercentEncoding.encode(kept)]
            return forms.map { Form(bytes: Array($0.utf8), isBase64: true) }
        }
    }
}
