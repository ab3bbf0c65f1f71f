/// What may stand at either side of a comparison, as a condition, or as an argument.
struct PathTerm {
    enum Kind {
        case literal(PathValue)
        case query(PathQuery)
        /// A call that gives a value.
        case value(PathFunction, PathOperand)
        /// A call that is true or false.
        case condition(PathFunction, PathCondition)
    }

    let kind: Kind
    let range: Range<Int>
    /// Of a quoted text: where in the path each byte came from, and its end.
    var sources: [Int] = []
}

extension PathParser {
    mutating func term() throws(QueryError) -> PathTerm {
        let start = at
        switch next {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            let quoted = try quoted()
            return PathTerm(kind: .literal(.text(quoted.text)), range: start..<at, sources: quoted.sources)
        case let byte? where isDigit(byte) || byte == UInt8(ascii: "-"):
            let number = try number()
            return PathTerm(kind: .literal(.number(number)), range: start..<at)
        case UInt8(ascii: "@"), UInt8(ascii: "$"):
            let query = try innerQuery()
            return PathTerm(kind: .query(query), range: start..<at)
        case let byte? where Self.isName(byte, first: true): return try wordTerm()
        default: throw noTerm()
        }
    }

    private mutating func wordTerm() throws(QueryError) -> PathTerm {
        let start = at
        let range = word(at: at)
        at = range.upperBound
        if next == UInt8(ascii: "(") {
            let kind = try nested(from: start) { (parser: inout PathParser) throws(QueryError) in
                try parser.call(range)
            }
            return PathTerm(kind: kind, range: start..<at)
        }
        switch text(range) {
        case "true": return PathTerm(kind: .literal(.boolean(true)), range: range)
        case "false": return PathTerm(kind: .literal(.boolean(false)), range: range)
        case "null": return PathTerm(kind: .literal(.null), range: range)
        case let word: throw unknownWord(word, range)
        }
    }

    private func unknownWord(_ word: String, _ range: Range<Int>) -> QueryError {
        let lower = word.lowercased()
        let help =
            switch lower {
            case "true", "false", "null": "write \(lower)"
            case "nil", "none", "undefined": "write null, or !@.name for a member that is not there"
            case "not": "write !"
            case _ where PathFunction(rawValue: lower) != nil: "the '(' of a call follows its name at once: \(lower)(…)"
            default: "write @.\(word) for a member, '\(word)' for a text"
            }
        return QueryError("'\(word)' is not a value", range, help: help)
    }

    private func noTerm() -> QueryError {
        switch next {
        case UInt8(ascii: "/"):
            return QueryError(
                "JSONPath has no /…/ patterns", at..<at + 1, help: "write match(@.name, '…') or search(@.name, '…')")
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            return QueryError("arrays and objects cannot be written in a filter", at..<at + 1)
        case UInt8(ascii: "("):
            return QueryError("parentheses hold a condition, not a value", at..<at + 1)
        case UInt8(ascii: "."):
            return unexpected("expected a value", help: "a number has a digit before '.', a member is written @.name")
        default: return unexpected("expected a value, '@', '$' or a function")
        }
    }
}

// MARK: - Types (RFC 9535 §2.4.3)

extension PathParser {
    func asCondition(_ term: PathTerm) throws(QueryError) -> PathCondition {
        switch term.kind {
        case .query(let query): return .exists(query)
        case .condition(_, let condition): return condition
        case .literal:
            throw QueryError(
                "a value alone is no condition", term.range, help: "compare it: @.name == \(text(term.range))")
        case .value(let function, _):
            throw QueryError(
                "\(function)() gives a value, which alone is no condition", term.range,
                help: "compare it: \(text(term.range)) > 0")
        }
    }

    func asOperand(_ term: PathTerm) throws(QueryError) -> PathOperand {
        switch term.kind {
        case .literal(let value): return .literal(value)
        case .value(_, let operand): return operand
        case .query(let query) where query.isSingular: return .query(query)
        case .query:
            throw QueryError(
                "this query can select several values, where one is needed", term.range,
                help: "use names and indexes only, or value(…) or count(…)")
        case .condition(let function, _):
            throw QueryError(
                "\(function)() is true or false by itself and gives no value", term.range,
                help: "write it alone, or with '!' before it")
        }
    }

    func asNodes(_ term: PathTerm, for function: PathFunction) throws(QueryError) -> PathQuery {
        guard case .query(let query) = term.kind else {
            throw QueryError(
                "\(function)() takes a query", term.range, help: "write @… or $…, for example \(function)(@.items[*])")
        }
        return query
    }
}
