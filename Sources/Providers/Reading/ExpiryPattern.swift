import Diagnostics
import JSON

/// The pattern of an expiry: `yyyy-MM-dd'T'HH:mm:ss`.
///
/// A letter that stands for no digits would only match itself, and no answer would ever have an expiry.
enum ExpiryPattern {
    private static let fields: [Character: String] = [
        "y": "yyyy", "M": "MM", "d": "dd", "H": "HH", "m": "mm", "s": "ss", "S": "SSS",
    ]
    private static let help = "the letters are yyyy, MM, dd, HH, mm, ss and SSS; others stand in quotes: 'T'"

    static func check(_ node: JSONNode, _ context: inout ReadingContext) {
        let letters = Array((node.string ?? "").utf8)
        var seen: Set<Character> = []
        var isQuoted = false
        var isSound = true
        var at = 0
        while at < letters.count {
            let count = letters[at...].prefix { $0 == letters[at] }.count
            let letter = Character(UnicodeScalar(letters[at]))
            if letter == "'" {
                isQuoted = isQuoted != (count % 2 == 1)
            } else if !isQuoted, letter.isASCII, letter.isLetter {
                let place = context.span(node, decoded: at..<at + count)
                if let objection = objection(letter, count, isFirst: seen.insert(letter).inserted) {
                    context.bag.error("bad-pattern", objection, at: place, help: help)
                    isSound = false
                }
            }
            at += count
        }
        guard isSound, let missing = "yMd".first(where: { !seen.contains($0) }) else { return }
        let name = missing == "y" ? "year" : missing == "M" ? "month" : "day"
        context.error("bad-pattern", "the pattern has no \(name)", at: node, help: help)
    }

    private static func objection(_ letter: Character, _ count: Int, isFirst: Bool) -> String? {
        let run = String(repeating: letter, count: count)
        guard let field = fields[letter] else {
            // Written without quotes so often that they are taken for themselves.
            return count == 1 && (letter == "T" || letter == "Z") ? nil : "'\(run)' stands for no digits in a pattern"
        }
        if !isFirst { return "'\(run)' stands in the pattern twice" }
        return run == field ? nil : "'\(run)' cannot be read in a pattern; '\(field)' can"
    }
}
