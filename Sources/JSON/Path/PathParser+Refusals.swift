/// What is wrong with segments, in words.
extension PathParser {
    func noRoot() -> QueryError {
        let word = text(word(at: 0))
        let help =
            if !word.isEmpty, let first = bytes.first, Self.isName(first, first: true), !word.contains("-") {
                "write $.\(word)"
            } else if next == UInt8(ascii: "@") {
                "'@' stands only in filters: $[?@.name]"
            } else if next == 0x20 {
                "remove the space"
            } else {
                "$ is the whole document, $.name a member, $[0] an element"
            }
        return QueryError("a JSONPath starts with '$'", character(at: 0), help: help)
    }

    func afterSegments() -> QueryError {
        switch bytes[at] {
        case 0x20, 0x09, 0x0A, 0x0D:
            var end = at
            while end < bytes.count, bytes[end] <= 0x20 { end += 1 }
            if end == bytes.count {
                return QueryError("there is a space behind the path", at..<end, help: "remove it")
            }
        case UInt8(ascii: "-"):
            return unexpected(
                "expected '.', '[' or the end of the path",
                help: "a name with '-' is written ['…'], for example $['a-b']")
        default: break
        }
        return unexpected("expected '.', '[' or the end of the path")
    }

    func noName(_ start: Int) -> QueryError {
        let dots = text(start..<at)
        switch next {
        case let byte? where isDigit(byte):
            let word = word(at: at)
            return QueryError(
                "a name behind '\(dots)' does not start with a digit", word,
                help: "write [\(text(word))] for an element, ['\(text(word))'] for a member")
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            return QueryError("a quoted name stands in brackets", at..<at + 1, help: "write ['…']")
        case 0x20, 0x09, 0x0A, 0x0D:
            return QueryError("a space stands behind '\(dots)'", at..<at + 1, help: "remove it")
        case UInt8(ascii: "."):
            return QueryError("there are too many dots", start..<at + 1, help: "write .. for all levels below")
        default: return unexpected("expected a name or '*' behind '\(dots)'")
        }
    }

    func functionOutsideFilter(_ start: Int, _ nameStart: Int) -> QueryError {
        let name = text(nameStart..<at)
        return QueryError(
            "a function stands only in a filter", nameStart..<at + 1,
            help: PathFunction(rawValue: name) == nil
                ? "a member of that name is written ['\(name)']" : "for example $[?\(name)(@.name) > 1]")
    }

    func notClosed(_ start: Int, behind selector: PathSelector?) -> QueryError {
        guard at < bytes.count else {
            return QueryError("this '[' is not closed", start..<start + 1, help: "add ']'")
        }
        if case .filter = selector {
            return unexpected("expected '&&', '||', ',' or ']' behind the condition", help: operatorHelp())
        }
        if case .index = selector, next == UInt8(ascii: ".") {
            return unexpected("an index is a whole number")
        }
        return unexpected("expected ',' or ']' behind the selector")
    }

    func noSelector(_ start: Int) -> QueryError {
        switch next {
        case UInt8(ascii: "]"), UInt8(ascii: ","):
            return QueryError(
                "a selector is missing", at..<at + 1, help: "write a quoted name, an index, a slice, * or ?condition")
        case UInt8(ascii: "("):
            return QueryError(
                "JSONPath (RFC 9535) has no script expressions", at..<at + 1,
                help: "write [-1] for the last element, [?…] for a filter")
        case UInt8(ascii: "$"), UInt8(ascii: "@"):
            return QueryError("a query in brackets is a filter", at..<at + 1, help: "write [?\(text(at..<at + 1))…]")
        case UInt8(ascii: "+"):
            return QueryError("a number has no '+'", at..<at + 1, help: "remove it")
        case let byte? where Self.isName(byte, first: true):
            let word = word(at: at)
            return QueryError("a name in brackets stands in quotes", word, help: "write ['\(text(word))']")
        case nil: return QueryError("this '[' is not closed", start..<start + 1, help: "add a selector and ']'")
        default: return unexpected("expected a quoted name, an index, a slice, * or ?condition")
        }
    }

    /// How an operator of another language is written here.
    func operatorHelp() -> String? {
        let word = text(word(at: at))
        switch (word, next) {
        case ("and", _), ("", UInt8(ascii: "&")): return "write &&"
        case ("or", _), ("", UInt8(ascii: "|")): return "write ||"
        case ("", UInt8(ascii: "=")):
            return starts(with: "=~", at: at) ? "write match(@.name, '…') or search(@.name, '…')" : "write =="
        case ("in", _): return "write one comparison for each value, joined with ||"
        default: return nil
        }
    }
}
