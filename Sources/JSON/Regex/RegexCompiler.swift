/// Syntax tree to program (Thompson's construction, counted repeats written out).
struct RegexCompiler {
    static let maxInstructions = 10_000

    private var instructions: [RegexInstruction] = []
    private var classes: [CharacterClass] = []
    /// The outermost repeat being written out; the pattern itself outside any.
    private var repeatRange: Range<Int>?

    static func compile(_ syntax: RegexSyntax, _ parser: RegexParser) throws(QueryError) -> RegexProgram {
        var compiler = RegexCompiler()
        try compiler.append(.save(0))
        try compiler.emit(syntax)
        try compiler.append(.save(1))
        try compiler.append(.match)
        return RegexProgram(
            compiler.instructions, compiler.classes, slotCount: 2 + 2 * parser.groupNames.count,
            ignoresCase: parser.flags.ignoresCase)
    }

    private mutating func append(_ instruction: RegexInstruction) throws(QueryError) {
        guard instructions.count < Self.maxInstructions else {
            throw QueryError(
                repeatRange == nil ? "the pattern is too long" : "this repeat makes the pattern too big",
                repeatRange ?? 0..<0,
                help: "written out, a pattern may have \(Self.maxInstructions) steps; use smaller counts")
        }
        instructions.append(instruction)
    }

    private mutating func emit(_ syntax: RegexSyntax) throws(QueryError) {
        switch syntax {
        case .scalar(let scalar): try append(.scalar(scalar))
        case .oneOf(let set): try append(.oneOf(index(of: set)))
        case .assertion(let assertion): try append(.assert(assertion))
        case .sequence(let pieces):
            for piece in pieces { try emit(piece) }
        case .alternatives(let branches): try emit(branches)
        case .group(let inner, let number):
            try append(.save(2 * number))
            try emit(inner)
            try append(.save(2 * number + 1))
        case .repeated(let inner, let times):
            let outer = repeatRange
            repeatRange = outer ?? times.range
            try emit(inner, times)
            repeatRange = outer
        }
    }

    private mutating func emit(_ branches: [RegexSyntax]) throws(QueryError) {
        var jumps: [Int] = []
        for branch in branches.dropLast() {
            let split = instructions.count
            try append(.split(split + 1, 0))
            try emit(branch)
            jumps.append(instructions.count)
            try append(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        if let last = branches.last { try emit(last) }
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    /// `x*` becomes `(x+)?`: where x can be empty, going round then ends the loop and keeps its rank among the ways to
    /// match, as in backtracking engines.
    private mutating func emit(_ inner: RegexSyntax, _ times: RegexRepeat) throws(QueryError) {
        var exits: [Int] = []
        for copy in 0..<(times.most ?? max(1, times.least)) {
            let start = instructions.count
            if copy >= times.least {
                exits.append(start)
                try append(.split(start + 1, 0))
            }
            let body = instructions.count
            try emit(inner)
            // An empty body stays empty however often it is written; without this `(?:(?:){1000}){1000}` would turn long.
            if instructions.count == body { break }
            if times.most == nil, copy + 1 >= times.least {
                exits.append(instructions.count)
                try append(.split(body, 0))
            }
        }
        for exit in exits {
            guard case .split(let body, _) = instructions[exit] else { continue }
            instructions[exit] =
                times.isLazy ? .split(instructions.count, body) : .split(body, instructions.count)
        }
    }

    private mutating func index(of set: CharacterClass) -> Int {
        if let index = classes.lastIndex(of: set) { return index }
        classes.append(set)
        return classes.count - 1
    }
}
