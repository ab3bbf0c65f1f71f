/// One step of the machine; numbers are places in the program.
enum RegexInstruction: Sendable {
    case scalar(UInt32)
    /// Index into `RegexProgram.classes`.
    case oneOf(Int)
    /// Goes on at both places; the first is preferred.
    case split(Int, Int)
    case jump(Int)
    /// Keeps the place in the text.
    case save(Int)
    case assert(RegexAssertion)
    case match
}

/// A compiled pattern.
struct RegexProgram: Sendable {
    let instructions: [RegexInstruction]
    let classes: [CharacterClass]
    let slotCount: Int
    let ignoresCase: Bool
    /// What a match can begin with; nil where it can be empty or begin anywhere.
    private(set) var first: FirstSet?
    /// No match begins anywhere but at the start of the text.
    private(set) var isAnchored = false

    struct FirstSet: Sendable {
        var ascii = CharacterClass()
        var hasMore = false

        @inline(__always)
        func contains(_ scalar: UInt32) -> Bool { scalar < 0x80 ? ascii.contains(scalar) : hasMore }
    }

    init(
        _ instructions: [RegexInstruction], _ classes: [CharacterClass], slotCount: Int,
        ignoresCase: Bool
    ) {
        self.instructions = instructions
        self.classes = classes
        self.slotCount = slotCount
        self.ignoresCase = ignoresCase
        lookAtStart()
    }

    /// Follows every way from the start to the first scalar taken.
    private mutating func lookAtStart() {
        var seen = [Bool](repeating: false, count: instructions.count)
        var open = [0]
        var set = FirstSet()
        var ranges: [ClosedRange<UInt32>] = []
        var (canBeEmpty, canBeAnywhere) = (false, false)
        while let place = open.popLast() {
            guard !seen[place] else { continue }
            seen[place] = true
            switch instructions[place] {
            case .split(let a, let b): open += [a, b]
            case .jump(let target): open.append(target)
            case .save: open.append(place + 1)
            case .assert(.textStart): canBeEmpty = true
            case .assert: open.append(place + 1)
            case .match: (canBeEmpty, canBeAnywhere) = (true, true)
            case .scalar(let scalar):
                canBeAnywhere = true
                ranges.append(scalar...scalar)
            case .oneOf(let index):
                canBeAnywhere = true
                set.hasMore = set.hasMore || classes[index].mayContainMoreThanASCII
                ranges += (UInt32(0)..<128).filter(classes[index].contains).map { $0...$0 }
            }
        }
        isAnchored = !canBeAnywhere
        set.hasMore = set.hasMore || ranges.contains { $0.upperBound >= 0x80 }
        set.ascii.insert(contentsOf: ranges)
        first = canBeEmpty ? nil : set
    }
}
