import Diagnostics

/// The functions of RFC 9535 §2.4.4 to §2.4.8.
enum PathFunction: String, CaseIterable {
    case length, count, match, search, value

    var argumentCount: Int {
        switch self {
        case .length, .count, .value: 1
        case .match, .search: 2
        }
    }
}

extension PathParser {
    /// A call, from the `(` behind its name.
    mutating func call(_ name: Range<Int>) throws(QueryError) -> PathTerm.Kind {
        guard let function = PathFunction(rawValue: text(name)) else { throw unknownFunction(name) }
        let arguments = try arguments()
        guard arguments.count == function.argumentCount else {
            let wanted = function.argumentCount == 1 ? "one argument" : "two arguments"
            throw QueryError("\(function)() takes \(wanted), not \(arguments.count)", name.lowerBound..<at)
        }
        switch function {
        case .length: return .value(function, .length(try asOperand(arguments[0])))
        case .count: return .value(function, .count(try asNodes(arguments[0], for: function)))
        case .value: return .value(function, .value(try asNodes(arguments[0], for: function)))
        case .match, .search:
            let subject = try asOperand(arguments[0])
            return .condition(function, .matches(subject, try pattern(arguments[1]), isWhole: function == .match))
        }
    }

    private mutating func arguments() throws(QueryError) -> [PathTerm] {
        let open = at
        at += 1
        skipBlanks()
        if take(")") { return [] }
        var arguments: [PathTerm] = []
        while true {
            arguments.append(try term())
            skipBlanks()
            if take(")") { return arguments }
            guard at < bytes.count else {
                throw QueryError("this '(' is not closed", open..<open + 1, help: "add ')'")
            }
            guard take(",") else { throw unexpected("expected ',' or ')' behind the argument") }
            skipBlanks()
        }
    }

    /// Compiles a pattern that is written out; its errors get their place in the path.
    private func pattern(_ term: PathTerm) throws(QueryError) -> PathPattern {
        guard case .literal(.text(let pattern)) = term.kind else { return .computed(try asOperand(term)) }
        do throws(QueryError) {
            return .constant(try RegularExpression(parsing: pattern, dialect: .iRegexp))
        } catch {
            let places = term.sources
            guard let last = places.last else { throw QueryError(error.reason, term.range, help: error.help) }
            let start = error.range.lowerBound < places.count ? places[error.range.lowerBound] : last
            let end = error.range.upperBound < places.count ? places[error.range.upperBound] : last
            throw QueryError(error.reason, start..<max(start, end), help: error.help)
        }
    }

    private func unknownFunction(_ name: Range<Int>) -> QueryError {
        let known = PathFunction.allCases.map(\.rawValue)
        let help =
            nearest(to: text(name), among: known).map { "did you mean '\($0)'?" }
            ?? "known are \(known.joined(separator: ", "))"
        return QueryError("there is no function '\(text(name))'", name, help: help)
    }
}
