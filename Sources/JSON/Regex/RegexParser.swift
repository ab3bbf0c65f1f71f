/// Pattern text to syntax tree (RFC 9485 §4, and what `.search` adds).
struct RegexParser {
    static let maxDepth = 50
    static let maxCount = 1000
    static let maxGroups = 100

    let dialect: RegularExpression.Dialect
    private let scalars: [Unicode.Scalar]
    /// UTF-8 offset of each scalar, and the length.
    private let offsets: [Int]
    var at = 0
    private var depth = 0
    private(set) var flags = Flags()
    private(set) var groupNames: [String?] = []

    struct Flags {
        var ignoresCase = false
        var anchorsAreOfLines = false
        var dotIsAll = false
    }

    init(_ pattern: String, _ dialect: RegularExpression.Dialect) {
        self.dialect = dialect
        scalars = Array(pattern.unicodeScalars)
        var offset = 0
        var offsets = [0]
        for scalar in scalars {
            offset += UTF8.width(scalar)
            offsets.append(offset)
        }
        self.offsets = offsets
    }

    mutating func parse() throws(QueryError) -> RegexSyntax {
        try leadingFlags()
        let syntax = try alternatives()
        guard next == nil else {
            throw error(
                "this ')' closes no group", from: at, to: at + 1,
                help: #"write \) for the character itself"#)
        }
        return syntax
    }

    private mutating func alternatives() throws(QueryError) -> RegexSyntax {
        var branches = [try branch()]
        while take("|") { branches.append(try branch()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func branch() throws(QueryError) -> RegexSyntax {
        var pieces: [RegexSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" { pieces.append(try piece(scalar)) }
        return pieces.count == 1 ? pieces[0] : .sequence(pieces)
    }

    private mutating func piece(_ scalar: Unicode.Scalar) throws(QueryError) -> RegexSyntax {
        let start = at
        let atom = try atom(scalar)
        guard var times = try quantifier(from: start) else { return atom }
        if case .assertion = atom, scalar != "(" {
            throw error("there is nothing to repeat here", from: start, to: at)
        }
        if dialect == .search, take("?") {
            times.isLazy = true
        } else if dialect == .search, next == "+" {
            throw error("possessive repeats are not supported", from: start, to: at + 1, help: "remove the '+'")
        }
        if let more = next, "*+?{".unicodeScalars.contains(more) {
            throw error(
                "a repeat follows a repeat", from: at, to: at + 1,
                help: dialect == .search
                    ? "put the first one in a group: (?:…)" : "put the first one in a group: (…)")
        }
        times.range = offsets[start]..<offsets[at]
        return .repeated(atom, times)
    }

    private mutating func atom(_ scalar: Unicode.Scalar) throws(QueryError) -> RegexSyntax {
        switch scalar {
        case "(": return try group()
        case "[": return .oneOf(try characterClass())
        case "\\": return try escape().syntax
        case "*", "+", "?":
            throw error(
                "there is nothing to repeat here", from: at, to: at + 1,
                help: "write \\\(scalar) for the character itself")
        case "{":
            throw error(
                "there is nothing to repeat here", from: at, to: at + 1,
                help: #"write \{ for the character itself"#)
        case "]" where dialect == .iRegexp, "}" where dialect == .iRegexp:
            throw error(
                "'\(scalar)' closes nothing", from: at, to: at + 1,
                help: "write \\\(scalar) for the character itself")
        default: break
        }
        at += 1
        switch scalar {
        case ".": return .oneOf(flags.dotIsAll ? .all : .dot)
        case "^" where dialect == .search:
            return .assertion(flags.anchorsAreOfLines ? .lineStart : .textStart)
        case "$" where dialect == .search:
            return .assertion(flags.anchorsAreOfLines ? .lineEnd : .textEnd)
        default: return .scalar(folded(scalar))
        }
    }

    private mutating func group() throws(QueryError) -> RegexSyntax {
        let start = at
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else {
            throw error("groups are nested deeper than \(Self.maxDepth) levels", from: start, to: start + 1)
        }
        at += 1
        let isCapturing = try groupHead(start)
        let number = groupNames.count
        let inner = try alternatives()
        guard take(")") else {
            throw error(
                "this group is not closed", from: start, to: start + 1,
                help: #"add ')', or write \( for the character itself"#)
        }
        return isCapturing ? .group(inner, number: number) : inner
    }

    /// What stands behind `(`; true for a capturing group, which it counts.
    private mutating func groupHead(_ start: Int) throws(QueryError) -> Bool {
        guard dialect == .search else { return false }
        guard next == "?" else {
            try addGroup(nil, start)
            return true
        }
        if take("?:") { return false }
        if let refusal = groupRefusal(start) { throw refusal }
        guard take("?<") || take("?P<") else {
            throw error(
                "unknown kind of group", from: start, to: min(at + 2, scalars.count),
                help: "known are (…), (?:…) and (?<name>…)")
        }
        try addGroup(try groupName(), start)
        return true
    }

    private mutating func addGroup(_ name: String?, _ start: Int) throws(QueryError) {
        guard groupNames.count < Self.maxGroups else {
            throw error(
                "there are more than \(Self.maxGroups) capturing groups", from: start, to: start + 1,
                help: "write (?:…) for a group that captures nothing")
        }
        groupNames.append(name)
    }

    private mutating func groupName() throws(QueryError) -> String {
        let start = at
        while let scalar = next, scalar.isASCII, CharacterClass.word.contains(scalar.value) { at += 1 }
        let name = text(start, at)
        guard let first = name.utf8.first, !isDigit(first), next == ">" else {
            throw error(
                "the name of this group is not valid", from: start, to: min(at + 1, scalars.count),
                help: "write (?<name>…) with letters, digits and '_', not starting with a digit")
        }
        guard !groupNames.contains(name) else {
            throw error("two groups are named '\(name)'", from: start, to: at)
        }
        at += 1
        return name
    }

    /// `(?i)`, `(?m)`, `(?s)` and several of them, at the very start.
    private mutating func leadingFlags() throws(QueryError) {
        guard dialect == .search else { return }
        while next == "(", peek(1) == "?", let close = flagsEnd() {
            for place in at + 2..<close {
                switch scalars[place] {
                case "i": flags.ignoresCase = true
                case "m": flags.anchorsAreOfLines = true
                default: flags.dotIsAll = true
                }
            }
            at = close + 1
        }
    }

    /// The place of `)` where `(?` begins flags and nothing but flags.
    private func flagsEnd() -> Int? {
        var place = at + 2
        while place < scalars.count, "ims".unicodeScalars.contains(scalars[place]) { place += 1 }
        return place > at + 2 && place < scalars.count && scalars[place] == ")" ? place : nil
    }
}

// MARK: - Reading

extension RegexParser {
    var next: Unicode.Scalar? { peek(0) }

    func peek(_ ahead: Int) -> Unicode.Scalar? {
        at + ahead < scalars.count ? scalars[at + ahead] : nil
    }

    mutating func take(_ text: String) -> Bool {
        var place = at
        for scalar in text.unicodeScalars {
            guard place < scalars.count, scalars[place] == scalar else { return false }
            place += 1
        }
        at = place
        return true
    }

    func startsWith(_ text: String) -> Bool {
        var copy = self
        return copy.take(text)
    }

    func text(_ from: Int, _ to: Int) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars[from..<to])
        return String(result)
    }

    /// The same place with characters as they are written.
    var unfolded: RegexParser {
        var copy = self
        copy.flags.ignoresCase = false
        return copy
    }

    func folded(_ scalar: Unicode.Scalar) -> UInt32 {
        flags.ignoresCase ? CaseFolding.fold(scalar.value) : scalar.value
    }

    /// Places are indexes of scalars; the error gets UTF-8 offsets.
    func error(_ reason: String, from: Int, to: Int, help: String? = nil) -> QueryError {
        let last = offsets.count - 1
        let start = offsets[min(from, last)]
        return QueryError(reason, start..<max(start, offsets[min(to, last)]), help: help)
    }
}
