import Secrets

/// Makes text of others safe to print: nothing a server sends may move the cursor, change colours or reorder a line.
struct TerminalText {
    let redactor: Redactor

    /// On one line: line ends as `\n`, other controls as U+FFFD. Redacted, then cut.
    func line(_ text: String, limit: Int = 500) -> String {
        redactor.redact(Self.clean(text, keepsLines: false)).cut(to: limit)
    }

    /// The first lines, redacted and cut; the last one an ellipsis where there are more.
    func lines(_ text: String, limit: Int, width: Int) -> [String] {
        let clean = redactor.redact(Self.clean(text, keepsLines: true))
        let all = clean.split(separator: "\n", maxSplits: limit, omittingEmptySubsequences: false)
        return all.prefix(limit).map { String($0).cut(to: width) } + (all.count > limit ? ["…"] : [])
    }

    private static func clean(_ text: String, keepsLines: Bool) -> String {
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLines: result += "\n"
            case "\r" where keepsLines: break
            case "\n": result += #"\n"#
            case "\r": result += #"\r"#
            case "\t": result += keepsLines ? "    " : #"\t"#
            case let scalar where isHarmful(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Controls, line separators and what overrides the direction of writing (Unicode UAX #9 §2).
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E...0x200F, 0x061C: true
        default: false
        }
    }
}
