/// What other engines know behind `(?` and this one does not, in words.
extension RegexParser {
    func groupRefusal(_ start: Int) -> QueryError? {
        for head in ["?=", "?!", "?<=", "?<!"] where startsWith(head) {
            return error(
                "look-ahead and look-behind are not supported", from: start, to: at + head.count,
                help: "match the neighbouring text too and put the wanted part in a group")
        }
        if startsWith("?>") {
            return error("atomic groups are not supported", from: start, to: at + 2, help: "write (?:…)")
        }
        if startsWith("?#") { return error("comments are not supported", from: start, to: at + 2) }
        if startsWith("?P=") || startsWith("?P>") || startsWith("?R") || startsWith("?&") {
            return error("back-references and recursion are not supported", from: start, to: at + 2)
        }
        return flagRefusal(start)
    }

    private func flagRefusal(_ start: Int) -> QueryError? {
        var length = 1
        while let scalar = peek(length), scalar == "-" || scalar.properties.isLowercase { length += 1 }
        guard length > 1, let end = peek(length), end == ")" || end == ":" else { return nil }
        let isKnown = (1..<length).allSatisfy { peek($0).map("ims".unicodeScalars.contains) ?? false }
        let to = at + length + 1
        if isKnown, end == ")" {
            return error("flags stand at the very start of the pattern", from: start, to: to)
        }
        return error(
            isKnown ? "flags for a part of the pattern are not supported" : "unknown flags", from: start,
            to: to,
            help: "known are (?i), (?m) and (?s) at the very start, for the whole pattern")
    }
}
