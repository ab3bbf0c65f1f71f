extension PathParser {
    /// One of several, joined with `||`.
    mutating func condition() throws(QueryError) -> PathCondition {
        try nested(from: at) { (parser: inout PathParser) throws(QueryError) in
            var conditions = [try parser.conjunction()]
            while parser.takeOperator("||") { conditions.append(try parser.conjunction()) }
            return conditions.count == 1 ? conditions[0] : .any(conditions)
        }
    }

    /// All of several, joined with `&&`.
    private mutating func conjunction() throws(QueryError) -> PathCondition {
        var conditions = [try test()]
        while takeOperator("&&") { conditions.append(try test()) }
        return conditions.count == 1 ? conditions[0] : .all(conditions)
    }

    private mutating func takeOperator(_ text: String) -> Bool {
        let start = at
        skipBlanks()
        guard take(text) else {
            at = start
            return false
        }
        skipBlanks()
        return true
    }

    private mutating func test() throws(QueryError) -> PathCondition {
        let start = at
        if next == UInt8(ascii: "("), let inner = try parentheses() { return inner }
        if take("!") {
            skipBlanks()
            if next == UInt8(ascii: "("), let inner = try parentheses() { return .not(inner) }
            let condition = try asCondition(try term())
            if try comparison() != nil {
                throw QueryError(
                    "'!' negates no comparison", start..<start + 1, help: "put the comparison in parentheses: !(…)")
            }
            return .not(condition)
        }
        let left = try term()
        guard let comparison = try comparison() else { return try asCondition(left) }
        let right = try term()
        return .compare(try asOperand(left), comparison, try asOperand(right))
    }

    private mutating func parentheses() throws(QueryError) -> PathCondition? {
        let start = at
        at += 1
        skipBlanks()
        let inner = try condition()
        skipBlanks()
        guard take(")") else {
            if at == bytes.count { throw QueryError("this '(' is not closed", start..<start + 1, help: "add ')'") }
            throw unexpected("expected '&&', '||' or ')' behind the condition", help: operatorHelp())
        }
        let end = at
        if try comparison() != nil {
            throw QueryError(
                "parentheses hold a condition and cannot be compared", start..<end,
                help: "write the value without parentheses")
        }
        return inner
    }

    /// A comparison operator with the blanks around it; moves on only where there is one.
    private mutating func comparison() throws(QueryError) -> PathComparison? {
        let start = at
        skipBlanks()
        for comparison in PathComparison.allCases where take(comparison.rawValue) {
            if comparison == .equal || comparison == .notEqual, next == UInt8(ascii: "=") {
                throw QueryError(
                    "there is no '\(comparison.rawValue)='", at - 2..<at + 1, help: "write \(comparison.rawValue)")
            }
            skipBlanks()
            return comparison
        }
        if next == UInt8(ascii: "=") || starts(with: "<>", at: at) {
            let end = min(at + (starts(with: "=~", at: at) ? 2 : 1), bytes.count)
            throw QueryError("there is no operator '\(text(at..<end))'", at..<end, help: operatorHelp())
        }
        at = start
        return nil
    }
}
