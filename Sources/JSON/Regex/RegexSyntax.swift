/// The tree of a pattern; no deeper than the parser's limit on nested groups.
indirect enum RegexSyntax {
    /// Folded already where the pattern ignores case.
    case scalar(UInt32)
    case oneOf(CharacterClass)
    case assertion(RegexAssertion)
    case sequence([RegexSyntax])
    case alternatives([RegexSyntax])
    /// A capturing group, numbered from 1.
    case group(RegexSyntax, number: Int)
    case repeated(RegexSyntax, RegexRepeat)
}

struct RegexRepeat {
    let least: Int
    /// nil: as often as wished.
    let most: Int?
    var isLazy = false
    /// The piece with its repeat, in the pattern.
    var range: Range<Int>
}

/// Holds between two scalars and takes none.
enum RegexAssertion: Sendable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

    /// `before` and `after` are the scalars at both sides, `RegexMachine.none` at the ends of the text.
    func holds(_ before: UInt32, _ after: UInt32) -> Bool {
        switch self {
        case .textStart: before == RegexMachine.none
        case .textEnd: after == RegexMachine.none
        // CR LF is one line end: nothing holds between the two.
        case .lineStart:
            before == RegexMachine.none || before == 0x0A || (before == 0x0D && after != 0x0A)
        case .lineEnd: after == RegexMachine.none || after == 0x0D || (after == 0x0A && before != 0x0D)
        case .wordBoundary: Self.isWord(before) != Self.isWord(after)
        case .noWordBoundary: Self.isWord(before) == Self.isWord(after)
        }
    }

    private static func isWord(_ scalar: UInt32) -> Bool {
        scalar < 0x80 && CharacterClass.word.contains(scalar)
    }
}
