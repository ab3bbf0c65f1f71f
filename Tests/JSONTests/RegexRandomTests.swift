import JSON
import Testing

struct RegexRandomTests {
    /// SplitMix64: the same patterns in every run.
    struct Source: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// A backtracking matcher, as simple as can be: calls `then` with every place where a match can end, best first.
    indirect enum Naive {
        case letter(Character)
        case any
        case start
        case end
        case sequence([Naive])
        case either(Naive, Naive)
        case times(Naive, Int, Int, isLazy: Bool)

        var pattern: String {
            switch self {
            case .letter(let letter): String(letter)
            case .any: "."
            case .start: "(?:^)"
            case .end: "(?:$)"
            case .sequence(let parts): "(" + parts.map(\.pattern).joined() + ")"
            case .either(let a, let b): "(?:" + a.pattern + "|" + b.pattern + ")"
            case .times(let inner, let least, let most, let isLazy):
                "(?:\(inner.pattern))" + (most == .max ? "{\(least),}" : "{\(least),\(most)}") + (isLazy ? "?" : "")
            }
        }

        func match(_ text: [Character], _ at: Int, _ then: (Int) -> Bool) -> Bool {
            switch self {
            case .letter(let letter): at < text.count && text[at] == letter && then(at + 1)
            case .any: at < text.count && then(at + 1)
            case .start: at == 0 && then(at)
            case .end: at == text.count && then(at)
            case .sequence(let parts):
                if let first = parts.first {
                    first.match(text, at) { Naive.sequence(Array(parts.dropFirst())).match(text, $0, then) }
                } else {
                    then(at)
                }
            case .either(let a, let b): a.match(text, at, then) || b.match(text, at, then)
            case .times(let inner, let least, let most, let isLazy):
                again(inner, least, most, isLazy, text, at, then)
            }
        }

        private func again(
            _ inner: Naive, _ least: Int, _ most: Int, _ isLazy: Bool, _ text: [Character], _ at: Int,
            _ then: (Int) -> Bool
        ) -> Bool {
            func more() -> Bool {
                most > 0
                    && inner.match(text, at) { end in
                        if least == 0, end == at { return false }
                        return again(inner, max(0, least - 1), most == .max ? .max : most - 1, isLazy, text, end, then)
                    }
            }
            if least > 0 { return more() }
            return isLazy ? then(at) || more() : more() || then(at)
        }

        var canBeEmpty: Bool {
            switch self {
            case .letter, .any: false
            case .start, .end: true
            case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
            case .either(let a, let b): a.canBeEmpty || b.canBeEmpty
            case .times(let inner, let least, _, _): least == 0 || inner.canBeEmpty
            }
        }

        /// Where a loop's body can be empty, engines differ in which match they prefer; whether there is one is the same.
        var loopsOnNothing: Bool {
            switch self {
            case .letter, .any, .start, .end: false
            case .sequence(let parts): parts.contains(where: \.loopsOnNothing)
            case .either(let a, let b): a.loopsOnNothing || b.loopsOnNothing
            case .times(let inner, _, _, _): inner.canBeEmpty || inner.loopsOnNothing
            }
        }

        static func random(_ depth: Int, _ source: inout Source) -> Naive {
            let letters: [Character] = ["a", "b", "é"]
            switch Int.random(in: 0..<(depth > 0 ? 10 : 4), using: &source) {
            case 0...2: return .letter(letters.randomElement(using: &source) ?? "a")
            case 3: return [Naive.any, .any, .start, .end].randomElement(using: &source) ?? .any
            case 4...6:
                return .sequence((0..<Int.random(in: 0...3, using: &source)).map { _ in random(depth - 1, &source) })
            case 7: return .either(random(depth - 1, &source), random(depth - 1, &source))
            default:
                let least = Int.random(in: 0...2, using: &source)
                let most = Bool.random(using: &source) ? Int.max : least + Int.random(in: 0...2, using: &source)
                return .times(random(depth - 1, &source), least, most, isLazy: Bool.random(using: &source))
            }
        }
    }

    @Test("random patterns match as a backtracking matcher has it", arguments: 0..<8)
    func likeBacktracking(seed: Int) throws {
        var source = Source(state: UInt64(seed))
        for _ in 0..<150 {
            let naive = Naive.random(3, &source)
            let expression = try RegularExpression(parsing: naive.pattern, dialect: .search)
            for _ in 0..<4 {
                let text = (0..<Int.random(in: 0...6, using: &source)).map { _ in
                    (["a", "b", "é", "c"] as [Character]).randomElement(using: &source) ?? "a"
                }
                compare(naive, expression, text)
            }
        }
    }

    private func compare(_ naive: Naive, _ expression: RegularExpression, _ text: [Character]) {
        let whole = naive.match(text, 0) { $0 == text.count }
        #expect(expression.matchesWhole(String(text)) == whole, "\(naive.pattern) for \(String(text))")
        var found: Range<Int>?
        for start in 0...text.count where found == nil {
            _ = naive.match(text, start) { end in
                found = start..<end
                return true
            }
        }
        let match = expression.firstMatch(in: String(text))
        #expect((match == nil) == (found == nil), "\(naive.pattern) in \(String(text))")
        #expect(expression.matchesSomewhere(in: String(text)) == (found != nil), "\(naive.pattern) in \(String(text))")
        if !naive.loopsOnNothing {
            #expect(
                match.map { String($0.text) } == found.map { String(text[$0]) }, "\(naive.pattern) in \(String(text))")
        }
    }

    private func some(of letters: [String], _ source: inout Source) -> String {
        let count = Int.random(in: 0...12, using: &source)
        return (0..<count).map { _ in letters.randomElement(using: &source) ?? "" }.joined()
    }

    @Test("random characters never trap, neither as pattern nor as text", arguments: 0..<8)
    func noise(seed: Int) {
        var source = Source(state: UInt64(seed) &+ 1000)
        let letters =
            #"ab019()[]{}*+?|\^$.,-:<>=!idwsbDWSBxupP{}LNétr\n"#.map { String($0) } + [
                "\n", "\u{301}", "😀", "\0", "(?:", "(?<a>", "{2,3}", "\\p{L}", "[^",
            ]
        var accepted = 0
        for round in 0..<3000 {
            let pattern = some(of: letters, &source)
            let text = some(of: letters, &source)
            do throws(QueryError) {
                let expression = try RegularExpression(parsing: pattern, dialect: round % 2 == 0 ? .search : .iRegexp)
                accepted += 1
                let match = expression.firstMatch(in: text)
                #expect(expression.matchesSomewhere(in: text) == (match != nil))
                #expect(expression.allMatches(in: text).isEmpty == (match == nil))
                if expression.matchesWhole(text) { #expect(match != nil) }
            } catch {
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= pattern.utf8.count, "\(pattern)")
                #expect(!error.reason.isEmpty)
            }
        }
        #expect(accepted > 100)
    }
}
