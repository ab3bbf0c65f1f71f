import Diagnostics
import JSON

/// Reads one expression; ranges are offsets in the decoded text, turned into spans by `place`.
struct ExpressionParser {
    private let bytes: [UInt8]
    private var at: Int
    private let end: Int
    private let place: (Range<Int>) -> Span
    private var depth = 0

    init(_ bytes: [UInt8], _ range: Range<Int>, place: @escaping (Range<Int>) -> Span) {
        self.bytes = bytes
        at = range.lowerBound
        end = range.upperBound
        self.place = place
    }

    mutating func parse() throws(Diagnostic) -> Expression {
        let expression = try fallback()
        skipSpace()
        guard at == end else { throw problem("expected the end of the placeholder", at..<end) }
        return expression
    }

    /// `a ?? b ?? c`, right-associative.
    private mutating func fallback() throws(Diagnostic) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < 50 else { throw problem("nested too deeply", at..<end) }
        let left = try primary()
        skipSpace()
        guard at + 1 < end, bytes[at] == UInt8(ascii: "?"), bytes[at + 1] == UInt8(ascii: "?") else { return left }
        at += 2
        return .fallback(left, try fallback())
    }

    private mutating func primary() throws(Diagnostic) -> Expression {
        skipSpace()
        guard at < end else { throw problem("a name, a function or a literal is missing here", at..<end) }
        switch bytes[at] {
        case UInt8(ascii: "'"): return .literal(.string(try quoted()))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case let byte where Self.startsName(byte): return try named()
        case UInt8(ascii: "\""):
            throw problem("texts stand in single quotes inside a placeholder", at..<at + 1, help: "write 'text'")
        default: throw problem("a name, a function or a literal is missing here", at..<at + 1)
        }
    }

    /// `'text'`; a quote inside is doubled.
    private mutating func quoted() throws(Diagnostic) -> String {
        let start = at
        at += 1
        var text: [UInt8] = []
        while at < end {
            if bytes[at] == UInt8(ascii: "'") {
                at += 1
                guard at < end, bytes[at] == UInt8(ascii: "'") else { return String(decoding: text, as: UTF8.self) }
            }
            text.append(bytes[at])
            at += 1
        }
        throw problem("the text in single quotes is not closed", start..<end)
    }

    private mutating func number() throws(Diagnostic) -> Expression {
        let start = at
        while at < end, !" \t\r\n,)?".utf8.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let number = JSONNumber(text) else { throw problem("'\(text)' is not a number", start..<at) }
        return .literal(.number(number))
    }

    private mutating func named() throws(Diagnostic) -> Expression {
        let start = at
        let name = readName()
        if at < end, bytes[at] == UInt8(ascii: "(") {
            let arguments = try arguments()
            let span = place(start..<start + name.utf8.count)
            try check(name, arguments.count, span)
            return .call(name, arguments, span)
        }
        switch name {
        case "true": return .literal(true)
        case "false": return .literal(false)
        case "null": return .literal(nil)
        default: break
        }
        let steps = try steps()
        return .path(NamePath(root: name, steps: steps), place(start..<at))
    }

    private func check(_ name: String, _ count: Int, _ span: Span) throws(Diagnostic) {
        guard let signature = FunctionSignature.all[name] else {
            throw Diagnostic(
                code: "unknown-function", "there is no function '\(name)'", at: span,
                help: nearest(to: name, among: FunctionSignature.all.keys).map { "did you mean '\($0)'?" }
                    ?? "known are: " + FunctionSignature.all.keys.sorted().joined(separator: ", "))
        }
        guard signature.arguments.contains(count) else {
            throw Diagnostic(
                code: "bad-argument", "\(name)() takes other arguments", at: span,
                help: "written \(signature.usage)")
        }
    }

    private mutating func steps() throws(Diagnostic) -> [NamePath.Step] {
        var steps: [NamePath.Step] = []
        while at < end {
            if bytes[at] == UInt8(ascii: ".") {
                at += 1
                guard at < end, Self.continuesName(bytes[at]) else {
                    throw problem("a name must follow the dot", at - 1..<at)
                }
                steps.append(.name(readName()))
            } else if bytes[at] == UInt8(ascii: "[") {
                steps.append(.place(try index()))
            } else {
                break
            }
        }
        return steps
    }

    private mutating func index() throws(Diagnostic) -> Int {
        let start = at
        at += 1
        let digits = at
        while at < end, bytes[at] &- 0x30 < 10 { at += 1 }
        let text = String(decoding: bytes[digits..<at], as: UTF8.self)
        guard at < end, bytes[at] == UInt8(ascii: "]"), let place = Int(text) else {
            throw problem("a place in a list is written [0]", start..<min(at + 1, end))
        }
        at += 1
        return place
    }

    private mutating func arguments() throws(Diagnostic) -> [Expression] {
        let start = at
        at += 1
        var arguments: [Expression] = []
        skipSpace()
        if at < end, bytes[at] == UInt8(ascii: ")") {
            at += 1
            return []
        }
        while true {
            arguments.append(try fallback())
            skipSpace()
            guard at < end else { throw problem("this parenthesis is not closed", start..<start + 1) }
            at += 1
            if bytes[at - 1] == UInt8(ascii: ")") { return arguments }
            guard bytes[at - 1] == UInt8(ascii: ",") else { throw problem("expected ',' or ')'", at - 1..<at) }
        }
    }

    private mutating func readName() -> String {
        let start = at
        while at < end, Self.continuesName(bytes[at]) { at += 1 }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while at < end, " \t\r\n".utf8.contains(bytes[at]) { at += 1 }
    }

    private func problem(_ title: String, _ range: Range<Int>, help: String? = nil) -> Diagnostic {
        Diagnostic(code: "bad-placeholder", title, at: place(range), help: help)
    }

    static func startsName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_")
    }

    static func continuesName(_ byte: UInt8) -> Bool {
        startsName(byte) || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
    }

    /// Whether a text can be used as a variable's name.
    static func isName(_ text: String) -> Bool {
        text.utf8.first.map(startsName) ?? false && text.utf8.allSatisfy(continuesName)
    }
}

/// Names of variables, captures and identities: a letter or `_`, then letters, digits, `_`, `-`.
package func isTemplateName(_ text: String) -> Bool { ExpressionParser.isName(text) }
