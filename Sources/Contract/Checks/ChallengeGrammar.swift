import HTTP

/// The grammar of WWW-Authenticate to the letter (RFC 9110 §11.6.1); `Challenge.parse` takes what it can get.
struct ChallengeGrammar {
    /// What is wrong with a field line, without its values; nil: nothing.
    static func objection(to line: String) -> String? {
        var grammar = ChallengeGrammar(line)
        return grammar.objection()
    }

    /// A realm that is no quoted string (RFC 9110 §11.5).
    static func bareRealm(in line: String) -> String? {
        let lower = line.lowercased()
        var rest = lower[...]
        while let found = rest.firstRange(of: "realm=") {
            let startsAName =
                found.lowerBound == lower.startIndex || " ,\t".contains(lower[lower.index(before: found.lowerBound)])
            rest = rest[found.upperBound...]
            if startsAName, rest.first != "\"" { return "a realm without quotes" }
        }
        return nil
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(_ line: String) { bytes = Array(line.utf8) }

    /// `#challenge`, where a comma separates challenges as well as their parameters.
    private mutating func objection() -> String? {
        var hasScheme = false
        skipSeparators()
        if position == bytes.count { return "it is empty" }
        while position < bytes.count {
            let word = token()
            if word.isEmpty { return "a character where a scheme or a parameter should be" }
            if peek() == UInt8(ascii: "="), hasScheme {
                if let fault = value() { return fault }
            } else if peek() == UInt8(ascii: "=") {
                return "a parameter before any scheme"
            } else {
                hasScheme = true
                if let fault = afterScheme() { return fault }
            }
            if let fault = end() { return fault }
        }
        return nil
    }

    /// A token68 or the first parameter, behind at least one blank.
    private mutating func afterScheme() -> String? {
        guard position < bytes.count, peek() != UInt8(ascii: ",") else { return nil }
        guard peek() == 0x20 else { return "no blank behind the scheme" }
        skip { $0 == 0x20 }
        let start = position
        let word = token()
        if !word.isEmpty, peek() == UInt8(ascii: "="), !isToken68End(position) { return value() }
        position = start
        skip { HeaderFields.isToken(String(Unicode.Scalar($0))) || $0 == UInt8(ascii: "/") }
        skip { $0 == UInt8(ascii: "=") }
        return nil
    }

    /// Whether only `=` and blanks stand before the next comma or the end.
    private func isToken68End(_ place: Int) -> Bool {
        let rest = bytes[place...].drop { $0 == UInt8(ascii: "=") }.drop { $0 == 0x20 || $0 == 0x09 }
        return rest.isEmpty || rest.first == UInt8(ascii: ",")
    }

    private mutating func value() -> String? {
        position += 1
        guard peek() == UInt8(ascii: "\"") else { return token().isEmpty ? "a parameter without a value" : nil }
        position += 1
        while let byte = peek(), byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        guard position < bytes.count else { return "a quote that does not end" }
        position += 1
        return nil
    }

    /// Behind a challenge or a parameter comes a comma, or nothing.
    private mutating func end() -> String? {
        skip { $0 == 0x20 || $0 == 0x09 }
        guard let byte = peek() else { return nil }
        guard byte == UInt8(ascii: ",") else { return "no comma between two parameters" }
        skipSeparators()
        return nil
    }

    private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func token() -> String {
        let start = position
        skip { HeaderFields.isToken(String(Unicode.Scalar($0))) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipSeparators() { skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") } }

    private mutating func skip(_ matches: (UInt8) -> Bool) {
        while position < bytes.count, matches(bytes[position]) { position += 1 }
    }
}
