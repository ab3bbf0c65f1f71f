/// A Pike machine: all ways through the program at once, one scalar of the text after the other, so that no pattern takes
/// more than (length of the text) × (length of the program) steps.
struct RegexMachine {
    /// Stands for "no scalar" at the ends of the text.
    static let none = UInt32.max

    enum Goal {
        /// The whole text must match; which groups took part does not matter.
        case whole
        /// Any match will do; where it is does not matter.
        case somewhere
        case leftmost
    }

    private let program: RegexProgram
    private let goal: Goal
    private var current: RegexThreads
    private var next: RegexThreads

    init(_ program: RegexProgram, goal: Goal) {
        self.program = program
        self.goal = goal
        current = RegexThreads(program, slotCount: goal == .leftmost ? program.slotCount : 0)
        next = current
    }

    /// Matches the text, which begins `offset` bytes into the whole one, behind the scalar `before`.
    ///
    /// - Returns: the places kept by the program in bytes of the whole text (none unless the goal is the leftmost match),
    ///   nil for no match.
    mutating func run(_ text: Substring, at offset: Int, behind before: Unicode.Scalar? = nil) -> [Int]? {
        if program.isAnchored, before != nil { return nil }
        let startsOnlyHere = program.isAnchored || goal == .whole
        var reader = RegexReader(text, at: offset, behind: before, ignoresCase: program.ignoresCase)
        var found: [Int]?
        current.clear()
        while true {
            if current.isEmpty {
                if found != nil || (startsOnlyHere && reader.position > offset) { return found }
                if !startsOnlyHere, let first = program.first { reader.skip(to: first) }
            }
            if found == nil, !startsOnlyHere || reader.position == offset {
                current.begin(in: program, at: reader)
            }
            if step(&reader, &found) { return found }
            swap(&current, &next)
        }
    }

    /// Takes one scalar; true at the end of the work.
    private mutating func step(_ reader: inout RegexReader, _ found: inout [Int]?) -> Bool {
        let scalar = reader.scalar
        reader.advance()
        next.clear()
        for thread in 0..<current.count {
            let place = current.place(of: thread)
            switch program.instructions[place] {
            case .scalar(scalar): next.take(thread, of: current, in: program, at: reader)
            case .oneOf(let index) where scalar != Self.none && program.classes[index].contains(scalar):
                next.take(thread, of: current, in: program, at: reader)
            case .match where goal != .whole || scalar == Self.none:
                found = current.slots(of: thread)
                if goal != .leftmost { return true }
                // The threads behind are of lower rank.
                return scalar == Self.none
            default: break
            }
        }
        return scalar == Self.none
    }
}
