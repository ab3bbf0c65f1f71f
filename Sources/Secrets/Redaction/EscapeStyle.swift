/// How a kind of text writes certain characters of a secret; one value per habit of writers that is met in the wild.
struct EscapeStyle: Sendable {
    /// What stands for a scalar; nil: the scalar itself.
    let escaped: @Sendable (Unicode.Scalar) -> String?

    static let all: [EscapeStyle] = [
        json(), json(extra: "/"), json(escapesBeyondASCII: true), json(extra: "/", escapesBeyondASCII: true),
        json(hexed: "<>&"), json(hexed: "<>&'="),
        json(hexed: "\"&'+<>`", upperCase: true, escapesBeyondASCII: true),
        xml(apostrophe: "&apos;", quote: "&quot;"), xml(apostrophe: "&#39;", quote: "&#34;"),
        xml(apostrophe: "&#x27;", quote: "&quot;"), xml(apostrophe: nil, quote: nil),
    ]

    func escape(_ text: String) -> [UInt8] {
        var result: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let escaped = escaped(scalar) {
                result += escaped.utf8
            } else {
                result += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
        return result
    }

    /// The inside of a JSON text (RFC 8259 §7): `extra` gets a backslash, `hexed` is written `\u00XX`.
    private static func json(
        extra: String = "", hexed: String = "", upperCase: Bool = false, escapesBeyondASCII: Bool = false
    ) -> EscapeStyle {
        let extra = Set(extra.unicodeScalars)
        let hexed = Set(hexed.unicodeScalars)
        return EscapeStyle { scalar in
            if hexed.contains(scalar) || escapesBeyondASCII && !scalar.isASCII { return units(scalar, upperCase) }
            if extra.contains(scalar) { return "\\" + String(Character(scalar)) }
            switch scalar {
            case "\"": return #"\""#
            case "\\": return #"\\"#
            case "\n": return #"\n"#
            case "\r": return #"\r"#
            case "\t": return #"\t"#
            case "\u{8}": return #"\b"#
            case "\u{C}": return #"\f"#
            default: return scalar.value < 0x20 ? units(scalar, upperCase) : nil
            }
        }
    }

    private static func xml(apostrophe: String?, quote: String?) -> EscapeStyle {
        EscapeStyle { scalar in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "'": apostrophe
            case "\"": quote
            default: nil
            }
        }
    }

    /// `\u00e9`, or the two of a surrogate pair.
    private static func units(_ scalar: Unicode.Scalar, _ upperCase: Bool) -> String {
        String(Character(scalar)).utf16.reduce(into: "") { text, unit in
            let digits = String(unit, radix: 16, uppercase: upperCase)
            text += #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
