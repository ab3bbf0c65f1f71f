/// A set of Unicode scalars: ranges and general categories, perhaps negated as a whole.
struct CharacterClass: Sendable, Hashable {
    private var ranges: [ClosedRange<UInt32>] = []
    private var categories = CategorySet()
    private var isNegated = false
    /// The answers for ASCII, one bit each.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ ranges: [ClosedRange<UInt32>] = [], categories: CategorySet = CategorySet()) {
        add(ranges, categories)
    }

    @inline(__always)
    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return low >> scalar & 1 == 1 }
        if scalar < 128 { return high >> (scalar - 64) & 1 == 1 }
        return search(scalar) != isNegated
    }

    /// Any scalar beyond ASCII that might be in it.
    var mayContainMoreThanASCII: Bool {
        isNegated || !categories.isEmpty || ranges.contains { $0.upperBound >= 128 }
    }

    mutating func formUnion(_ other: CharacterClass) {
        add(other.ranges, other.categories)
    }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        add([range], CategorySet())
    }

    mutating func insert(contentsOf ranges: [ClosedRange<UInt32>]) {
        add(ranges, CategorySet())
    }

    var negated: CharacterClass {
        var result = self
        result.isNegated.toggle()
        (result.low, result.high) = (~low, ~high)
        return result
    }

    private mutating func add(_ more: [ClosedRange<UInt32>], _ moreCategories: CategorySet) {
        ranges = Self.merged(ranges + more)
        categories.formUnion(moreCategories)
        (low, high) = (0, 0)
        for scalar in UInt32(0)..<128 where search(scalar) != isNegated {
            if scalar < 64 { low |= 1 << scalar } else { high |= 1 << (scalar - 64) }
        }
    }

    private func search(_ scalar: UInt32) -> Bool {
        var (from, to) = (0, ranges.count)
        while from < to {
            let middle = (from + to) / 2
            if ranges[middle].upperBound < scalar { from = middle + 1 } else { to = middle }
        }
        if from < ranges.count, ranges[from].lowerBound <= scalar { return true }
        return !categories.isEmpty && categories.contains(scalar)
    }

    /// Sorted, without overlaps.
    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound &+ 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }

    /// The rest of Unicode, as ranges: what `\D` is to `\d`.
    private static func complement(_ ranges: [ClosedRange<UInt32>]) -> CharacterClass {
        var result: [ClosedRange<UInt32>] = []
        var from: UInt32 = 0
        for range in merged(ranges) {
            if range.lowerBound > from { result.append(from...range.lowerBound - 1) }
            from = range.upperBound + 1
        }
        if from <= 0x10FFFF { result.append(from...0x10FFFF) }
        return CharacterClass(result)
    }
}

extension CharacterClass {
    /// `.`: all but line feed and carriage return (RFC 9485 §5.3).
    static let dot = complement([0x0A...0x0A, 0x0D...0x0D])
    static let all = CharacterClass([0...0x10FFFF])
    static let digit = CharacterClass([0x30...0x39])
    static let noDigit = complement([0x30...0x39])
    private static let wordRanges: [ClosedRange<UInt32>] = [
        0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A,
    ]
    static let word = CharacterClass(wordRanges)
    static let noWord = complement(wordRanges)
    /// ECMAScript's WhiteSpace and LineTerminator.
    private static let spaceRanges: [ClosedRange<UInt32>] = [
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]
    static let space = CharacterClass(spaceRanges)
    static let noSpace = complement(spaceRanges)
}
