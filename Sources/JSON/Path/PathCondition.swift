/// What a filter asks; well-typed (RFC 9535 §2.4.3) by construction.
indirect enum PathCondition: Sendable {
    case any([PathCondition])
    case all([PathCondition])
    case not(PathCondition)
    case exists(PathQuery)
    case compare(PathOperand, PathComparison, PathOperand)
    /// `match` (the whole text) and `search` (a part of it).
    case matches(PathOperand, PathPattern, isWhole: Bool)
}

/// What gives one value, or nothing.
indirect enum PathOperand: Sendable {
    case literal(PathValue)
    /// A singular query.
    case query(PathQuery)
    case length(PathOperand)
    case count(PathQuery)
    case value(PathQuery)
}

enum PathPattern: Sendable {
    case constant(RegularExpression)
    case computed(PathOperand)
}

enum PathComparison: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
}
