/// A `.env` file, read strictly: tools differ in what they make of the rest, and a secret that is read differently is
/// found out late.
///
/// Lines are empty, `# comment`, or `NAME=value` with an optional `export ` before it. A value is bare (to the line's end
/// or to ` #`, blanks around it taken off), in single quotes (as it stands) or in double quotes (`\n` `\r` `\t` `\"` `\\`
/// `\$`). Nothing is expanded: `$` before a letter, `{` or `(` is an error outside single quotes.
struct DotenvFile {
    private(set) var values: [String: String] = [:]

    /// - Throws: `SecretError` with the line, never with what stands in it.
    init(_ text: String, _ path: String) throws(SecretError) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            do throws(Fault) {
                guard let (name, value) = try Self.entry(line) else { continue }
                guard values[name] == nil else { throw Fault(reason: "names \(name) a second time") }
                values[name] = value
            } catch {
                throw SecretError("line \(number + 1) of \(path) \(error.reason)")
            }
        }
    }

    private struct Fault: Error {
        let reason: String
    }

    private static func entry(_ line: Substring) throws(Fault) -> (name: String, value: String)? {
        var rest = line.drop(while: isBlank)
        if rest.isEmpty || rest.first == "#" { return nil }
        if rest.hasPrefix("export ") { rest = rest.dropFirst(7).drop(while: isBlank) }
        guard let equals = rest.firstIndex(of: "=") else { throw Fault(reason: "is not NAME=value") }
        let name = rest[..<equals]
        guard isName(name) else { throw Fault(reason: "does not begin with a name and '='") }
        return (String(name), try value(rest[rest.index(after: equals)...].drop(while: isBlank)))
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func isName(_ text: Substring) -> Bool {
        text.first?.isNumber == false
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
            }
    }

    private static func value(_ text: Substring) throws(Fault) -> String {
        switch text.first {
        case "'":
            let inner = text.dropFirst()
            guard let end = inner.firstIndex(of: "'") else { throw Fault(reason: "has no closing single quote") }
            try checkRest(inner[inner.index(after: end)...])
            return String(inner[..<end])
        case "\"": return try quoted(text.dropFirst())
        default: return try bare(text)
        }
    }

    private static func bare(_ text: Substring) throws(Fault) -> String {
        var value = ""
        var blanks = ""
        for (index, character) in zip(text.indices, text) {
            if character == "#", !blanks.isEmpty || value.isEmpty { break }
            if isBlank(character) {
                blanks.append(character)
                continue
            }
            if "'\"\\`".contains(character) {
                throw Fault(reason: "holds quotes or a backslash in a bare value; put the value in single quotes")
            }
            try checkDollar(text[index...])
            value += blanks + String(character)
            blanks = ""
        }
        return value
    }

    private static func quoted(_ text: Substring) throws(Fault) -> String {
        var value = ""
        var rest = text
        while let character = rest.first {
            if character == "\"" {
                try checkRest(rest.dropFirst())
                return value
            }
            try checkDollar(rest)
            rest = rest.dropFirst()
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.popFirst() {
            case "n": value.append("\n")
            case "r": value.append("\r")
            case "t": value.append("\t")
            case let escaped? where "\"\\$".contains(escaped): value.append(escaped)
            default: throw Fault(reason: "holds an unknown escape; put the value in single quotes")
            }
        }
        throw Fault(reason: "has no closing double quote")
    }

    private static func checkDollar(_ rest: Substring) throws(Fault) {
        guard rest.first == "$", let next = rest.dropFirst().first, next.isLetter || "_{(".contains(next) else {
            return
        }
        throw Fault(reason: "holds '$', which some tools expand; put the value in single quotes")
    }

    private static func checkRest(_ text: Substring) throws(Fault) {
        let rest = text.drop(while: isBlank)
        guard rest.isEmpty || rest.first == "#" && rest.startIndex > text.startIndex else {
            throw Fault(reason: "goes on behind the closing quote")
        }
    }
}
