extension PathEvaluator {
    func holds(_ condition: PathCondition, _ current: JSONNode) -> Bool {
        switch condition {
        case .any(let conditions): conditions.contains { holds($0, current) }
        case .all(let conditions): conditions.allSatisfy { holds($0, current) }
        case .not(let inner): !holds(inner, current)
        case .exists(let query): !select(query, from: current).isEmpty
        case .compare(let left, let comparison, let right):
            compare(value(left, current), comparison, value(right, current))
        case .matches(let subject, let pattern, let isWhole): matches(subject, pattern, isWhole, current)
        }
    }

    /// nil is RFC 9535's Nothing.
    private func value(_ operand: PathOperand, _ current: JSONNode) -> PathValue? {
        switch operand {
        case .literal(let value): value
        case .query(let query): single(query, from: current).map(PathValue.init)
        case .length(let inner): value(inner, current).flatMap(length)
        case .count(let query): .number(JSONNumber(select(query, from: current).count))
        case .value(let query): only(select(query, from: current)).map(PathValue.init)
        }
    }

    private func only(_ nodes: [JSONNode]) -> JSONNode? { nodes.count == 1 ? nodes.first : nil }

    /// §2.4.4: texts in Unicode scalars; numbers, booleans and null have no length.
    private func length(_ value: PathValue) -> PathValue? {
        switch value {
        case .text(let text): .number(JSONNumber(text.unicodeScalars.count))
        case .container(let node): .number(JSONNumber(node.count))
        case .null, .boolean, .number: nil
        }
    }

    private func compare(_ left: PathValue?, _ comparison: PathComparison, _ right: PathValue?) -> Bool {
        switch comparison {
        case .equal: equal(left, right)
        case .notEqual: !equal(left, right)
        case .below: precedes(left, right)
        case .above: precedes(right, left)
        case .atMost: precedes(left, right) || equal(left, right)
        case .atLeast: precedes(right, left) || equal(left, right)
        }
    }

    private func equal(_ left: PathValue?, _ right: PathValue?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.equals(right)
    }

    private func precedes(_ left: PathValue?, _ right: PathValue?) -> Bool {
        guard let left, let right else { return false }
        return left.precedes(right)
    }

    private func matches(
        _ subject: PathOperand, _ pattern: PathPattern, _ isWhole: Bool, _ current: JSONNode
    ) -> Bool {
        guard case .text(let text) = value(subject, current), let expression = expression(pattern, current) else {
            return false
        }
        return isWhole ? expression.matchesWhole(text) : expression.matchesSomewhere(in: text)
    }

    private func expression(_ pattern: PathPattern, _ current: JSONNode) -> RegularExpression? {
        switch pattern {
        case .constant(let expression): return expression
        case .computed(let operand):
            guard case .text(let text) = value(operand, current) else { return nil }
            return expression(text)
        }
    }
}
